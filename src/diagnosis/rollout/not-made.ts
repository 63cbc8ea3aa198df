import {nameOf, namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {createCause} from '../create/failed-create.ts'
import type {Rule} from '../finding.ts'
import {nameHeld} from '../stateful-set/name-held.ts'
import type {RolloutSubject} from './subject.ts'

/** Somebody else's Pod has the name. */
export const nameTaken: Rule<RolloutSubject> = ({facts, blocker, relations}) => {
  const {slot} = blocker ?? {}
  if (!slot?.holder || slot.pod) return undefined
  const {ordinal, holder} = slot
  return nameHeld({set: facts.set, ordinal: {ordinal, holder, state: 'desired', claims: []}, relations})
}

/** The API server refuses to make the Pod; undefined for words that the catalog does not know. */
export const refused: Rule<RolloutSubject> = ({facts, blocker}) => {
  const {slot, holdUp} = blocker ?? {}
  if (!slot || !holdUp?.refusal) return undefined
  const [namespace, set] = [namespaceOf(facts.set), nameOf(facts.set)]
  const cause = createCause(holdUp.refusal, namespace)
  if (!cause) return undefined
  return {
    ...cause,
    message: `${slot.name} of StatefulSet ${namespace}/${set} ${holdUp.text}`,
    object: {kind: 'StatefulSet', namespace, name: set},
    ...(holdUp.since && {since: holdUp.since}),
    evidence: [`statefulset/${set} has no Pod ${slot.name}`],
  }
}

/** After `--cascade=orphan` and a new claim template: the Pod can't be made what the set wants it to be. */
export const lacksVolume: Rule<RolloutSubject> = ({facts, next, blocker}) => {
  const {slot} = blocker ?? {}
  if (!slot?.pod || next.waitsFor?.reason !== 'PodUpdate') return undefined
  const [namespace, name] = [namespaceOf(facts.set), slot.name]
  return {
    id: 'sts-adopted-pod-volume-mismatch',
    severity: 'error',
    message: `${name} lacks a volume that StatefulSet ${namespace}/${nameOf(facts.set)} has a claim template for, and the volumes of a Pod can't be changed: nothing moves until it is made anew`,
    object: {kind: 'Pod', namespace, name},
    evidence: [`pod/${name} spec.volumes`, `statefulset/${nameOf(facts.set)} spec.volumeClaimTemplates`],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('delete', 'pod', '-n', namespace, name)],
      danger: `${name} is down until it is back, and what it kept outside of its claims is gone: the new claim is empty`,
      rung: 2,
    },
  }
}
