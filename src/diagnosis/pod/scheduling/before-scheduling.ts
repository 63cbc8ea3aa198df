import {nameOf, type Pod} from '../../../model/objects.ts'
import type {Causes} from '../../cause.ts'
import {type Finding, firstCause, type Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {SCHEDULER_SECONDS, secondsBetween} from '../../patience.ts'
import {fewText} from '../../words.ts'
import {choice} from './choice.ts'
import {pendingMessage} from './finding.ts'
import {unschedulable} from './pinned-reason.ts'
import {readPod, type WaitingPod, waitingFinding} from './waiting-pod.ts'

export const causes = {
  'sched-gated': {
    title: 'scheduling gate holds it back',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`PodScheduled` has the reason `SchedulingGated`, and `spec.schedulingGates` is not empty. The scheduler does not even look, and writes no event.',
    remedy: 'Find the owner of the gate, mostly a queue or an operator, and see why it does not let go.',
    avoid: 'take the gate away by hand: that goes past the queue or check that it stands for',
  },
  'sched-no-scheduler': {
    title: 'no scheduler looks at it',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The Pod is pending and has no `PodScheduled` condition at all: `spec.schedulerName` names nobody, or the scheduler is down.',
    remedy: 'Check `spec.schedulerName`, then `kubectl get lease -n kube-system kube-scheduler -o yaml`.',
  },
  'sched-nominated': {
    title: 'waiting for room being freed',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`status.nominatedNodeName` is set: Pods of lower priority are terminating, and this one gets their room.',
    remedy: 'Wait until they are gone. Their disruption budgets are kept only as far as possible.',
  },
} satisfies Causes

const NO_SCHEDULER = 'sched-no-scheduler' satisfies keyof typeof causes
export const NOMINATED = 'sched-nominated' satisfies keyof typeof causes

/** Somebody holds the Pod back before the scheduler may look at it. */
const gated: Rule<WaitingPod> = (subject) => {
  const condition = unschedulable(subject.pod)
  if (condition?.reason !== 'SchedulingGated') return undefined
  const {pod} = subject
  const gates = (pod.spec?.schedulingGates ?? []).map(({name}) => name)
  return waitingFinding(subject, {
    id: 'sched-gated',
    severity: 'warning',
    message: pendingMessage(pod, gatesText(gates)),
    since: condition.lastTransitionTime,
    evidence: [`pod/${nameOf(pod)} condition PodScheduled=False, reason SchedulingGated`],
    selfHealing: 'maybe',
    remedy: choice(
      [readPod(pod)],
      ['see why the owner of the gate (a queue, an operator) has not taken it away'],
      causes['sched-gated'],
    ),
  })
}

/** A gate whose name was not seen is a gate. */
function gatesText(gates: readonly string[]): string {
  if (gates.length === 0) return 'a scheduling gate is still set'
  return `scheduling ${gates.length > 1 ? 'gates' : 'gate'} ${fewText(gates)} ${gates.length > 1 ? 'are' : 'is'} still set`
}

/** Not even a condition: nobody looks at the Pod, and no event says so. */
const noScheduler: Rule<WaitingPod> = (subject) => {
  const {pod, now} = subject
  const wasTried = pod.status?.conditions?.some(({type}) => type === 'PodScheduled')
  const since = pod.metadata?.creationTimestamp
  if (wasTried || !(secondsBetween(since, now) > SCHEDULER_SECONDS)) return undefined
  return waitingFinding(subject, {...unnoticed(pod), since})
}

/** What is said of a Pod that no scheduler has looked at. */
export function unnoticed(pod: Pod): Omit<Finding, 'object' | 'since'> {
  const {schedulerName} = pod.spec ?? {}
  return {
    id: NO_SCHEDULER,
    severity: 'error',
    message: pendingMessage(
      pod,
      `${schedulerName ? `scheduler ${schedulerName}` : 'no scheduler'} has ${schedulerName ? 'not ' : ''}looked at the Pod`,
    ),
    evidence: [`pod/${nameOf(pod)} has no condition PodScheduled`],
    selfHealing: 'no',
    remedy: choice(
      [readPod(pod), kubectl('get', 'lease', '-n', 'kube-system', 'kube-scheduler', '-o', 'yaml')],
      ['see whether spec.schedulerName is spelt right, and whether that scheduler runs'],
    ),
  }
}

/** Room is being freed: Pods of lower priority are terminating. */
const nominated: Rule<WaitingPod> = (subject) => {
  const {pod} = subject
  const node = pod.status?.nominatedNodeName
  if (!node) return undefined
  return waitingFinding(subject, {
    id: NOMINATED,
    severity: 'warning',
    message: pendingMessage(
      pod,
      `node ${node} makes room for the Pod: Pods of lower priority are terminating`,
    ),
    since: unschedulable(pod)?.lastTransitionTime,
    evidence: [`pod/${nameOf(pod)} status.nominatedNodeName=${node}`],
    selfHealing: 'yes',
    remedy: null,
  })
}

/** Why the scheduler has not come to a verdict, or need not. */
export const beforeScheduling: Rule<WaitingPod> = firstCause([gated, nominated, noScheduler])
