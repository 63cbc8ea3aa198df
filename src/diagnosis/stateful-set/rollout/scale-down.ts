import {nameOf, namespaceOf, type StatefulSet} from '../../../model/objects.ts'
import {isAvailable, isReady, isTerminating} from '../../../model/pod.ts'
import {statusWord} from '../../../model/pod-status-word.ts'
import {isUnavailable} from '../../../model/rollout/stateful-set-facts.ts'
import type {Causes} from '../../cause.ts'
import type {Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {OVERLOOKED_SECONDS, secondsBetween} from '../../patience.ts'
import {isOverdue} from '../../pod/grace-period-over.ts'
import {podReference} from '../../pod/reference.ts'
import {FEW} from '../../words.ts'
import type {RolloutSubject} from './subject.ts'
import {setReference, setText} from './words.ts'

export const causes = {
  'sts-scaledown-two-unhealthy': {
    title: 'several unready Pods block scaling down',
    applies: ['StatefulSet'],
    sign: 'In an ordered set all that stay are ready, but two or more of those to be removed are not. The highest waits for the lowest of them, and the lowest waits for its turn.',
    remedy:
      'Bring them back to health if they still hold what the others need. Else `kubectl delete pod <pod>` from the highest down: they are beyond `spec.replicas` and do not come back.',
    risk: 'what a member still has to hand over to the others must be handed over before; with whenScaled Delete its claims go with it',
    rank: 'order',
  },
  'sts-scaledown-minready-hang': {
    title: 'scale-down waits for an available Pod',
    applies: ['StatefulSet'],
    sign: 'Up to 1.33: an ordered set with `minReadySeconds` has a Pod to remove that is ready but not yet available. The controller should go on when the time is over, and may only do so at its next resync.',
    remedy:
      'Wait for `minReadySeconds`; if nothing happens then, and the set should still be that small, delete that Pod.',
    risk: 'what a member still has to hand over to the others must be handed over before; with whenScaled Delete its claims go with it',
  },
  'sts-scaledown-terminating': {
    title: 'scale-down waits for a Pod',
    applies: ['StatefulSet'],
    sign: 'A Pod beyond `spec.replicas` is terminating. An ordered set removes one at a time.',
    remedy: 'Wait. If it is overdue, see why that Pod does not terminate.',
  },
} satisfies Causes

/**
 * A scale-down goes from the top, but waits for the lowest of those that do not work: the topmost is not taken because
 * another one is broken, and that one's turn never comes.
 */
export const scaledownTwoUnhealthy: Rule<RolloutSubject> = ({facts, blocker}) => {
  const {set, condemned, isOrdered} = facts
  const {slot, trouble} = blocker ?? {}
  const [top] = condemned
  if (!isOrdered || !slot || !trouble || !top?.pod || top === slot || isTerminating(top.pod)) return undefined
  const broken = condemned.filter((each) => isUnavailable(each, facts))
  if (!broken.includes(top) || !broken.includes(slot)) return undefined
  const above = broken.filter(({ordinal}) => ordinal > slot.ordinal)
  return {
    id: 'sts-scaledown-two-unhealthy',
    severity: trouble.isStalled ? 'error' : 'warning',
    message: `The scale-down waits for ${slot.name}, which it should remove itself, before it deletes ${top.name} (${setText(set)})`,
    object: setReference(set),
    ...(trouble.since && {since: trouble.since}),
    evidence: broken.map(({name, pod}) => `pod/${name} ${pod ? statusWord(pod) : ''}, not available`),
    selfHealing: 'no',
    remedy: {
      look: [kubectl('describe', 'pod', '-n', namespaceOf(set), top.name)],
      act: [
        {text: 'if they still hold what the others need: bring them back to health', commands: []},
        {
          text: `if not, delete them from the top: they are not created again, and the controller itself takes ${slot.name}`,
          commands: above
            .slice(0, FEW)
            .map(({name}) => kubectl('delete', 'pod', '-n', namespaceOf(set), name)),
        },
      ],
      risk: causes['sts-scaledown-two-unhealthy'].risk,
      avoid: '',
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
    message: `The scale-down terminates ${slot.name}, which has until ${until}${facts.condemned.length > 1 ? `; ${facts.condemned.length - 1} more come after it` : ''} (${setText(facts.set)})`,
    object: podReference(slot.pod),
    evidence: [`pod/${slot.name} metadata.deletionTimestamp=${until}`],
    selfHealing: 'yes',
    remedy: null,
  }
}

/** kubernetes#123918, up to 1.33: the controller waits for minReadySeconds and does not look again when they are over. */
export const scaledownMinReadyHang: Rule<RolloutSubject> = ({facts, next}) => {
  const {set, condemned, isOrdered, rules, minReadySeconds, now} = facts
  const slot = condemned.find(({name}) =>
    next.actions.some((each) => each.action === 'Delete' && each.pod === name),
  )
  if (!slot?.pod || !isOrdered || rules.needsAvailable || minReadySeconds === 0) return undefined
  const since = slot.pod.status?.conditions?.find(({type}) => type === 'Ready')?.lastTransitionTime
  const late = secondsBetween(since, now) - minReadySeconds
  if (!isReady(slot.pod) || !isAvailable(slot.pod, minReadySeconds, now) || !(late > OVERLOOKED_SECONDS))
    return undefined
  if (!sawItWaiting(set)) return undefined
  return {
    id: 'sts-scaledown-minready-hang',
    severity: 'warning',
    message: `The scale-down has overlooked ${slot.name}, which has been ready for longer than minReadySeconds (kubernetes#123918, ${setText(set)})`,
    object: podReference(slot.pod),
    ...(since && {since}),
    evidence: [
      `pod/${slot.name} condition Ready=True since ${since}`,
      `statefulset/${nameOf(set)} spec.minReadySeconds=${minReadySeconds}`,
      `statefulset/${nameOf(set)} status.availableReplicas=${set.status?.availableReplicas}, readyReplicas=${set.status?.readyReplicas}`,
    ],
    selfHealing: 'maybe',
    remedy: {
      look: [kubectl('describe', 'pod', '-n', namespaceOf(set), slot.name)],
      act: [
        {
          text: 'only if the set should still be that small: delete the Pod, which is not created again',
          commands: [kubectl('delete', 'pod', '-n', namespaceOf(set), slot.name)],
        },
      ],
      risk: causes['sts-scaledown-minready-hang'].risk,
      avoid: '',
      rung: 2,
    },
  }
}

/** The status is of a moment at which a Pod was ready and not yet available: the controller looked last then. */
function sawItWaiting({status}: StatefulSet): boolean {
  return (status?.availableReplicas ?? 0) < (status?.readyReplicas ?? 0)
}
