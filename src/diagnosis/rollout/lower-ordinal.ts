import {nameOf} from '../../model/objects.ts'
import {isOutdated} from '../../model/rollout/stateful-set-facts.ts'
import {strategyOf} from '../../model/rollout/stateful-set-next.ts'
import type {Rule} from '../finding.ts'
import {blockedAtTarget} from './blocked-at-target.ts'
import {slotsText} from './set-parts.ts'
import type {RolloutSubject} from './subject.ts'

/** An update goes from the top, and yet waits for the lowest Pod that does not work. */
export const lowerOrdinalBlocks: Rule<RolloutSubject> = (subject) => {
  const {facts, blocker} = subject
  const finding = blockedAtTarget(subject)
  if (!finding || !blocker || !facts.isOrdered || strategyOf(facts.set) !== 'RollingUpdate') return undefined
  const {slot, holdUp} = blocker
  const waiting = facts.slots
    .filter((each) => each.ordinal > slot.ordinal && !each.isHeld && isOutdated(each, facts))
    .toReversed()
  if (waiting.length === 0) return undefined
  return {
    ...finding,
    id: 'sts-ordered-lower-ordinal-blocks',
    message: `${slot.name} ${holdUp.text}, and holds up the update of ${slotsText(waiting)}: an ordered set goes on only while all below work`,
    evidence: [...finding.evidence, `statefulset/${nameOf(facts.set)} podManagementPolicy OrderedReady`],
  }
}

/** What is too many goes only when all that should stay work. */
export const scaledownBlocked: Rule<RolloutSubject> = (subject) => {
  const {facts, blocker} = subject
  const finding = blockedAtTarget(subject)
  const {slot, holdUp} = blocker ?? {}
  if (!finding || !slot || !holdUp || !facts.isOrdered) return undefined
  if (facts.condemned.length === 0 || !facts.slots.includes(slot)) return undefined
  return {
    ...finding,
    id: 'sts-scaledown-blocked-by-replica',
    message: `${slot.name} ${holdUp.text}, and holds up the scale-down that is to take ${slotsText(facts.condemned)} away`,
    evidence: [
      ...finding.evidence,
      `statefulset/${nameOf(facts.set)} spec.replicas=${facts.slots.length}, and still has ${slotsText(facts.condemned)}`,
    ],
  }
}
