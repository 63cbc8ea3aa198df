import {nameOf} from '../../../model/objects.ts'
import {isTerminating} from '../../../model/pod.ts'
import {desiredReplicas, ordinalStart} from '../../../model/stateful-set.ts'
import type {Causes} from '../../cause.ts'
import type {Rule} from '../../finding.ts'
import {ordinalsText} from '../leftover-claims.ts'
import type {RolloutSubject} from './subject.ts'
import {setReference, setText, slotsText} from './words.ts'

export const causes = {
  'sts-scaled-to-zero': {
    title: 'set is scaled to zero',
    applies: ['StatefulSet'],
    sign: '`spec.replicas` is 0 and there are no Pods: somebody has parked the set. Its claims wait for it, unless the retention policy deletes them.',
    remedy:
      'Nothing, if that is meant; else `kubectl scale statefulset/<set> --replicas=<n>` brings it back.',
    rank: 'aside',
  },
  'sts-ordinals-start-moved': {
    title: 'set moves to other ordinals',
    applies: ['StatefulSet'],
    sign: '`spec.ordinals.start` was changed: Pods of the new range come up, and those of the old range go when all new ones are ready.',
    remedy: 'Wait; look at the new Pods if they do not become ready.',
    risk: 'members of both ranges run beside each other meanwhile, and the new ones begin with empty claims',
    rank: 'aside',
  },
} satisfies Causes

/** Parked: there is nothing to do, and nothing is wrong. */
export const scaledToZero: Rule<RolloutSubject> = ({facts}) => {
  const {set, condemned} = facts
  if (desiredReplicas(set) !== 0 || condemned.length > 0) return undefined
  return {
    id: 'sts-scaled-to-zero',
    severity: 'info',
    message: `${setText(set)} is scaled to 0: there is nothing to roll out`,
    object: setReference(set),
    evidence: [`statefulset/${nameOf(set)} spec.replicas=0`],
    selfHealing: 'no',
    remedy: {
      look: [],
      act: [{text: 'scale it up when it is wanted again', commands: []}],
      risk: '',
      avoid: '',
      rung: 1,
    },
  }
}

/**
 * Pods below the first ordinal, or after a gap: no scale-down leaves those, a moved `ordinals.start` does. Of Pods that
 * all go at once, any may be gone first.
 */
export const ordinalsStartMoved: Rule<RolloutSubject> = ({facts}) => {
  const {set, condemned, slots} = facts
  const start = ordinalStart(set)
  const end = start + slots.length
  const lowestAbove = condemned.filter(({ordinal}) => ordinal >= end).at(-1)
  const hasGap = lowestAbove?.pod && !isTerminating(lowestAbove.pod) && lowestAbove.ordinal > end
  const isMoved = condemned.some(({ordinal}) => ordinal < start) || hasGap
  if (!isMoved || slots.length === 0) return undefined
  return {
    id: 'sts-ordinals-start-moved',
    severity: 'info',
    message: `${setText(set)} moves to ${ordinalsText(slots.map(({ordinal}) => ordinal))}: ${slotsText(condemned)} ${condemned.length === 1 ? 'is deleted' : 'are deleted'} ${facts.isOrdered ? 'when all of those are available' : 'at once'}`,
    object: setReference(set),
    evidence: [
      `statefulset/${nameOf(set)} spec.ordinals.start=${start}, spec.replicas=${slots.length}`,
      `pod/${condemned[0]?.name} is out of that range`,
    ],
    selfHealing: 'yes',
    remedy: {
      look: [],
      act: [{text: 'wait', commands: []}],
      risk: causes['sts-ordinals-start-moved'].risk,
      avoid: '',
      rung: 0,
    },
  }
}
