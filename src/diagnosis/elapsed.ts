import type {KubernetesObject} from '../model/objects.ts'

/** Seconds from one RFC 3339 time to another; NaN, of which no comparison is true, where one is not known. */
export function secondsBetween(from: string | undefined, to: string | undefined): number {
  return (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000
}

/** An autoscaler brings a node within that time, if it does; a place that an old Pod left is found long before. */
export const UNSCHEDULED_SECONDS = 300

/** Until then plugins of a node register, its network comes up, and what fails there may mend itself. */
const JOINING_SECONDS = 120

/** The node has only just joined; false where nothing tells. */
export function isJoining(node: KubernetesObject | undefined, now: string): boolean {
  return secondsBetween(node?.metadata?.creationTimestamp, now) < JOINING_SECONDS
}
