import {omission, type Reading} from '../collect.ts'
import type {Query, WatchEvent} from '../connection.ts'
import {type AnswerError, ConnectionError, StatusError} from '../errors.ts'
import {type Listed, list, type OnPage, selectors} from '../list.ts'
import {listPath} from '../resources.ts'
import {createBackoff} from './backoff.ts'
import type {Lag} from './lag.ts'
import type {NeedRecord} from './need-records.ts'
import {type Recovery, recoveryOf} from './recovery.ts'
import {keyOf} from './store.ts'
import type {Timing} from './timing.ts'
import {createNews, isOlder, type News} from './versions.ts'
import {createWatches, type Watches} from './watches.ts'

/** What was refused is asked for again after so long: rights may be given while we look. */
const REFUSED = 300_000
/** A state that expires so soon after it was listed is not listed again at once. */
const YOUNG = 10_000
/** A watch that ends sooner has failed (as client-go 0.37 VeryShortWatchError, whatever it told): no asking in circles. */
const SHORT = 1000
/** No server is waited for longer than that. */
const LONGEST = 3_600_000

/** One need that is to be kept up to date. */
export interface Task {
  readonly reading: Reading
  readonly record: NeedRecord
  readonly lag: Lag
  readonly timing: Timing
  readonly onPage: OnPage
  /** What the question is about may be out of reach at first, too. */
  readonly isPatient: boolean
  readonly stop: AbortSignal
  /** What has been read of it already. */
  readonly listed?: Listed
}

/** So often a list that is older than what is known is not believed; after that the past has been restored. */
const DISBELIEF = 5

/** Up to where the changes are known. */
interface Position {
  isListed: boolean
  listedAt: number
  resourceVersion: string | undefined
  /** Lists in a row that were older than what the server had told before. */
  older: number
  /** So many more refusals are not believed. */
  doubts: number
  readonly news: News
  readonly watches: Watches
}

/**
 * Lists, then watches, and repairs whatever breaks, without end (as client-go's reflector does). Where the server wants nobody
 * to watch, lists at intervals do.
 * @throws what can't be repaired: a refused subject, no one signed in, a mistake of ours, the signal.
 */
export async function keepUp(task: Task): Promise<never> {
  const watches = createWatches(task.timing)
  const position = {...UNLISTED, news: createNews(), watches}
  const backoff = createBackoff(task.timing)
  if (task.listed) accept(task, position, task.listed)
  for (;;) {
    try {
      if (!position.isListed) await readList(task, position)
      if (watches.mayBegin()) await readChanges(task, position)
      else await rest(task, position)
    } catch (error) {
      task.stop.throwIfAborted()
      const wait = repair(task, position, error, backoff)
      if (wait > 0) await task.timing.sleep(wait, task.stop)
    }
  }
}

const UNLISTED = {isListed: false, listedAt: 0, resourceVersion: undefined, older: 0, doubts: 0}

async function rest({timing, stop}: Task, position: Position): Promise<void> {
  await timing.sleep(position.watches.pause(), stop)
  position.isListed = false
}

async function readList(task: Task, position: Position): Promise<void> {
  const {reading, record, timing, onPage, stop} = task
  const {connection, chunkSize, keep} = reading
  const {need} = record
  const report = record.isSeen() ? undefined : onPage
  const begun = timing.now()
  const listed = await list(connection, need, chunkSize, keep(need.resource), report, stop)
  // a server that has just started may answer out of a cache that lags behind (client-go's reflector asks for nothing older)
  if (isOlder(listed.resourceVersion, position.resourceVersion) && ++position.older <= DISBELIEF) {
    throw staleList(connection.server)
  }
  position.watches.listed(timing.now() - begun)
  accept(task, position, listed)
}

function accept({record, lag, timing}: Task, position: Position, listed: Listed): void {
  record.replace(listed.objects)
  position.older = 0
  position.isListed = true
  position.listedAt = timing.now()
  position.resourceVersion = listed.resourceVersion
  position.news.begin(listed.resourceVersion)
  lag.recovered(record.need)
}

async function readChanges({reading, record, lag, timing, stop}: Task, position: Position): Promise<void> {
  const {need} = record
  const seconds = 300 + Math.floor(timing.random() * 300)
  const changes = await reading.connection.watch(
    listPath(need.resource, need.namespace),
    watchQuery(record, position, seconds),
    {signal: stop, idle: timing.idle(seconds)},
  )
  // a new connection takes its time, in which nothing is watched
  const begun = timing.now()
  lag.recovered(need)
  try {
    for await (const change of changes) apply(change, record, position)
  } finally {
    if (timing.now() - begun >= SHORT) {
      position.watches.held()
      position.doubts = 0
    }
  }
  if (timing.now() - begun < SHORT) throw endedAtOnce(reading.connection.server)
}

function staleList(server: string): ConnectionError {
  return new ConnectionError(
    `Unable to connect to the server: ${server} answers with a state that is older than the one it told before`,
    'Unreachable',
  )
}

/** A server that ends a watch is there, and knows who may do what. */
class ShortWatch extends ConnectionError {}

function endedAtOnce(server: string): ConnectionError {
  return new ShortWatch(
    `Unable to connect to the server: ${server} ended the watch as soon as it had begun`,
    'Unreachable',
  )
}

function watchQuery({need}: NeedRecord, {resourceVersion}: Position, timeoutSeconds: number): Query {
  const selected = selectors(need)
  return {...selected, watch: 'true', allowWatchBookmarks: 'true', resourceVersion, timeoutSeconds}
}

function apply({type, object}: WatchEvent, record: NeedRecord, position: Position): void {
  const version = object.metadata?.resourceVersion || undefined
  if (type === 'BOOKMARK' || position.news.isNew(keyOf(object), version)) {
    if (type === 'DELETED') record.remove(object)
    else if (type !== 'BOOKMARK') record.put(object)
  }
  if (version !== undefined && !isOlder(version, position.resourceVersion)) position.resourceVersion = version
}

/** How long to wait before the next try, in milliseconds. */
function repair(task: Task, position: Position, error: unknown, backoff: () => number): number {
  const {record, lag} = task
  const remedy = believed(position, error, recoveryOf(error))
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
  return repairBroken(task, position, error as AnswerError, remedy === 'relist') ?? waitFor(error, backoff)
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
  isToList: boolean,
): number | undefined {
  const isOld = position.isListed && timing.now() - position.listedAt >= YOUNG
  if (position.watches.isDoubtful()) position.isListed = false
  if (isToList) position.isListed = false
  if (isToList && isOld) return 0
  const isAwaited = isPatient && Boolean(record.need.isSubject) && !record.isSeen()
  if (isAwaited && isUntrusted(error)) throw error
  if (!isAwaited && !record.isSeen()) record.omit(omission(record.need, error))
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
