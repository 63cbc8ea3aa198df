import {nameOf} from '../../model/objects.ts'
import {isTerminal} from '../../model/pod.ts'
import {fewText} from '../few.ts'
import {firstCause, type Rule} from '../finding.ts'
import {isOverdue} from '../overdue.ts'
import {podText} from '../pod.ts'
import {ownerKind} from './containers-finding.ts'
import {hasStopped, isNodeGone, leavingFinding, lookAt} from './leaving-facts.ts'
import type {PodSubject} from './subject.ts'

const DANGER =
  "removing a finalizer by hand skips its owner's clean-up (load balancer, DNS, data): the last resort, after that clean-up has been done by hand"
const ADVICE = 'find whoever put the finalizer there, see why it is not done, and mend that'

/**
 * Its kubelet is done with it, so that only the finalizers are left: the containers have ended, or the API
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

/** The controller makes no new Pod of that name before this one is gone. */
const failedWithFinalizer: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const finalizers = finalizersLeft(subject)
  if (finalizers.length === 0 || !isTerminal(pod) || ownerKind(pod) !== 'StatefulSet') return undefined
  return leavingFinding(subject, {
    id: 'sts-failed-with-finalizer',
    severity: 'error',
    message: `${podText(pod)} has ended (${pod.status?.phase}) and is not replaced as long as finalizer ${fewText(finalizers)} keeps it`,
    evidence: [
      `pod/${nameOf(pod)} status.phase=${pod.status?.phase}`,
      `pod/${nameOf(pod)} metadata.finalizers=${fewText(finalizers)}`,
    ],
    selfHealing: 'no',
    remedy: lookAt(subject, ADVICE, DANGER),
  })
}

const finalizer: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const finalizers = finalizersLeft(subject)
  if (finalizers.length === 0) return undefined
  const stopped = hasStopped(pod) ? 'has stopped and ' : ''
  return leavingFinding(subject, {
    id: 'term-finalizer',
    severity: 'error',
    message: `${podText(pod)} ${stopped}waits for finalizer ${fewText(finalizers)}`,
    evidence: [`pod/${nameOf(pod)} metadata.finalizers=${fewText(finalizers)}`],
    remedy: lookAt(subject, ADVICE, DANGER),
  })
}

/** Nothing but a finalizer keeps the Pod. */
export const leavingFinalizer: Rule<PodSubject> = firstCause([failedWithFinalizer, finalizer])
