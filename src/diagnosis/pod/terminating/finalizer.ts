import {nameOf} from '../../../model/objects.ts'
import {own} from '../../../model/own.ts'
import {isTerminal} from '../../../model/pod.ts'
import type {Causes} from '../../cause.ts'
import {firstCause, type Rule} from '../../finding.ts'
import {fewText} from '../../words.ts'
import {ownerKind} from '../finding.ts'
import {isOverdue} from '../grace-period-over.ts'
import type {PodSubject} from '../subject.ts'
import {hasStopped, inspectPod, isNodeGone, terminatingFinding} from './facts.ts'

const AVOID =
  "remove the finalizer by hand: that skips its owner's clean-up (load balancer, DNS, data), and is the last resort, after that clean-up has been done by hand"

export const causes = {
  'term-finalizer': {
    title: 'finalizer keeps the Pod',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`metadata.finalizers` is not empty, and the containers have stopped or the node is gone. Whoever put the finalizer there has not finished.',
    remedy: 'Find out who that is and why it is not done; it takes the finalizer away itself.',
    avoid: AVOID,
  },
  'sts-failed-with-finalizer': {
    title: "failed Pod can't be replaced",
    applies: ['StatefulSet'],
    sign: 'The Pod has failed and is being deleted, and finalizers keep it. From 1.29 the controller waits until the object is gone before it creates the next one.',
    remedy: 'Find the owner of the finalizer, and see why it is not done.',
    avoid: AVOID,
  },
} satisfies Causes

const FIX =
  'find who put the finalizer there and why it is not done, and fix that: it then takes the finalizer off itself'

/**
 * Its kubelet is done with it, so that only the finalizers are left: the containers have terminated, or the API
 * server has been told so (a grace period of 0), or there is no kubelet to wait for.
 */
function finalizersLeft(subject: PodSubject): readonly string[] {
  const {pod, now} = subject
  const {finalizers, deletionGracePeriodSeconds} = pod.metadata ?? {}
  const isDone =
    hasStopped(pod) ||
    isTerminal(pod) ||
    deletionGracePeriodSeconds === 0 ||
    !pod.spec?.nodeName ||
    isNodeGone(subject)
  return isDone && isOverdue(pod, now) ? (finalizers ?? []) : []
}

const FINISHED: Readonly<Record<string, string>> = {Failed: 'failed', Succeeded: 'succeeded'}

/** The controller creates no new Pod of that name before this one is gone. */
const failedWithFinalizer: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const finalizers = finalizersLeft(subject)
  if (finalizers.length === 0 || !isTerminal(pod) || ownerKind(pod) !== 'StatefulSet') return undefined
  return terminatingFinding(subject, {
    id: 'sts-failed-with-finalizer',
    severity: 'error',
    message: `Finalizer ${fewText(finalizers)} keeps ${nameOf(pod)}, which has ${own(FINISHED, pod.status?.phase ?? '')}, so it is not replaced`,
    evidence: [
      `pod/${nameOf(pod)} status.phase=${pod.status?.phase}`,
      `pod/${nameOf(pod)} metadata.finalizers=${fewText(finalizers)}`,
    ],
    selfHealing: 'no',
    remedy: inspectPod(subject, FIX, AVOID),
  })
}

const finalizer: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const finalizers = finalizersLeft(subject)
  if (finalizers.length === 0) return undefined
  const stopped = hasStopped(pod) ? ', which has stopped' : ''
  return terminatingFinding(subject, {
    id: 'term-finalizer',
    severity: 'error',
    message: `Finalizer ${fewText(finalizers)} keeps ${nameOf(pod)}${stopped}`,
    evidence: [`pod/${nameOf(pod)} metadata.finalizers=${fewText(finalizers)}`],
    remedy: inspectPod(subject, FIX, AVOID),
  })
}

/** Nothing but a finalizer keeps the Pod. */
export const terminatingFinalizer: Rule<PodSubject> = firstCause([failedWithFinalizer, finalizer])
