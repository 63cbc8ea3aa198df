import {type Event, nameOf} from './objects.ts'

/** RFC 3339: when an event was last seen; empty where nothing tells. */
export function lastSeen({lastTimestamp, firstTimestamp, eventTime, series, metadata}: Event): string {
  const times = [
    series?.lastObservedTime,
    lastTimestamp,
    eventTime,
    firstTimestamp,
    metadata?.creationTimestamp,
  ]
  return times.find((time) => time != null) ?? ''
}

/** The latest first; those of one second by their names, as the API lists them, whatever else was read. */
export function latestFirst(events: readonly Event[]): readonly Event[] {
  return events.toSorted(
    (left, right) => compared(lastSeen(right), lastSeen(left)) || compared(nameOf(left), nameOf(right)),
  )
}

function compared(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** The latest of those with one of the reasons. */
export function latestOf(events: readonly Event[], ...reasons: readonly string[]): Event | undefined {
  return latestFirst(events.filter(({reason}) => reasons.includes(reason ?? '')))[0]
}

/** It is about that very object, and not about an earlier one of the same name, as a StatefulSet's Pods and claims bear. */
export function isOfThisLife(event: Event, {metadata}: {readonly metadata?: Life}): boolean {
  const [spokenOf, uid] = [event.involvedObject?.uid, metadata?.uid]
  if (spokenOf && uid) return spokenOf === uid
  return !(Date.parse(lastSeen(event)) < Date.parse(metadata?.creationTimestamp ?? ''))
}

type Life = Pick<NonNullable<Event['metadata']>, 'uid' | 'creationTimestamp'>
