import {zoneOf} from '../../model/node.ts'
import {nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import {placementOf} from '../../model/placement.ts'
import type {Relations} from '../../model/relations.ts'
import {crowdedPlace, type Place, spreadOf} from '../../model/spread.ts'
import {isBinding, type SpreadRule, spreadRulesOf} from '../../model/spread-rules.ts'
import {desiredReplicas} from '../../model/stateful-set.ts'
import {virtualSign} from '../../model/virtual-node.ts'
import type {Causes} from '../cause.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import type {SetSubject} from '../subjects.ts'
import {spreadRemedy} from './spread-remedy.ts'

export const causes = {
  'spread-node-majority': {
    title: 'most ordinals on one node',
    applies: ['StatefulSet'],
    sign: 'More than half of the ordinals that should exist run on one node, or have their volume there, and other nodes would take them. Without `topologySpreadConstraints` or `podAntiAffinity` over `kubernetes.io/hostname` the scheduler only prefers to spread them.',
    remedy:
      'Let the Pod template ask for a spread over nodes; `DoNotSchedule` and required `podAntiAffinity` hold when a Pod is scheduled, and never move one that runs.',
    risk: 'a rollout replaces every Pod; one that the new rule fits nowhere stays Pending',
    riskWhen: 'no volume is pinned there',
    avoid:
      'make the rule binding while volumes are where they are: a Pod that may not run beside its volume stays Pending',
    rank: 'aside',
  },
  'spread-zone-majority': {
    title: 'most ordinals in one zone',
    applies: ['StatefulSet'],
    sign: 'More than half of the ordinals that should exist run in one zone, or have a volume that only that zone reaches, and other zones would take them. Without a rule of its own the scheduler only prefers to spread Pods over zones (`maxSkew` 5).',
    remedy:
      'Let the Pod template ask for a spread over zones. Volumes do not move: a member whose volume is pinned to the zone moves only as a new one, with a new claim.',
    risk: 'a rollout replaces every Pod; one that the new rule fits nowhere stays Pending',
    riskWhen: 'no volume is pinned there',
    avoid:
      'make the rule binding while volumes are where they are: a Pod that may not run beside its volume stays Pending',
    rank: 'aside',
  },
} satisfies Causes

/** More than half of the set is lost with one node, and the cluster has room for a better spread. */
const onOneNode: Rule<SetSubject> = ({set, relations}) => {
  const place = crowdedPlace(set, 'nodes', relations)
  const node = place && relations.node(place.name)
  if (!place || !node || virtualSign(node)) return undefined
  if (isFairShare(place, set, 'nodes', relations)) return undefined
  return finding('spread-node-majority', 'node', place, set, relations)
}

/** The same of a zone. */
const inOneZone: Rule<SetSubject> = ({set, relations}) => {
  const place = crowdedPlace(set, 'zones', relations)
  if (!place || isFairShare(place, set, 'zones', relations)) return undefined
  return finding('spread-zone-majority', 'zone', place, set, relations)
}

/** What goes with most of the ordinals: a node says more than its zone. */
export const spread: Rule<SetSubject> = firstCause([onOneNode, inOneZone])

/** Of three ordinals and two zones one zone has two, whatever anybody asks for. */
function isFairShare(
  {ordinals}: Place,
  set: StatefulSet,
  over: 'zones' | 'nodes',
  relations: Relations,
): boolean {
  const open = openPlaces(set, over, relations)
  const own = spreadOf(set, relations)?.[over].filter(({name}) => !open.has(name)) ?? []
  return ordinals <= Math.ceil(desiredReplicas(set) / (open.size + own.length))
}

const NAMES = {zones: zoneOf, nodes: nameOf} as const

/** Where a Pod of the set could be put now, room and volumes apart: for all sets that ask the same worked out once. */
function openPlaces(set: StatefulSet, over: 'zones' | 'nodes', relations: Relations): ReadonlySet<string> {
  const {open} = placementOf({volumes: [], selected: [], template: set.spec?.template}, relations)
  return relations.once(`open ${over}`, open, () => new Set(open.flatMap((node) => NAMES[over](node) ?? [])))
}

function finding(
  id: 'spread-node-majority' | 'spread-zone-majority',
  over: SpreadRule['over'],
  place: Place,
  set: StatefulSet,
  relations: Relations,
): Finding {
  const [rule] = spreadRulesOf(set.spec?.template).filter((each) => each.over === over)
  const [name, desired] = [nameOf(set), desiredReplicas(set)]
  const all = place.ordinals === desired ? `all ${desired}` : `${place.ordinals} of ${desired}`
  return {
    id,
    severity: 'warning',
    message: `${over === 'zone' ? 'Zone' : 'Node'} ${place.name} holds ${all} ordinals of ${name}: losing it leaves ${place.leaves}; ${askedText(rule, over)}`,
    object: {kind: 'StatefulSet', namespace: namespaceOf(set), name},
    evidence: [
      `${over} ${place.name}: Pods ${place.pods}, volumes that only it reaches ${place.volumes}`,
      `statefulset/${name} spec.replicas=${desired}`,
      rule ? `Pod template ${ruleText(rule)}` : `Pod template has no rule over ${over}s`,
    ],
    selfHealing: 'no',
    remedy: spreadRemedy({set, over, place, rule, relations}),
  }
}

function askedText(rule: SpreadRule | undefined, over: SpreadRule['over']): string {
  if (!rule) return `the Pod template asks for no spread over ${over}s`
  return isBinding(rule)
    ? `${ruleText(rule)} holds only when a Pod is scheduled`
    : `${ruleText(rule)} is a wish, which did not bind the scheduler`
}

/** `topologySpreadConstraints over zones (DoNotSchedule, maxSkew 1)`. */
function ruleText({rule, over, strength, maxSkew}: SpreadRule): string {
  const skew = maxSkew === undefined ? '' : `, maxSkew ${maxSkew}`
  return `${rule} over ${over}s (${strength}${skew})`
}
