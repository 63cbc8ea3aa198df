import type {Event, Node, Pod} from '../../model/objects.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'

/** What rules about one Pod look at, whoever owns it. */
export interface PodSubject {
  readonly pod: Pod
  /** The node it is bound to; undefined for a Pod without one, for a node that is gone, and where nodes were not seen. */
  readonly node: Node | undefined
  /** About the Pod, the latest first; empty where none were read: absence proves nothing. */
  readonly events: readonly Event[]
  readonly relations: Relations
  /** RFC 3339. */
  readonly now: string
}

export function podSubject(pod: Pod, relations: Relations): PodSubject {
  const events = relations.eventsOf('Pod', namespaceOf(pod), nameOf(pod)).filter((event) => isOf(event, pod))
  return {
    pod,
    node: pod.spec?.nodeName ? relations.node(pod.spec.nodeName) : undefined,
    events: events.toSorted((left, right) => (lastSeen(left) > lastSeen(right) ? -1 : 1)),
    relations,
    now: relations.snapshot.observedAt,
  }
}

/** A StatefulSet's next Pod has the name of the one before, and must not inherit what was said of that. */
function isOf({involvedObject}: Event, {metadata}: Pod): boolean {
  return !metadata?.uid || !involvedObject?.uid || involvedObject.uid === metadata.uid
}

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
