import {nameOf} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {desiredReplicas, ordinalStart} from '../../model/stateful-set.ts'
import type {Rule} from '../finding.ts'
import {ordinalsText} from '../stateful-set/leftover-claims.ts'
import {setReference, setText, slotsText} from './set-parts.ts'
import type {RolloutSubject} from './subject.ts'

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
    remedy: {commands: [], advice: 'scale it up when it is wanted again', danger: '', rung: 1},
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
    message: `${setText(set)} moves to ${ordinalsText(slots.map(({ordinal}) => ordinal))}: ${slotsText(condemned)} ${condemned.length === 1 ? 'goes' : 'go'} ${facts.isOrdered ? 'when all of those are available' : 'at once'}`,
    object: setReference(set),
    evidence: [
      `statefulset/${nameOf(set)} spec.ordinals.start=${start}, spec.replicas=${slots.length}`,
      `pod/${condemned[0]?.name} is out of that range`,
    ],
    selfHealing: 'yes',
    remedy: {
      commands: [],
      advice: 'wait',
      danger:
        'members of both ranges run beside each other meanwhile, and the new ones begin with empty claims',
      rung: 0,
    },
  }
}
