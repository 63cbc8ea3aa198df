import {namespaceOf, type Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {spreadConstraints} from './spread-constraints.ts'

/** Whether the Pods were seen that the rules of this one count: those of its namespace. */
export function areAllSeen(pod: Pod, relations: Relations): boolean {
  return spreadConstraints(pod).length === 0 || seesPodsIn(namespaceOf(pod), relations)
}

/** Where only the list of all namespaces was refused, those of one are read all or none. */
export function seesPodsIn(namespace: string, {snapshot, sees}: Relations): boolean {
  const {omissions, pods} = snapshot
  const isRefused = omissions.every(({resource, reason}) => resource !== 'pods' || reason === 'Forbidden')
  return sees('pods') || (isRefused && pods.some((pod) => namespaceOf(pod) === namespace))
}
