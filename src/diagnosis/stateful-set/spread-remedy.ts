import {nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import {ordinalsOf} from '../../model/ordinals.ts'
import type {Relations} from '../../model/relations.ts'
import type {Act, Finding} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {boundZoneOf, zoneAt} from './bound-zone.ts'
import type {Crowded} from './crowded.ts'
import {wantedSelector} from './service-facts.ts'

const KEY = {zone: 'topology.kubernetes.io/zone', node: 'kubernetes.io/hostname'} as const

/** How ordinals come apart again: as new members where their volumes are pinned, else by being scheduled again. */
export function spreadRemedy(crowded: Crowded): Finding['remedy'] {
  const {set, place, isRuleBroken, relations} = crowded
  const look = [kubectl('get', 'pods', '-n', namespaceOf(set), ...selected(crowded), '-o', 'wide')]
  if (place.volumes > 0) return {look, act: [asNewMembers(crowded.over)], risk: '', avoid: BINDING, rung: 0}
  if (boundZoneOf(crowded)) return {look, act: [asNewMembers('zone')], risk: '', avoid: BINDING, rung: 0}
  const pod = isRuleBroken ? lastPodOn(set, crowded, relations) : undefined
  if (pod !== undefined) {
    const text = `delete those that are too many there, one at a time, each when the one before is ready again: the scheduler then keeps to the rule`
    const act = [{text, commands: [kubectl('delete', 'pod', '-n', namespaceOf(set), pod)]}]
    return {
      look,
      act,
      risk: `${pod} is down until it is back, and stays Pending if no other place has room`,
      avoid: '',
      rung: 2,
    }
  }
  return {look, act: [binding(crowded)], risk: ROLLOUT, avoid: '', rung: 1}
}

const BINDING =
  'make the rule binding while volumes are where they are: a Pod that may not run beside its volume stays Pending'
const ROLLOUT = 'a rollout replaces every Pod; one that the new rule fits nowhere stays Pending'

function selected({set}: Crowded): readonly string[] {
  const selector = wantedSelector({set})
  return selector === '' ? [] : ['-l', selector]
}

function asNewMembers(over: Crowded['over']): Act {
  return {
    text: `volumes do not move: a member leaves the ${over} only as a new one, with a new claim elsewhere, one at a time and when the others have its data`,
    commands: [],
  }
}

function binding({over, rule}: Crowded): Act {
  const change =
    rule?.strength === 'DoNotSchedule'
      ? `topologySpreadConstraint over ${over}s have maxSkew 1`
      : `Pod template have topologySpreadConstraints with topologyKey ${KEY[over]} and whenUnsatisfiable DoNotSchedule`
  return {text: `let the ${change}: the rollout that follows schedules each Pod again`, commands: []}
}

function lastPodOn(set: StatefulSet, {over, place}: Crowded, relations: Relations): string | undefined {
  const isThere = (node: string | undefined) =>
    over === 'node' ? node === place.name : zoneAt(node, relations) === place.name
  return ordinalsOf(set, relations)
    .filter(({state, pod}) => state === 'desired' && isThere(pod?.spec?.nodeName))
    .flatMap(({pod}) => (pod ? [nameOf(pod)] : []))
    .at(-1)
}
