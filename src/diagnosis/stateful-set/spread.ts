import {nameOf, namespaceOf} from '../../model/objects.ts'
import {isBinding, type TemplateSpreadRule} from '../../model/spread-rules.ts'
import {desiredReplicas} from '../../model/stateful-set.ts'
import {virtualSign} from '../../model/virtual-node.ts'
import type {Causes} from '../cause.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import type {SetSubject} from '../subjects.ts'
import {boundZoneOf} from './bound-zone.ts'
import {type Crowded, crowdedOver} from './crowded.ts'
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
  const crowded = crowdedOver('node', set, relations)
  const node = crowded && relations.node(crowded.place.name)
  return node && !virtualSign(node) ? finding('spread-node-majority', crowded) : undefined
}

/** The same of a zone. */
const inOneZone: Rule<SetSubject> = ({set, relations}) => {
  const crowded = crowdedOver('zone', set, relations)
  return crowded && finding('spread-zone-majority', crowded)
}

/** What goes with most of the ordinals: a node says more than its zone. */
export const spread: Rule<SetSubject> = firstCause([onOneNode, inOneZone])

function finding(id: 'spread-node-majority' | 'spread-zone-majority', crowded: Crowded): Finding {
  const {set, over, place, rule} = crowded
  const [name, desired] = [nameOf(set), desiredReplicas(set)]
  const all = place.ordinals === desired ? `all ${desired}` : `${place.ordinals} of ${desired}`
  return {
    id,
    severity: 'warning',
    message: `${over === 'zone' ? 'Zone' : 'Node'} ${place.name} holds ${all} ordinals of ${name}: losing it leaves ${place.leaves}; ${askedText(crowded)}`,
    object: {kind: 'StatefulSet', namespace: namespaceOf(set), name},
    evidence: [
      placeText(crowded),
      `statefulset/${name} spec.replicas=${desired}`,
      rule ? `Pod template ${ruleText(rule)}` : `Pod template has no rule over ${over}s`,
    ],
    selfHealing: 'no',
    remedy: spreadRemedy(crowded),
  }
}

function placeText(crowded: Crowded): string {
  const {over, place} = crowded
  const bound = place.volumes === 0 ? boundZoneOf(crowded) : undefined
  return bound
    ? `node ${place.name}: Pods ${place.pods}; zone ${bound.zone}: nodes that would take them ${bound.nodes}, volumes that only it reaches ${bound.volumes}`
    : `${over} ${place.name}: Pods ${place.pods}, volumes that only it reaches ${place.volumes}`
}

function askedText({rule, over, isRuleBroken}: Crowded): string {
  if (!rule) return `the Pod template asks for no spread over ${over}s`
  if (isRuleBroken) return `${ruleText(rule)} holds only when a Pod is scheduled`
  return isBinding(rule)
    ? `${ruleText(rule)} allows it`
    : `${ruleText(rule)} is a wish, which did not bind the scheduler`
}

/** `topologySpreadConstraints over zones (DoNotSchedule, maxSkew 1)`. */
function ruleText({rule, over, strength, maxSkew}: TemplateSpreadRule): string {
  const skew = maxSkew === undefined ? '' : `, maxSkew ${maxSkew}`
  return `${rule} over ${over}s (${strength}${skew})`
}
