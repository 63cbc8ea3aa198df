import {omission, type Reading} from '../collect.ts'
import type {Query, WatchEvent} from '../connection.ts'
import {type AnswerError, ConnectionError, StatusError} from '../errors.ts'
import {list, type OnPage, selectors} from '../list.ts'
import {listPath} from '../resources.ts'
import {createBackoff} from './backoff.ts'
import type {Place} from './board.ts'
import type {Lag} from './lag.ts'
import {remedyOf} from './remedy.ts'
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
  readonly place: Place
  readonly lag: Lag
  readonly timing: Timing
  readonly onPage: OnPage
  readonly stop: AbortSignal
}

/** Up to where the changes are known. */
interface Position {
  isListed: boolean
  listedAt: number
  resourceVersion: string | undefined
}

/**
 * Lists, then watches, and mends whatever breaks, for ever (as client-go's reflector does).
 * @throws what can't be mended: a refused subject, no one signed in, a mistake of ours, the signal.
 */
export async function keepUp(task: Task): Promise<never> {
  const position: Position = {isListed: false, listedAt: 0, resourceVersion: undefined}
  const backoff = createBackoff(task.timing)
  for (;;) {
    try {
      if (!position.isListed) await readList(task, position)
      await readChanges(task, position)
    } catch (error) {
      task.stop.throwIfAborted()
      const wait = mend(task, position, error, backoff)
      if (wait > 0) await task.timing.sleep(wait, task.stop)
    }
  }
}

async function readList({reading, place, lag, timing, onPage, stop}: Task, position: Position) {
  const {connection, chunkSize, keep} = reading
  const {need} = place
  const report = place.isSeen() ? undefined : onPage
  const listed = await list(connection, need, chunkSize, keep(need.resource), report, stop)
  place.replace(listed.objects)
  position.isListed = true
  position.listedAt = timing.now()
  position.resourceVersion = listed.resourceVersion
  lag.recovered(need)
}

async function readChanges({reading, place, lag, timing, stop}: Task, position: Position): Promise<void> {
  const {need} = place
  const begun = timing.now()
  const seconds = 300 + Math.floor(timing.random() * 300)
  const changes = await reading.connection.watch(
    listPath(need.resource, need.namespace),
    watchQuery(place, position, seconds),
    {signal: stop, idle: timing.idle(seconds)},
  )
  lag.recovered(need)
  for await (const change of changes) apply(change, place, position)
  if (timing.now() - begun < SHORT) throw endedAtOnce(reading.connection.server)
}

function endedAtOnce(server: string): ConnectionError {
  return new ConnectionError(
    `Unable to connect to the server: ${server} ended the watch as soon as it had begun`,
    'Unreachable',
  )
}

function watchQuery({need}: Place, {resourceVersion}: Position, timeoutSeconds: number): Query {
  const selected = selectors(need)
  return {...selected, watch: 'true', allowWatchBookmarks: 'true', resourceVersion, timeoutSeconds}
}

function apply({type, object}: WatchEvent, place: Place, position: Position): void {
  if (type === 'DELETED') place.remove(object)
  else if (type !== 'BOOKMARK') place.put(object)
  position.resourceVersion = object.metadata?.resourceVersion || position.resourceVersion
}

/** How long to wait before the next try, in milliseconds. */
function mend({place, lag, timing}: Task, position: Position, error: unknown, backoff: () => number): number {
  const remedy = remedyOf(error)
  if (remedy === 'none') throw error
  if (remedy === 'later') {
    place.omit(omission(place.need, error))
    lag.dropped(place.need)
    position.isListed = false
    return REFUSED
  }
  const isOld = position.isListed && timing.now() - position.listedAt >= YOUNG
  if (remedy === 'relist') position.isListed = false
  if (remedy === 'relist' && isOld) return 0
  if (!place.isSeen()) place.omit(omission(place.need, error))
  lag.failed(place.need, error as AnswerError)
  return Math.min(LONGEST, Math.max(backoff(), asked(error)))
}

function asked(error: unknown): number {
  return error instanceof StatusError ? (error.retryAfter ?? 0) : 0
}
