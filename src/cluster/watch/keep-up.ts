import type {Need} from '../../model/scope.ts'
import type {Query, WatchEvent} from '../connection.ts'
import {type Listed, list, selectors} from '../list.ts'
import {listPath} from '../resources.ts'
import {isKnown, type Wrong} from '../shape/wrong.ts'
import {createBackoff} from './backoff.ts'
import type {NeedRecord} from './need-records.ts'
import {DISBELIEF, doubtRefusal, endedAtOnce, repair, staleList} from './repair.ts'
import {keyOf} from './store.ts'
import type {Position, Task} from './task.ts'
import {createNews, isOlder} from './versions.ts'
import {createWatches} from './watches.ts'

/** A watch that ends sooner has failed (as client-go 0.37 VeryShortWatchError, whatever it told): no asking in circles. */
const SHORT = 1000

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
      await doubtRefusal(task, position, error)
      const wait = repair(task, position, error, backoff)
      if (wait > 0) await task.timing.sleep(wait, task.stop)
    }
  }
}

const UNLISTED = {
  isListed: false,
  listedAt: 0,
  resourceVersion: undefined,
  older: 0,
  doubts: 0,
  hasDoubted: false,
}

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
  record.replace(listed)
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
    for await (const change of changes) apply(change, await wrongIn(change, need), record, position)
  } finally {
    if (timing.now() - begun >= SHORT) {
      position.watches.held()
      position.doubts = 0
    }
  }
  if (timing.now() - begun < SHORT) throw endedAtOnce(reading.connection.server)
}

/** What has a wrong shape may have a version of any. */
function versionOf({metadata}: WatchEvent['object']): string | undefined {
  const version: unknown = metadata?.resourceVersion
  return typeof version === 'string' && version !== '' ? version : undefined
}

function watchQuery({need}: NeedRecord, {resourceVersion}: Position, timeoutSeconds: number): Query {
  const selected = selectors(need)
  return {...selected, watch: 'true', allowWatchBookmarks: 'true', resourceVersion, timeoutSeconds}
}

/** What came as protobuf can have no other shape. */
async function wrongIn({type, object, isKept}: WatchEvent, {resource}: Need): Promise<Wrong | undefined> {
  if (isKept || type === 'BOOKMARK') return undefined
  const {wrongOf} = await import('../shape/wrong-of.ts')
  return wrongOf(resource, object)
}

function apply(
  {type, object: sent}: WatchEvent,
  wrong: Wrong | undefined,
  record: NeedRecord,
  position: Position,
): void {
  const version = versionOf(sent)
  const object = wrong?.object ?? sent
  if (type === 'BOOKMARK' || position.news.isNew(keyOf(object), version)) {
    if (type === 'DELETED' && (!wrong || isKnown(wrong))) record.remove(object)
    else if (wrong) record.leaveOut(wrong)
    else if (type !== 'BOOKMARK') record.put(object)
  }
  if (version !== undefined && !isOlder(version, position.resourceVersion)) position.resourceVersion = version
}
