import {omission, type Reading} from '../collect.ts'
import type {Query, WatchEvent} from '../connection.ts'
import {type AnswerError, ConnectionError, StatusError} from '../errors.ts'
import {type Listed, list, type OnPage, selectors} from '../list.ts'
import {listPath} from '../resources.ts'
import {createBackoff} from './backoff.ts'
import type {Lag} from './lag.ts'
import type {NeedRecord} from './need-records.ts'
import {recoveryOf} from './recovery.ts'
import type {Timing} from './timing.ts'

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
}

/**
 * Lists, then watches, and repairs whatever breaks, without end (as client-go's reflector does).
 * @throws what can't be repaired: a refused subject, no one signed in, a mistake of ours, the signal.
 */
export async function keepUp(task: Task): Promise<never> {
  const position: Position = {isListed: false, listedAt: 0, resourceVersion: undefined, older: 0}
  const backoff = createBackoff(task.timing)
  if (task.listed) accept(task, position, task.listed)
  for (;;) {
    try {
      if (!position.isListed) await readList(task, position)
      await readChanges(task, position)
    } catch (error) {
      task.stop.throwIfAborted()
      const wait = repair(task, position, error, backoff)
      if (wait > 0) await task.timing.sleep(wait, task.stop)
    }
  }
}

async function readList(task: Task, position: Position): Promise<void> {
  const {reading, record, onPage, stop} = task
  const {connection, chunkSize, keep} = reading
  const {need} = record
  const report = record.isSeen() ? undefined : onPage
  const listed = await list(connection, need, chunkSize, keep(need.resource), report, stop)
  if (isOlder(listed.resourceVersion, position.resourceVersion) && ++position.older <= DISBELIEF) {
    throw staleList(connection.server)
  }
  accept(task, position, listed)
}

function accept({record, lag, timing}: Task, position: Position, listed: Listed): void {
  record.replace(listed.objects)
  position.older = 0
  position.isListed = true
  position.listedAt = timing.now()
  position.resourceVersion = listed.resourceVersion
  lag.recovered(record.need)
}

async function readChanges({reading, record, lag, timing, stop}: Task, position: Position): Promise<void> {
  const {need} = record
  const begun = timing.now()
  const seconds = 300 + Math.floor(timing.random() * 300)
  const changes = await reading.connection.watch(
    listPath(need.resource, need.namespace),
    watchQuery(record, position, seconds),
    {signal: stop, idle: timing.idle(seconds)},
  )
  lag.recovered(need)
  for await (const change of changes) apply(change, record, position)
  if (timing.now() - begun < SHORT) throw endedAtOnce(reading.connection.server)
}

/**
 * A server that has just started may answer out of a cache that lags behind: nobody may see the past once more (client-go's
 * reflector asks for nothing older). Versions are numbers that grow (KEP-5504); of others nothing is known.
 */
function isOlder(version: string | undefined, known: string | undefined): boolean {
  const isNumber = (text: string | undefined): text is string => /^\d+$/.test(text ?? '')
  return isNumber(version) && isNumber(known) && BigInt(version) < BigInt(known)
}

function staleList(server: string): ConnectionError {
  return new ConnectionError(
    `Unable to connect to the server: ${server} answers with a state that is older than the one it told before`,
    'Unreachable',
  )
}

function endedAtOnce(server: string): ConnectionError {
  return new ConnectionError(
    `Unable to connect to the server: ${server} ended the watch as soon as it had begun`,
    'Unreachable',
  )
}

function watchQuery({need}: NeedRecord, {resourceVersion}: Position, timeoutSeconds: number): Query {
  const selected = selectors(need)
  return {...selected, watch: 'true', allowWatchBookmarks: 'true', resourceVersion, timeoutSeconds}
}

function apply({type, object}: WatchEvent, record: NeedRecord, position: Position): void {
  if (type === 'DELETED') record.remove(object)
  else if (type !== 'BOOKMARK') record.put(object)
  position.resourceVersion = object.metadata?.resourceVersion || position.resourceVersion
}

/** How long to wait before the next try, in milliseconds. */
function repair(
  {record, lag, timing}: Task,
  position: Position,
  error: unknown,
  backoff: () => number,
): number {
  const remedy = recoveryOf(error)
  if (remedy === 'none') throw error
  if (remedy === 'later') {
    record.omit(omission(record.need, error))
    lag.dropped(record.need)
    position.isListed = false
    return REFUSED
  }
  const isOld = position.isListed && timing.now() - position.listedAt >= YOUNG
  if (remedy === 'relist') position.isListed = false
  if (remedy === 'relist' && isOld) return 0
  if (!record.isSeen()) record.omit(omission(record.need, error))
  lag.failed(record.need, error as AnswerError)
  return Math.min(LONGEST, Math.max(backoff(), retryAfterOf(error)))
}

function retryAfterOf(error: unknown): number {
  return error instanceof StatusError ? (error.retryAfter ?? 0) : 0
}
