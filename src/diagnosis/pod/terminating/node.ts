import {targetNode} from '../../../model/daemon-pods.ts'
import {type Node, nameOf} from '../../../model/objects.ts'
import {deletedAt, isTerminating} from '../../../model/pod.ts'
import {taintText} from '../../../model/taints.ts'
import type {Causes} from '../../cause.ts'
import {firstCause, type Remedy, type Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {isBlip, notReadyTrouble} from '../../node-trouble.ts'
import {COLLECTED_SECONDS, OUT_OF_SERVICE_SECONDS, secondsBetween} from '../../patience.ts'
import {
  CONTROLLER_MANAGER_FIX,
  CONTROLLER_MANAGER_LEASE,
  conditionEvidence,
  deletePod,
  describeNode,
  eventEvidence,
  inspect,
  podFinding,
  toldOf,
  unreadySince,
} from '../finding.ts'
import {isOverdue} from '../grace-period-over.ts'
import type {PodSubject} from '../subject.ts'
import {deletionEvidence, isNodeGone, outOfServiceTaint, terminatingFinding} from './facts.ts'
import {choices, LOST_NODE_AVOID, LOST_NODE_RISK} from './lost-node-remedy.ts'

export const causes = {
  'term-node-unreachable': {
    title: "node is lost, Pod can't terminate",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The Pod is terminating and its node is not `Ready`, mostly `Unknown`, with the taint `node.kubernetes.io/unreachable`. What the Pod reports of its containers is the last that was heard; they may still run.',
    remedy:
      'Bring the node back. Only if its machine is verified to be off: taint the Node with `node.kubernetes.io/out-of-service=nodeshutdown:NoExecute`, or delete the Node if it never comes back. To force the Pod away is the last resort.',
    risk: LOST_NODE_RISK,
    riskWhen: 'the node is silent',
    avoid: LOST_NODE_AVOID,
  },
  'term-out-of-service-incomplete': {
    title: 'out-of-service taint has no effect',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The node has `node.kubernetes.io/out-of-service`, and the Pod is still there. The Pod is removed only if the node is not `Ready` and the Pod is already being deleted; one that tolerates the taint is not evicted.',
    remedy:
      'Check that the machine is off, then delete the Pod gracefully with `kubectl delete pod <pod>`; the collector does the rest within half a minute.',
    risk: 'on a node that is marked so, a deleted Pod is gone at once and its volumes are detached by force: if the machine is on after all, two Pods write to one volume',
    riskWhen: 'the Pod is not terminating',
  },
  'term-node-object-gone': {
    title: 'node was deleted, Pod remains',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`spec.nodeName` names a node that does not exist. The collector removes such Pods after about 40 seconds, with `DeletionByPodGC`.',
    remedy: 'Wait a minute. If it lasts longer, kube-controller-manager is in trouble.',
  },
} satisfies Causes

export const NODE_UNREACHABLE = 'term-node-unreachable' satisfies keyof typeof causes

/** It is terminating, and its grace period is not over. */
function isInTime({pod, now}: PodSubject): boolean {
  return isTerminating(pod) && !isOverdue(pod, now)
}

/** The Pod outlived its Node object; a garbage collector takes it away. */
export const nodeObjectGone: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  if (!isNodeGone(subject)) return undefined
  const name = targetNode(pod) ?? ''
  const since = deletedAt(pod) ?? unreadySince(pod)
  const isLate = isTerminating(pod) && secondsBetween(since, now) > COLLECTED_SECONDS
  return podFinding(subject, {
    id: 'term-node-object-gone',
    severity: isInTime(subject) ? 'info' : 'warning',
    message: `Node ${name} no longer exists (${nameOf(pod)} ${pod.spec?.nodeName ? 'was on it' : 'is for it'})`,
    since,
    evidence: [`node/${name} not found`, ...conditionEvidence(pod, 'DisruptionTarget')],
    selfHealing: isLate ? 'maybe' : 'yes',
    remedy: inspect(
      [kubectl('get', 'node', name), ...(isLate ? [CONTROLLER_MANAGER_LEASE] : [])],
      isLate
        ? CONTROLLER_MANAGER_FIX
        : 'wait: the Pod is removed within a minute; if it stays, see whether the controller manager runs',
    ),
  })
}

/** Somebody said that the machine is off, and the Pod is still there. */
export const outOfServiceIncomplete: Rule<PodSubject> = (subject) => {
  const {node, pod, now} = subject
  const taint = outOfServiceTaint(node)
  const trouble = notReadyTrouble(node)
  if (!node || !taint || !trouble) return undefined
  const {deletionTimestamp, deletionGracePeriodSeconds = 0} = pod.metadata ?? {}
  const told = secondsBetween(deletionTimestamp, now) + deletionGracePeriodSeconds
  if (deletionTimestamp && !(told > OUT_OF_SERVICE_SECONDS)) return undefined
  const why = deletionTimestamp ? 'nobody has removed it' : 'it is not terminating (it tolerates the taint)'
  return podFinding(subject, {
    id: 'term-out-of-service-incomplete',
    severity: isInTime(subject) ? 'info' : 'error',
    message: `Node ${nameOf(node)} is marked as out of service, and ${nameOf(pod)} stays on it: ${why}`,
    since: deletionTimestamp ?? trouble.since,
    evidence: [`node/${nameOf(node)} taint ${taintText(taint)}`, trouble.evidence, ...deletions(subject)],
    remedy: deletionTimestamp ? collector(node) : deletion(subject, node),
  })
}

function deletions({pod}: PodSubject): readonly string[] {
  return isTerminating(pod)
    ? [deletionEvidence(pod)]
    : [`pod/${nameOf(pod)} has no metadata.deletionTimestamp`]
}

function collector(node: Node) {
  return inspect(
    [describeNode(nameOf(node)), CONTROLLER_MANAGER_LEASE],
    'see whether the controller manager runs, and whether it is 1.26 or newer (or has NodeOutOfServiceVolumeDetach on): it removes Pods of such a node within a minute',
  )
}

function deletion({pod}: PodSubject, node: Node): Remedy {
  const text =
    'only if the machine is proven to be off, delete the Pod (without --force): only terminating Pods are removed there, and their volumes detached'
  return {
    look: [describeNode(nameOf(node))],
    act: [{text, commands: [deletePod(pod)]}],
    risk: causes['term-out-of-service-incomplete'].risk,
    avoid: '',
    rung: 4,
  }
}

/** Nobody but the kubelet can say that the Pod has terminated, and the kubelet does not. */
const nodeUnreachable: Rule<PodSubject> = (subject) => {
  const {node, pod, now} = subject
  const trouble = notReadyTrouble(node)
  if (!node || !trouble) return undefined
  const isLate = isOverdue(pod, now)
  if (!isLate && isBlip(node, trouble, now)) return undefined
  return terminatingFinding(subject, {
    id: NODE_UNREACHABLE,
    severity: 'error',
    message: `Node ${nameOf(node)} ${trouble.text}, so ${nameOf(pod)} can't terminate`,
    evidence: [
      trouble.evidence,
      ...conditionEvidence(pod, 'DisruptionTarget'),
      ...eventEvidence(subject, toldOf(subject, 'TaintManagerEviction')),
    ],
    remedy: choices(pod, node),
  })
}

/** Of a terminating Pod: its node can't stop it. */
export const terminatingNode: Rule<PodSubject> = firstCause([
  nodeObjectGone,
  outOfServiceIncomplete,
  nodeUnreachable,
])
