import {takesPrepared} from '../../model/free-volumes.ts'
import {isValidRequirement} from '../../model/labels.ts'
import type {StatefulSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {Need} from '../../model/scope.ts'
import {crowdedPlace} from '../../model/spread.ts'
import {isRequested} from './places.ts'

const ZONE = 'topology.kubernetes.io/zone'
const HOST = 'kubernetes.io/hostname'

/**
 * Whether the cluster has other places than the one that most ordinals of a set stand on: nodes of other zones, or other nodes.
 * In a cluster of one zone that is an empty list. And whether these have volumes for it.
 */
export function spreadNeeds(sets: readonly StatefulSet[], relations: Relations): readonly Need[] {
  return [...nodesElsewhere(sets, relations), ...freeVolumesOf(sets, relations)]
}

function nodesElsewhere(sets: readonly StatefulSet[], relations: Relations): readonly Need[] {
  if (!isRequested('nodes', relations) || relations.sees('nodes')) return []
  const selectors = new Set(sets.flatMap((set) => selectorOf(set, relations)))
  const [only, ...others] = selectors
  if (only === undefined) return []
  return [{resource: 'nodes', ...(others.length === 0 && {labelSelector: only}), isExtra: true}]
}

/** Where volumes are prepared by hand, only all of them tell which nodes have one left. */
function freeVolumesOf(sets: readonly StatefulSet[], relations: Relations): readonly Need[] {
  if (!isRequested('persistentVolumes', relations) || relations.sees('persistentVolumes')) return []
  const isAsking = (set: StatefulSet) =>
    takesPrepared(set, relations) && selectorOf(set, relations).length > 0
  return sets.some(isAsking) ? [{resource: 'persistentVolumes', isExtra: true}] : []
}

function selectorOf(set: StatefulSet, relations: Relations): readonly string[] {
  const node = crowdedPlace(set, 'nodes', relations)
  const host = node && relations.node(node.name)?.metadata?.labels?.[HOST]
  if (host) return other(HOST, host)
  const zone = crowdedPlace(set, 'zones', relations)
  return zone ? other(ZONE, zone.name) : []
}

/** That have the label, with another value. */
function other(key: string, value: string): readonly string[] {
  if (!isValidRequirement({key, operator: 'In', values: [value]})) return []
  return [`${key},${key}!=${value}`]
}
