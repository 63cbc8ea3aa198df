import {zoneOf} from '../../model/node.ts'
import type {StatefulSet} from '../../model/objects.ts'
import {ordinalPlaceOf} from '../../model/ordinal-place.ts'
import {type Ordinal, ordinalsOf} from '../../model/ordinals.ts'
import type {Relations} from '../../model/relations.ts'
import {desiredReplicas} from '../../model/stateful-set.ts'
import type {Crowded} from './crowded.ts'

/** The zone of a crowded node, whose volumes hold more ordinals there than may be spread over its nodes. */
export interface BoundZone {
  readonly zone: string
  readonly volumes: number
  readonly nodes: number
}

/**
 * Undefined where a binding rule over nodes would let all of them run; where it would not, the last stays Pending. Elsewhere
 * the others are taken to be spread evenly, as the scheduler would have it at best.
 */
export function boundZoneOf({
  set,
  over,
  place,
  open,
  closed,
  rule,
  relations,
}: Crowded): BoundZone | undefined {
  const zone = zoneAt(place.name, relations)
  if (over !== 'node' || zone === undefined) return undefined
  const volumes = ordinalsOf(set, relations).filter((each) => isBoundTo(zone, each, set, relations)).length
  const nodes =
    (zonesOf(open, relations).get(zone) ?? 0) +
    closed.filter((name) => zoneAt(name, relations) === zone).length
  const far = open.size + closed.length - nodes
  const least = far > 0 ? Math.floor((desiredReplicas(set) - volumes) / far) : Infinity
  const most = mostPerNode(rule, Math.min(least, Math.floor(volumes / nodes)))
  return Math.ceil(volumes / nodes) > most ? {zone, volumes, nodes} : undefined
}

/** How many of these nodes are in each zone; for all sets that have the same nodes counted once. */
function zonesOf(nodes: ReadonlySet<string>, relations: Relations): ReadonlyMap<string, number> {
  return relations.once('nodes by zone', nodes, () => {
    const counts = new Map<string, number>()
    for (const name of nodes) {
      const zone = zoneAt(name, relations)
      if (zone !== undefined) counts.set(zone, (counts.get(zone) ?? 0) + 1)
    }
    return counts
  })
}

function isBoundTo(zone: string, ordinal: Ordinal, set: StatefulSet, relations: Relations): boolean {
  return ordinal.state === 'desired' && ordinalPlaceOf(set, ordinal, relations).pinnedZones.includes(zone)
}

/** Of a rule that does not bind yet, what a binding one would say; `least` run where fewest do. */
function mostPerNode(rule: Crowded['rule'], least: number): number {
  if (rule?.rule === 'podAntiAffinity') return 1
  return least + (rule?.strength === 'DoNotSchedule' ? (rule.maxSkew ?? 1) : 1)
}

/** The zone of a node. */
export function zoneAt(name: string | undefined, relations: Relations): string | undefined {
  const node = name === undefined ? undefined : relations.node(name)
  return node && zoneOf(node)
}
