import {containersOf} from '../../../model/containers.ts'
import {targetNode} from '../../../model/daemon-pods.ts'
import {isNodeReady} from '../../../model/node.ts'
import {controllerUid, nameOf, type Pod} from '../../../model/objects.ts'
import {deletedAt, isTerminating} from '../../../model/pod.ts'
import {taintText, untoleratedTaints} from '../../../model/taints.ts'
import type {Causes} from '../../cause.ts'
import {firstCause, type Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {RETRIED_SECONDS, secondsBetween} from '../../patience.ts'
import {capitalised} from '../../words.ts'
import {
  CONTROLLER_MANAGER_FIX,
  CONTROLLER_MANAGER_LEASE,
  describePod,
  eventEvidence,
  inspect,
  ownerKind,
  podFinding,
  toldOf,
} from '../finding.ts'
import {isOverdue} from '../grace-period-over.ts'
import {containerOf} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {
  deletionEvidence,
  hasStopped,
  inspectPod,
  isKeptOn,
  outOfServiceTaint,
  terminatingFinding,
} from './facts.ts'
import {GRACE_PERIOD, causes as grace} from './grace-period.ts'
import {terminatingVolume} from './volume.ts'

export const causes = {
  'term-out-of-service-left-behind': {
    title: 'out-of-service taint was left behind',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The node is `Ready` again and still has `node.kubernetes.io/out-of-service`, so Pods are turned away. Nobody takes that taint off but a person.',
    remedy:
      'When no VolumeAttachment names the node any more, `kubectl taint node <node> node.kubernetes.io/out-of-service-`.',
    risk: 'without the taint Pods come back, to volumes that may still be detaching',
  },
  'term-container-wont-die': {
    title: 'container does not stop',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The Pod is overdue, its node is `Ready`, and a container still runs. Events may say `FailedKillPod` or `ExceededGracePeriod`.',
    remedy:
      'On the node look for a process in state D, a hanging runtime or a dead file server; restart the runtime, or the machine.',
    avoid: 'force the Pod away: its process then runs on beside the next one',
  },
  'term-unscheduled': {
    title: 'deleted before it was scheduled',
    applies: ['StatefulSet'],
    sign: 'The Pod is terminating and was never bound to a node. The collector removes it.',
    remedy: 'Wait half a minute. If it stays, look at its finalizers and at kube-controller-manager.',
  },
} satisfies Causes

export const LEFT_BEHIND = 'term-out-of-service-left-behind' satisfies keyof typeof causes

/** The kubelet is well, and a process outlives its time. */
const containerWontDie: Rule<PodSubject> = (subject) => {
  const {node, pod} = subject
  const running = containersOf(pod).find(({status}) => status.state?.running)
  if (!node || !running || !isKeptOn(subject)) return undefined
  const event = toldOf(subject, 'FailedKillPod') ?? toldOf(subject, 'ExceededGracePeriod')
  return terminatingFinding(subject, {
    id: 'term-container-wont-die',
    severity: 'error',
    message: `${capitalised(containerOf(running, pod))} still runs on node ${nameOf(node)}, which is ready, so the Pod can't terminate`,
    evidence: [
      `pod/${nameOf(pod)} container ${running.name} state.running`,
      ...eventEvidence(subject, event),
    ],
    selfHealing: 'no',
    remedy: inspectPod(
      subject,
      'look on the node for a process in state D, a runtime that hangs or a dead file server; restart the runtime, or the node',
      causes['term-container-wont-die'].avoid,
    ),
  })
}

/** Somebody declared the node dead; it is back, and the taint still drives everything away. */
export const outOfServiceLeftBehind: Rule<PodSubject> = (subject) => {
  const {node, pod} = subject
  const taint = outOfServiceTaint(node)
  const isDriven =
    node && untoleratedTaints(node, pod.spec?.tolerations ?? []).some(({key}) => key === taint?.key)
  if (!node || !taint || !isDriven || !isNodeReady(node)) return undefined
  const name = nameOf(node)
  return podFinding(subject, {
    id: LEFT_BEHIND,
    // however long this Pod has left: none comes back there
    severity: 'warning',
    message: `Node ${name} is ready again and still marked as out of service, which evicts ${nameOf(pod)}`,
    object: {kind: 'Node', name},
    since: deletedAt(pod),
    evidence: [
      `node/${name} taint ${taintText(taint)}`,
      `node/${name} condition Ready=True`,
      ...(isTerminating(pod) ? [deletionEvidence(pod)] : []),
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'volumeattachments')],
      act: [
        {
          text: 'once no volume is attached to it any more, take the taint off',
          commands: [kubectl('taint', 'node', name, `${taint.key}:${taint.effect}-`)],
        },
      ],
      risk: causes['term-out-of-service-left-behind'].risk,
      avoid: '',
      rung: 1,
    },
  })
}

/** Nobody's kubelet has to say anything: the garbage collector takes it away. */
const neverScheduled: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  if (pod.spec?.nodeName) return undefined
  const isLate = isOverdue(pod, now)
  return terminatingFinding(subject, {
    id: 'term-unscheduled',
    severity: isLate ? 'warning' : 'info',
    message: `${nameOf(pod)} was deleted before it was scheduled, and is ${isLate ? 'still there' : 'removed within a minute'}`,
    evidence: [`pod/${nameOf(pod)} has no spec.nodeName`],
    selfHealing: isLate ? 'maybe' : 'yes',
    remedy: isLate ? inspect([describePod(pod), CONTROLLER_MANAGER_LEASE], CONTROLLER_MANAGER_FIX) : null,
  })
}

/** With maxSurge another daemon Pod is on that node already. */
function hasSuccessor({pod, relations}: PodSubject): boolean {
  const isNext = (other: Pod) => !isTerminating(other) && targetNode(other) === targetNode(pod)
  return ownerKind(pod) === 'DaemonSet' && relations.podsOf(controllerUid(pod)).some(isNext)
}

/** Overdue, and the objects do not tell why. */
const overdue: Rule<PodSubject> = (subject) => {
  const {node, pod, now} = subject
  if (!isOverdue(pod, now)) return undefined
  const where = pod.spec?.nodeName ? ` on node ${pod.spec.nodeName}` : ''
  const stopped = hasStopped(pod) ? ' (its containers have stopped)' : ''
  const waits = hasSuccessor(subject) ? '' : ', and is not replaced before it is gone'
  return terminatingFinding(subject, {
    id: GRACE_PERIOD,
    severity: secondsBetween(pod.metadata?.deletionTimestamp, now) > RETRIED_SECONDS ? 'error' : 'warning',
    message: `${nameOf(pod)} is still${where || ' there'} after its grace period${stopped}${waits}`,
    evidence: node && isNodeReady(node) ? [`node/${nameOf(node)} condition Ready=True`] : [],
    remedy: inspectPod(
      subject,
      "read the kubelet's log on its node, and fix what it says: stopping, or unmounting, takes too long, and neither writes events",
      grace[GRACE_PERIOD].avoid,
    ),
  })
}

/** Its time is over on a node that is well, or there is no node. */
export const terminatingBlocked: Rule<PodSubject> = firstCause([
  neverScheduled,
  containerWontDie,
  terminatingVolume,
])
export const terminatingOverdue: Rule<PodSubject> = firstCause([outOfServiceLeftBehind, overdue])
