import {hostPortsOf} from '../host-ports.ts'
import {namespaceOf, type Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'
import type {ResourceKey} from '../snapshot.ts'
import {claimsOf} from './claims.ts'
import {type Term, termsOf} from './guards.ts'
import {spreadConstraints} from './spread-constraints.ts'
import {unseenOfLimits} from './volume-limits.ts'
import {requestsRoom} from './wishes.ts'

/**
 * What was not seen and may close a node to a Pod: `Volumes`, because of those that the node has; `Pods`, because of those on it;
 * `Attachments`, because its volumes may stay where they are; `Refusal`, because the scheduler refuses the one of that name although
 * nodes would take it.
 */
export interface Unseen {
  readonly about: 'Volumes' | 'Pods' | 'Attachments' | 'Refusal'
  readonly resource: ResourceKey
}

/** What may close these nodes to a Pod; undefined: all that does was seen. */
export function unseenAbout(pod: Pod, nodes: readonly string[], relations: Relations): Unseen | undefined {
  const isAlone = claimsOf(pod, relations).some(({spec}) => spec?.accessModes?.includes('ReadWriteOncePod'))
  if (isAlone && !seesPodsIn(namespaceOf(pod), relations)) return {about: 'Pods', resource: 'pods'}
  const minds = requestsRoom(pod) || hostPortsOf(pod).length > 0
  if (minds && !relations.sees('pods')) return {about: 'Pods', resource: 'pods'}
  if (!termsOf(pod, 'podAntiAffinity').every((term) => seesThoseOf(term, pod, relations)))
    return {about: 'Pods', resource: 'pods'}
  for (const node of nodes) {
    const resource = unseenOfLimits(node, pod, relations)
    if (resource) return {about: 'Volumes', resource}
  }
  return undefined
}

/** Whether the Pods were seen without which no node is open to this one: those that it wants to be with, and those that are counted. */
export function areMatesSeen(pod: Pod, relations: Relations): boolean {
  const isCounting = spreadConstraints(pod).length > 0
  return (
    (!isCounting || seesPodsIn(namespaceOf(pod), relations)) &&
    termsOf(pod, 'podAffinity').every((term) => seesThoseOf(term, pod, relations))
  )
}

function seesThoseOf({namespaces, namespaceSelector}: Term, pod: Pod, relations: Relations): boolean {
  if (namespaceSelector) return relations.sees('pods')
  const named = namespaces?.length ? namespaces : [namespaceOf(pod)]
  return named.every((namespace) => seesPodsIn(namespace, relations))
}

/** Where only the list of all namespaces was refused, those of one are read all or none. */
export function seesPodsIn(namespace: string, {snapshot, sees}: Relations): boolean {
  const {omissions, pods} = snapshot
  const isRefused = omissions.every(({resource, reason}) => resource !== 'pods' || reason === 'Forbidden')
  return sees('pods') || (isRefused && pods.some((pod) => namespaceOf(pod) === namespace))
}
