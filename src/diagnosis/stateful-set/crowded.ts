import {zoneOf} from '../../model/node.ts'
import {nameOf, type StatefulSet} from '../../model/objects.ts'
import {placementOf} from '../../model/placement.ts'
import type {Relations} from '../../model/relations.ts'
import {couldHold, requestsOf} from '../../model/room.ts'
import {crowdedPlace, type Place, spreadOf} from '../../model/spread.ts'
import {isBrokenBy, isKeptTogether, spreadRulesOf, type TemplateSpreadRule} from '../../model/spread-rules.ts'
import {desiredReplicas} from '../../model/stateful-set.ts'
import {volumeSources} from './volume-sources.ts'

/** A place that holds too many ordinals, and what the template says of that. */
export interface Crowded {
  readonly set: StatefulSet
  readonly over: TemplateSpreadRule['over']
  readonly place: Place
  /** The strictest. */
  readonly rule: TemplateSpreadRule | undefined
  /** It would not let all of them be there if they were scheduled now. */
  readonly isRuleBroken: boolean
  /** Where Pods of the set could be: zones or nodes. The same set for all that ask the same. */
  readonly open: ReadonlySet<string>
  /** Where else they are. */
  readonly closed: readonly string[]
  readonly relations: Relations
}

/** The place that holds more than half of a set, and more than its share of those that the set could have. */
export function crowdedOver(
  over: TemplateSpreadRule['over'],
  set: StatefulSet,
  relations: Relations,
): Crowded | undefined {
  const {template} = set.spec ?? {}
  const place = crowdedPlace(set, `${over}s`, relations)
  if (!place || isKeptTogether(template, over)) return undefined
  const open = openPlaces(set, over, relations)
  const own = spreadOf(set, relations)?.[`${over}s`] ?? []
  if (!open) return undefined
  const closed = own.flatMap(({name}) => (open.has(name) ? [] : [name]))
  const count = open.size + closed.length
  // of three ordinals and two zones one zone has two, whatever anybody asks for
  if (place.ordinals <= Math.ceil(desiredReplicas(set) / count)) return undefined
  const [rule] = spreadRulesOf(template).filter((each) => each.over === over)
  const least = own.length < count ? 0 : Math.min(...own.map(({ordinals}) => ordinals))
  const isRuleBroken = rule !== undefined && isBrokenBy(rule, place.ordinals, least)
  return {set, over, place, rule, isRuleBroken, open, closed, relations}
}

const NAMES = {zone: zoneOf, node: nameOf} as const

/**
 * Where a Pod of the set could be put now, with new volumes, if nothing else ran there; undefined where it is not known where
 * volumes may be had. For all sets that ask the same worked out once.
 */
function openPlaces(
  set: StatefulSet,
  over: TemplateSpreadRule['over'],
  relations: Relations,
): ReadonlySet<string> | undefined {
  const sources = volumeSources(set, relations)
  if (!sources) return undefined
  const {template} = set.spec ?? {}
  const {open} = placementOf({volumes: [], selected: [], template}, relations)
  const requests = requestsOf(template)
  const key = JSON.stringify([over, requests, sources.map(({name}) => name)])
  return relations.once(`open ${key}`, open, () => {
    const reached = open.filter(
      (node) => couldHold(node, requests) && sources.every(({isNear}) => isNear(node)),
    )
    return new Set(reached.flatMap((node) => NAMES[over](node) || []))
  })
}
