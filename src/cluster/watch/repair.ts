import {omission} from '../assemble.ts'
import {type AnswerError, ConnectionError, StatusError} from '../errors.ts'
import {refusesVersion} from '../server-version.ts'
import {type Recovery, recoveryOf} from './recovery.ts'
import type {Position, Task} from './task.ts'

/** What was refused is asked for again after so long: rights may be given while we look. */
const REFUSED = 300_000
/** A state that expires so soon after it was listed is not listed again at once. */
const YOUNG = 10_000
/** No server is waited for longer than that. */
const LONGEST = 3_600_000

/** So often a list that is older than what is known is not believed; after that the past has been restored. */
export const DISBELIEF = 5

/** How long to wait before the next try, in milliseconds. */
export function repair(task: Task, position: Position, error: unknown, backoff: () => number): number {
  const {record, lag} = task
  const found = recoveryOf(error)
  const remedy = believed(position, error, found)
  if (remedy === 'none') throw error
  if (position.isListed && position.watches.isRefused(error as AnswerError, remedy)) {
    lag.unwatched(record.need, error as AnswerError)
    position.isListed = false
    return position.watches.pause()
  }
  if (remedy === 'later') {
    record.omit(omission(record.need, error))
    lag.dropped(record.need)
    position.isListed = false
    return REFUSED
  }
  const how = {isToList: remedy === 'relist', isDoubted: remedy !== found}
  return repairBroken(task, position, error as AnswerError, how) ?? waitFor(error, backoff)
}

/** So many refusals of a server that refuses what everybody may read are not believed. */
const STARTING = 3

/** Who waits may be there before the server knows who may do what: then it refuses even its version. It is asked once. */
export async function doubtRefusal(
  {reading: {connection}, isPatient, stop}: Task,
  position: Position,
  error: unknown,
): Promise<void> {
  const isRefused = error instanceof StatusError && error.code === 403
  if (!isPatient || !isRefused || position.hasDoubted) return
  position.hasDoubted = true
  if (await refusesVersion(connection, stop)) position.doubts = Math.max(position.doubts, STARTING)
}

/** A server that has just started refuses everybody until it has read who may do what. */
function believed(position: Position, error: unknown, remedy: Recovery): Recovery {
  const isBroken = error instanceof ConnectionError && !(error instanceof ShortWatch)
  const isAway = isBroken || (error instanceof StatusError && error.code >= 500)
  if (isAway) position.doubts = DISBELIEF
  const isRefusal = error instanceof StatusError && (remedy === 'later' || remedy === 'none')
  return isRefusal && position.doubts-- > 0 ? 'resume' : remedy
}

/** Undefined: it is not to be tried again at once. */
function repairBroken(
  {record, lag, timing, isPatient}: Task,
  position: Position,
  error: AnswerError,
  {isToList, isDoubted}: {readonly isToList: boolean; readonly isDoubted: boolean},
): number | undefined {
  const isOld = position.isListed && timing.now() - position.listedAt >= YOUNG
  if (position.watches.isDoubtful()) position.isListed = false
  if (isToList) position.isListed = false
  if (isToList && isOld) return 0
  const isAwaited = isPatient && Boolean(record.need.isSubject) && !record.isSeen()
  if (isAwaited && isUntrusted(error)) throw error
  // what is not believed is no answer
  if (!isAwaited && !isDoubted && !record.isSeen()) record.omit(omission(record.need, error))
  lag.failed(record.need, error, isAwaited)
  return undefined
}

/** Waiting does not mend a certificate, and nothing has been there that it could be waited for. */
function isUntrusted(error: AnswerError): boolean {
  return error instanceof ConnectionError && error.reason === 'Untrusted'
}

function waitFor(error: unknown, backoff: () => number): number {
  const asked = error instanceof StatusError ? (error.retryAfter ?? 0) : 0
  return Math.min(LONGEST, Math.max(backoff(), asked))
}

export function staleList(server: string): ConnectionError {
  return new ConnectionError(
    `Unable to connect to the server: ${server} answers with a state that is older than the one it told before`,
    'Unreachable',
  )
}

/** A server that ends a watch is there, and knows who may do what. */
class ShortWatch extends ConnectionError {}

export function endedAtOnce(server: string): ConnectionError {
  return new ShortWatch(
    `Unable to connect to the server: ${server} ended the watch as soon as it had begun`,
    'Unreachable',
  )
}
