/**
 * Fields for what has happened. Other times may lie ahead: what stands in annotations and environment variables by
 * anything.
 */
const PAST = new Set([
  'acquireTime',
  'completionTime',
  'creationTimestamp',
  'deprecatedFirstTimestamp',
  'deprecatedLastTimestamp',
  'eventTime',
  'finishedAt',
  'firstTimestamp',
  'lastHeartbeatTime',
  'lastObservedTime',
  'lastProbeTime',
  'lastTimestamp',
  'lastTransitionTime',
  'lastUpdateTime',
  'renewTime',
  'startTime',
  'startedAt',
  'time',
  'timeAdded',
])

const DELETION = 'deletionTimestamp'

/** User-written maps, whose keys mean nothing to us. */
const FREE = new Set(['annotations', 'labels', 'data', 'stringData'])

const TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)$/

type Fields = Record<string, unknown>

/** Calls back for each time at which something has happened, after it is written as the API server writes it. */
export function visitTimes(object: unknown, found: (time: string) => void): void {
  visit(object, graceUnsaid(object), found)
}

/**
 * Only Pods are given time before they are deleted, and say how much (1.37); to all others that say nothing, as namespaces and
 * objects that people have shortened, the time is that of the request.
 */
function graceUnsaid(object: unknown): number {
  const {kind} = (object ?? {}) as Fields
  return typeof kind === 'string' && kind !== 'Pod' ? 0 : Number.NaN
}

function visit(object: unknown, grace: number, found: (time: string) => void): void {
  if (typeof object !== 'object' || object === null) return
  for (const [name, value] of Object.entries(object)) {
    if (typeof value === 'string') visitTime(object as Fields, name, grace, found)
    else if (!FREE.has(name)) visit(value, grace, found)
  }
}

function visitTime(object: Fields, name: string, grace: number, found: (time: string) => void): void {
  if (name !== DELETION && !PAST.has(name)) return
  const value = String(object[name])
  const time = timeIn(value)
  if (time === undefined) return
  if (time !== value) object[name] = time
  const happened = name === DELETION ? requestedAt(time, object, grace) : time
  if (happened) found(happened)
}

/** In UTC, as all times of the API are; people's tools write offsets. */
function timeIn(value: string): string | undefined {
  const [, fraction = '', zone] = TIME.exec(value) ?? []
  if (zone === undefined || Number.isNaN(Date.parse(value))) return undefined
  if (zone === 'Z' && value[10] === 'T') return value
  return new Date(value).toISOString().replace(/\.\d+Z$/, `${fraction}Z`)
}

/** A deletion is asked for by its grace period before the time that stands in the object. */
function requestedAt(
  time: string,
  {deletionGracePeriodSeconds: said}: Fields,
  grace: number,
): string | undefined {
  const asked = new Date(Date.parse(time) - (typeof said === 'number' ? said : grace) * 1000)
  return Number.isNaN(asked.getTime()) ? undefined : asked.toISOString().replace(/\.000Z$/, 'Z')
}

/** Of all times that it is told the latest. A clock that runs ahead of ours is wrong, where others are not. */
export function latestClock(now: number) {
  const today = new Date(now).toISOString()
  let latest = ''
  let latestPast = ''
  return {
    tell(time: string): void {
      if (time > latest) latest = time
      if (time <= today && time > latestPast) latestPast = time
    },
    /** Empty where nothing was told. */
    time: () => latestPast || latest,
  }
}
