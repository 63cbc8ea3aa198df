import {nameOf} from '../../../model/objects.ts'
import {isOutdated} from '../../../model/rollout/stateful-set-facts.ts'
import {strategyOf} from '../../../model/rollout/stateful-set-next.ts'
import type {Causes} from '../../cause.ts'
import type {Rule} from '../../finding.ts'
import {AFTER_EDIT, blockedAtTarget, DELETED} from './blocked-at-target.ts'
import type {RolloutSubject} from './subject.ts'
import {slotsText} from './words.ts'

export const causes = {
  'sts-ordered-lower-ordinal-blocks': {
    title: 'lower ordinal blocks the update',
    applies: ['StatefulSet'],
    sign: 'The update has reached a high ordinal, but an ordinal below it is not ready. An ordered set looks at its ordinals from the bottom up before each step, so the lower one decides.',
    remedy: 'Look at the lowest Pod that is not ready, and leave the one that was just updated alone.',
    risk: DELETED,
    riskWhen: AFTER_EDIT,
  },
  'sts-scaledown-blocked-by-replica': {
    title: 'unready replica blocks the scale-down',
    applies: ['StatefulSet'],
    sign: 'An ordered set has more Pods than `spec.replicas`, and one of those that should stay is not ready. Until it is, nothing is removed.',
    remedy: 'Fix the lowest Pod that should stay and is not ready.',
    risk: DELETED,
    riskWhen: AFTER_EDIT,
  },
} satisfies Causes

/** An update goes from the top, and yet waits for the lowest Pod that does not work. */
export const lowerOrdinalBlocks: Rule<RolloutSubject> = (subject) => {
  const {facts, blocker} = subject
  const finding = blockedAtTarget(subject)
  if (!finding || !blocker || !facts.isOrdered || strategyOf(facts.set) !== 'RollingUpdate') return undefined
  const {slot} = blocker
  const waiting = facts.slots
    .filter((each) => each.ordinal > slot.ordinal && !each.isHeld && isOutdated(each, facts))
    .toReversed()
  if (waiting.length === 0) return undefined
  return {
    ...finding,
    id: 'sts-ordered-lower-ordinal-blocks',
    message: `${slot.name} is not ready, and an ordered update of ${slotsText(waiting)} waits until all below are`,
    evidence: [...finding.evidence, `statefulset/${nameOf(facts.set)} podManagementPolicy OrderedReady`],
  }
}

/** What is too many goes only when all that should stay work. */
export const scaledownBlocked: Rule<RolloutSubject> = (subject) => {
  const {facts, blocker} = subject
  const finding = blockedAtTarget(subject)
  const {slot} = blocker ?? {}
  if (!finding || !slot || !facts.isOrdered) return undefined
  if (facts.condemned.length === 0 || !facts.slots.includes(slot)) return undefined
  return {
    ...finding,
    id: 'sts-scaledown-blocked-by-replica',
    message: `${slot.name} is not ready, and blocks the scale-down that should remove ${slotsText(facts.condemned)}`,
    evidence: [
      ...finding.evidence,
      `statefulset/${nameOf(facts.set)} spec.replicas=${facts.slots.length}, and still has ${slotsText(facts.condemned)}`,
    ],
  }
}
