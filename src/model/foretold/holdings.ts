import type {Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {requestOfPod} from '../requests.ts'
import {type DriverVolume, volumesInUse} from './driver-volumes.ts'
import {isCertain, type Standing} from './standing.ts'

/** `certain`: who is there. `possible`: who may be there, too. */
export type How = 'certain' | 'possible'

/**
 * What the Pods on a node hold, by the node: `certain node-a`. It is worked out of a node when it is asked for first, and whoever
 * comes and goes changes it in place.
 */
export interface Holdings {
  /** How much of each resource they request together. */
  readonly promised: Map<string, Map<string, number>>
  /** Volumes in use by driver, and by how many. */
  readonly mounted: Map<string, Map<string, Map<string, number>>>
}

/** Somebody comes, or goes. */
export function hold(
  {promised, mounted}: Holdings,
  standing: Standing,
  by: 1 | -1,
  relations: Relations,
): void {
  const {pod, nodes} = standing
  const hows: readonly How[] = isCertain(standing) ? ['certain', 'possible'] : ['possible']
  for (const node of nodes)
    for (const how of hows) {
      const sums = promised.get(`${how} ${node}`)
      if (sums) addRequests(sums, pod, by)
      const volumes = mounted.get(`${how} ${node}`)
      if (volumes) for (const each of volumesInUse(pod, relations)) addVolume(volumes, each, by)
    }
}

function addRequests(sums: Map<string, number>, pod: Pod, by: 1 | -1): void {
  for (const [resource, sum] of sums) sums.set(resource, sum + by * requestOfPod(pod, resource))
}

/** One more of them, or one less, uses that volume. */
export function addVolume(
  volumes: Map<string, Map<string, number>>,
  {driver, id}: DriverVolume,
  by: 1 | -1,
): void {
  const ofDriver = volumes.get(driver) ?? new Map<string, number>()
  const users = (ofDriver.get(id) ?? 0) + by
  if (users > 0) ofDriver.set(id, users)
  else ofDriver.delete(id)
  volumes.set(driver, ofDriver)
}
