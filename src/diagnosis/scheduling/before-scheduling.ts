import {nameOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import {firstCause, type Rule} from '../finding.ts'
import {podText} from '../pod.ts'
import {unschedulable} from './pinned-reason.ts'
import {readPod, type WaitingPod, waitingFinding} from './waiting-pod.ts'

/** Somebody holds the Pod back before the scheduler may look at it. */
const gated: Rule<WaitingPod> = (subject) => {
  const condition = unschedulable(subject.pod)
  if (condition?.reason !== 'SchedulingGated') return undefined
  const {pod} = subject
  const gates = (pod.spec?.schedulingGates ?? []).map(({name}) => name).join(', ')
  return waitingFinding(subject, {
    id: 'sched-gated',
    severity: 'warning',
    message: `${podText(pod)} is held back by a scheduling gate${gates && `: ${gates}`}`,
    since: condition.lastTransitionTime,
    evidence: [`pod/${nameOf(pod)} condition PodScheduled=False, reason SchedulingGated`],
    selfHealing: 'maybe',
    remedy: {
      commands: [readPod(pod)],
      advice: 'see why the owner of the gate (a queue, an operator) has not taken it away',
      danger: 'taking a gate away by hand goes past the queue or check that it stands for',
      rung: 0,
    },
  })
}

/** A scheduler that works says something within seconds. */
const PATIENCE_SECONDS = 60

/** Not even a condition: nobody looks at the Pod, and no event says so. */
const noScheduler: Rule<WaitingPod> = (subject) => {
  const {pod, nodeName, now} = subject
  const isLookedAt = pod.status?.conditions?.some(({type}) => type === 'PodScheduled')
  const since = pod.metadata?.creationTimestamp
  if (isLookedAt || !(secondsBetween(since, now) > PATIENCE_SECONDS)) return undefined
  const {schedulerName} = pod.spec ?? {}
  const name = schedulerName ? ` ${schedulerName}` : ''
  return waitingFinding(subject, {
    id: 'sched-no-scheduler',
    severity: 'error',
    message: `${podText(pod)} waits for node ${nodeName}, and its scheduler${name} has not looked at it`,
    since,
    evidence: [`pod/${nameOf(pod)} has no condition PodScheduled`],
    selfHealing: 'no',
    remedy: {
      commands: [readPod(pod), kubectl('get', 'lease', '-n', 'kube-system', 'kube-scheduler', '-o', 'yaml')],
      advice: 'is spec.schedulerName spelt right, and does that scheduler run?',
      danger: '',
      rung: 0,
    },
  })
}

/** Room is being made: lesser Pods have been told to stop. */
const nominated: Rule<WaitingPod> = (subject) => {
  const {pod} = subject
  const node = pod.status?.nominatedNodeName
  if (!node) return undefined
  return waitingFinding(subject, {
    id: 'sched-nominated',
    severity: 'warning',
    message: `${podText(pod)} gets room on node ${node} as soon as the Pods that it pushes out have stopped`,
    since: unschedulable(pod)?.lastTransitionTime,
    evidence: [`pod/${nameOf(pod)} status.nominatedNodeName=${node}`],
    selfHealing: 'yes',
    remedy: null,
  })
}

/** Why the scheduler has not come to a verdict, or need not. */
export const beforeScheduling: Rule<WaitingPod> = firstCause([gated, nominated, noScheduler])
