import {isOfThisLife, latestFirst} from '../../model/events.ts'
import type {Event, Node, Pod} from '../../model/objects.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'

/** What rules about one Pod look at, whoever owns it. */
export interface PodSubject {
  readonly pod: Pod
  /** The node it is bound to; undefined for a Pod without one, for a node that is gone, and where nodes were not seen. */
  readonly node: Node | undefined
  /** About this very Pod, the latest first; empty where none were read: absence proves nothing. */
  readonly events: readonly Event[]
  readonly relations: Relations
  /** RFC 3339. */
  readonly now: string
}

export function podSubject(pod: Pod, relations: Relations): PodSubject {
  const events = relations
    .eventsOf('Pod', namespaceOf(pod), nameOf(pod))
    .filter((event) => isOfThisLife(event, pod))
  return {
    pod,
    node: pod.spec?.nodeName ? relations.node(pod.spec.nodeName) : undefined,
    events: latestFirst(events),
    relations,
    now: relations.snapshot.observedAt,
  }
}
