import {isNodeReady} from '../../model/node.ts'
import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {notReadyTrouble} from '../node-trouble.ts'
import {isOverdue} from '../overdue.ts'
import {podReference, podText} from '../pod.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {nowOf} from './parts.ts'

/** The Pod that keeps a node without a live one waiting. */
function overduePod(subject: DaemonNodeSubject): Pod | undefined {
  const {pods, state} = subject
  if (state !== 'Terminating' && state !== 'Misscheduled') return undefined
  return pods.every((pod) => isOverdue(pod, nowOf(subject))) ? pods[0] : undefined
}

const nodeUnreachable: Rule<DaemonNodeSubject> = (subject) => {
  const pod = overduePod(subject)
  const trouble = pod && notReadyTrouble(subject.node)
  if (!trouble) return undefined
  return terminatingFinding(pod, {
    id: 'term-node-unreachable',
    severity: 'error',
    message: `${podText(pod)} can't end: node ${subject.name} ${trouble.text}`,
    evidence: [deletionEvidence(pod), trouble.evidence],
    remedy: {
      commands: [kubectl('describe', 'node', subject.name)],
      advice: 'bring the node back; delete the Node only if its machine is off and never comes back',
      danger:
        'deleting a Node asserts that its machine is off: what still runs there runs on unseen, and its volumes may be attached elsewhere under it; forcing the Pod away does not help, the next one waits on the same node',
      rung: 0,
    },
  })
}

const finalizer: Rule<DaemonNodeSubject> = (subject) => {
  const pod = overduePod(subject)
  const finalizers = pod?.metadata?.finalizers ?? []
  // a grace period of 0: the API server does not wait for the kubelet, or not any more
  const isDone = pod && (hasStopped(pod) || pod.metadata?.deletionGracePeriodSeconds === 0)
  if (!isDone || finalizers.length === 0) return undefined
  return terminatingFinding(pod, {
    id: 'term-finalizer',
    severity: 'error',
    message: `${podText(pod)} on node ${subject.name} ${hasStopped(pod) ? 'has stopped, and ' : ''}waits for finalizer ${finalizers.join(', ')}`,
    evidence: [deletionEvidence(pod), `pod/${nameOf(pod)} metadata.finalizers=${finalizers.join(',')}`],
    remedy: look(
      pod,
      'find whoever put the finalizer there, and why it is not done',
      'removing it by hand skips their clean-up',
    ),
  })
}

const containerWontDie: Rule<DaemonNodeSubject> = (subject) => {
  const pod = overduePod(subject)
  const running = pod?.status?.containerStatuses?.find(({state}) => state?.running)
  if (!pod || !running || !subject.node || !isNodeReady(subject.node)) return undefined
  return terminatingFinding(pod, {
    id: 'term-container-wont-die',
    severity: 'error',
    message: `${podText(pod)} can't end: container ${running.name ?? ''} still runs on node ${subject.name}, which is ready`,
    evidence: [deletionEvidence(pod), `pod/${nameOf(pod)} container ${running.name ?? ''} state.running`],
    remedy: look(
      pod,
      'look on the node for a process in state D, a stuck runtime or a dead file server; restart the runtime, or the node',
      'forcing the Pod away leaves its process running beside the next one',
    ),
  })
}

/** Overdue, and the objects do not tell why. */
const overdue: Rule<DaemonNodeSubject> = (subject) => {
  const pod = overduePod(subject)
  if (!pod) return undefined
  return terminatingFinding(pod, {
    id: 'term-grace-period',
    severity: 'warning',
    message: `${podText(pod)} on node ${subject.name} should have ended, and nothing takes its place until it has`,
    evidence: [deletionEvidence(pod)],
    remedy: look(pod, "see the kubelet's log on the node: stopping, or unmounting, takes too long", ''),
  })
}

/** Only where it is known of every container. */
function hasStopped({status}: Pod): boolean {
  const statuses = status?.containerStatuses ?? []
  return statuses.length > 0 && statuses.every(({state}) => state?.terminated)
}

function deletionEvidence(pod: Pod): string {
  return `pod/${nameOf(pod)} metadata.deletionTimestamp=${pod.metadata?.deletionTimestamp}`
}

function look(pod: Pod, advice: string, danger: string): Finding['remedy'] {
  const command = kubectl('describe', 'pod', '-n', namespaceOf(pod), nameOf(pod))
  return {commands: [command], advice, danger, rung: 0}
}

function terminatingFinding(pod: Pod, finding: Omit<Finding, 'object' | 'since' | 'selfHealing'>): Finding {
  const since = pod.metadata?.deletionTimestamp
  return {...finding, object: podReference(pod), ...(since && {since}), selfHealing: 'maybe'}
}

/** Why a Pod that was told to stop is still there. */
export const terminating: Rule<DaemonNodeSubject> = firstCause([
  nodeUnreachable,
  finalizer,
  containerWontDie,
  overdue,
])
