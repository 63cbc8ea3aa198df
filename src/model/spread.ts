import type {StatefulSet} from './objects.ts'
import {type OrdinalPlace, ordinalPlaceOf} from './ordinal-place.ts'
import {ordinalsOf} from './ordinals.ts'
import type {Relations} from './relations.ts'
import {desiredReplicas} from './stateful-set.ts'

/** A zone or a node, and which ordinals that should exist stand on it. */
export interface Place {
  readonly name: string
  /** Those whose Pods run there. */
  readonly pods: number
  /** Those with a volume that only this place reaches. */
  readonly volumes: number
  /** Those that need it, by Pod or by volume. */
  readonly ordinals: number
  /** Those that would still have a place without it. */
  readonly leaves: number
}

/** How the ordinals of a set are spread; places by how many need them. */
export interface Spread {
  readonly zones: readonly Place[]
  readonly nodes: readonly Place[]
  /** Pods on a node without zone. */
  readonly zoneless: number
  /** Pods on a node that was not seen, or is gone: what is its zone nobody knows. */
  readonly unseen: number
  /** Ordinals that are on no node. */
  readonly unplaced: number
  /** Whether all volumes of the ordinals were seen. */
  readonly areVolumesSeen: boolean
}

/** The place without which less than half of a set is left; undefined where there is none, or where not all is known. */
export function crowdedPlace(
  set: StatefulSet,
  over: 'zones' | 'nodes',
  relations: Relations,
): Place | undefined {
  const spread = spreadOf(set, relations)
  const desired = desiredReplicas(set)
  if (!spread?.areVolumesSeen || spread.unseen > 0 || (over === 'zones' && spread.zoneless > 0))
    return undefined
  const [most] = spread[over]
  // of one there is nothing to spread
  return most && desired > 1 && 2 * most.ordinals > desired ? most : undefined
}

/** Spread of the ordinals that should exist; undefined where the Pods of the set were not seen. */
export function spreadOf(set: StatefulSet, relations: Relations): Spread | undefined {
  return relations.once('spreadOf', set, () =>
    relations.seesPodsOf(set) ? findSpread(set, relations) : undefined,
  )
}

function findSpread(set: StatefulSet, relations: Relations): Spread {
  const stands = ordinalsOf(set, relations)
    .filter(({state}) => state === 'desired')
    .map((ordinal) => ordinalPlaceOf(set, ordinal, relations))
  const placed = stands.filter(({node}) => node !== undefined)
  const count = (is: (place: OrdinalPlace) => boolean) => placed.filter(is).length
  return {
    zones: placesOf(
      stands.map(({node, zone, pinnedZones}) => ({
        isPlaced: node !== undefined,
        at: zone,
        pinned: pinnedZones,
      })),
    ),
    nodes: placesOf(
      stands.map(({node, pinnedNodes}) => ({isPlaced: node !== undefined, at: node, pinned: pinnedNodes})),
    ),
    zoneless: count(({isNodeSeen, zone}) => isNodeSeen && zone === undefined),
    unseen: count(({isNodeSeen}) => !isNodeSeen),
    unplaced: desiredReplicas(set) - placed.length,
    areVolumesSeen: stands.every((stand) => stand.areVolumesSeen),
  }
}

interface Stand {
  readonly isPlaced: boolean
  readonly at: string | undefined
  readonly pinned: readonly string[]
}

/** Each place that somebody stands on; counted in one pass, for a set may have thousands of ordinals. */
function placesOf(stands: readonly Stand[]): readonly Place[] {
  const counts = new Map<string, {pods: number; volumes: number; ordinals: number; running: number}>()
  for (const {isPlaced, at, pinned} of stands) {
    for (const name of new Set(at === undefined ? pinned : [at, ...pinned])) {
      const count = counts.get(name) ?? {pods: 0, volumes: 0, ordinals: 0, running: 0}
      counts.set(name, count)
      count.pods += Number(name === at)
      count.volumes += Number(pinned.includes(name))
      count.ordinals++
      count.running += Number(isPlaced)
    }
  }
  const all = stands.filter(({isPlaced}) => isPlaced).length
  return [...counts]
    .map(([name, {running, ...count}]) => ({name, ...count, leaves: all - running}))
    .toSorted((left, right) => right.ordinals - left.ordinals || (left.name < right.name ? -1 : 1))
}
