import {nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import {isAvailable, isReady, isTerminating} from '../../model/pod.ts'
import {statusWord} from '../../model/pod-status-word.ts'
import {isUnavailable} from '../../model/rollout/stateful-set-facts.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import {FEW} from '../few.ts'
import type {Rule} from '../finding.ts'
import {isOverdue} from '../overdue.ts'
import {podReference} from '../pod.ts'
import {setReference, setText} from './set-parts.ts'
import type {RolloutSubject} from './subject.ts'

/**
 * A scale-down goes from the top, but waits for the lowest of those that do not work: the topmost is not taken because
 * another one is broken, and that one's turn never comes.
 */
export const scaledownTwoUnhealthy: Rule<RolloutSubject> = ({facts, blocker}) => {
  const {set, condemned, isOrdered} = facts
  const {slot, holdUp} = blocker ?? {}
  const [top] = condemned
  if (!isOrdered || !slot || !holdUp || !top?.pod || top === slot || isTerminating(top.pod)) return undefined
  const broken = condemned.filter((each) => isUnavailable(each, facts))
  if (!broken.includes(top) || !broken.includes(slot)) return undefined
  const above = broken.filter(({ordinal}) => ordinal > slot.ordinal)
  return {
    id: 'sts-scaledown-two-unhealthy',
    severity: holdUp.isStuck ? 'error' : 'warning',
    message: `The scale-down of ${setText(set)} waits for ${slot.name}, which is to go itself, before it takes ${top.name}: ${slot.name} ${holdUp.text}`,
    object: setReference(set),
    ...(holdUp.since && {since: holdUp.since}),
    evidence: broken.map(({name, pod}) => `pod/${name} ${pod ? statusWord(pod) : ''}, not available`),
    selfHealing: 'no',
    remedy: {
      commands: [
        kubectl('describe', 'pod', '-n', namespaceOf(set), top.name),
        ...above.slice(0, FEW).map(({name}) => kubectl('delete', 'pod', '-n', namespaceOf(set), name)),
      ],
      advice: `delete them from the top: they are not made anew; ${slot.name} the controller takes itself`,
      danger:
        'what a member still has to hand over to the others must be handed over before; with whenScaled Delete its claims go with it',
      rung: 2,
    },
  }
}

/** One at a time, and each may take its grace period. */
export const scaledownTerminating: Rule<RolloutSubject> = ({facts, next}) => {
  const slot = facts.condemned.find(({ordinal}) => ordinal === next.waitsFor?.ordinal)
  if (!slot?.pod || !facts.isOrdered || next.waitsFor?.reason !== 'PodGone') return undefined
  if (isOverdue(slot.pod, facts.now)) return undefined
  const until = slot.pod.metadata?.deletionTimestamp
  return {
    id: 'sts-scaledown-terminating',
    severity: 'info',
    message: `${slot.name} is stopping for the scale-down of ${setText(facts.set)}, and has until ${until} for that${facts.condemned.length > 1 ? `: ${facts.condemned.length - 1} more come after it` : ''}`,
    object: podReference(slot.pod),
    evidence: [`pod/${slot.name} metadata.deletionTimestamp=${until}`],
    selfHealing: 'yes',
    remedy: null,
  }
}

/** Its time was over so long ago that the controller must have overlooked it. */
const HANGING_SECONDS = 60

/** kubernetes#123918, up to 1.33: the controller waits for minReadySeconds and does not look again when they are over. */
export const scaledownMinReadyHang: Rule<RolloutSubject> = ({facts, next}) => {
  const {set, condemned, isOrdered, rules, minReadySeconds, now} = facts
  const slot = condemned.find(({name}) =>
    next.actions.some((each) => each.action === 'Delete' && each.pod === name),
  )
  if (!slot?.pod || !isOrdered || rules.needsAvailable || minReadySeconds === 0) return undefined
  const since = slot.pod.status?.conditions?.find(({type}) => type === 'Ready')?.lastTransitionTime
  const late = secondsBetween(since, now) - minReadySeconds
  if (!isReady(slot.pod) || !isAvailable(slot.pod, minReadySeconds, now) || !(late > HANGING_SECONDS))
    return undefined
  if (!sawItWaiting(set)) return undefined
  return {
    id: 'sts-scaledown-minready-hang',
    severity: 'warning',
    message: `${slot.name} has been ready for longer than minReadySeconds (${minReadySeconds}s), and the scale-down of ${setText(set)} has not taken it: up to 1.33 the controller may forget to look again (kubernetes#123918)`,
    object: podReference(slot.pod),
    ...(since && {since}),
    evidence: [
      `pod/${slot.name} condition Ready=True since ${since}`,
      `statefulset/${nameOf(set)} status.availableReplicas=${set.status?.availableReplicas}, readyReplicas=${set.status?.readyReplicas}`,
    ],
    selfHealing: 'maybe',
    remedy: {
      commands: [kubectl('delete', 'pod', '-n', namespaceOf(set), slot.name)],
      advice: 'it is not made anew',
      danger:
        'what a member still has to hand over to the others must be handed over before; with whenScaled Delete its claims go with it',
      rung: 2,
    },
  }
}

/** The status is of a moment at which a Pod was ready and not yet available: the controller looked last then. */
function sawItWaiting({status}: StatefulSet): boolean {
  return (status?.availableReplicas ?? 0) < (status?.readyReplicas ?? 0)
}
