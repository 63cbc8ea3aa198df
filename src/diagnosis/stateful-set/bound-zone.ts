import {zoneOf} from '../../model/node.ts'
import {ordinalPlaceOf} from '../../model/ordinal-place.ts'
import {ordinalsOf} from '../../model/ordinals.ts'
import type {Relations} from '../../model/relations.ts'
import {desiredReplicas} from '../../model/stateful-set.ts'
import type {Crowded} from './crowded.ts'

/**
 * Whether volumes hold more ordinals in the node's zone than a binding rule over nodes lets run there: the last of them would
 * stay Pending. Elsewhere the others are taken to be spread evenly, as the scheduler would have it at best.
 */
export function isZoneTooSmall({set, over, place, all, rule, relations}: Crowded): boolean {
  const zone = zoneAt(place.name, relations)
  if (over !== 'node' || zone === undefined) return false
  const bound = ordinalsOf(set, relations).filter(
    (each) => each.state === 'desired' && ordinalPlaceOf(set, each, relations).pinnedZones.includes(zone),
  ).length
  const near = [...all].filter((name) => zoneAt(name, relations) === zone).length
  if (rule?.rule === 'podAntiAffinity') return bound > near
  const far = all.size - near
  const least = far > 0 ? Math.floor((desiredReplicas(set) - bound) / far) : Infinity
  const skew = rule?.strength === 'DoNotSchedule' ? (rule.maxSkew ?? 1) : 1
  return Math.ceil(bound / near) > Math.min(least, Math.floor(bound / near)) + skew
}

/** The zone of a node. */
export function zoneAt(name: string | undefined, relations: Relations): string | undefined {
  const node = name === undefined ? undefined : relations.node(name)
  return node && zoneOf(node)
}
