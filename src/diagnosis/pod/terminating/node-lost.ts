import {type Event, type Node, nameOf, type Pod} from '../../../model/objects.ts'
import {deletedAt, isReady, isTerminal} from '../../../model/pod.ts'
import {tolerates} from '../../../model/taints.ts'
import type {Causes} from '../../cause.ts'
import {firstCause, type Remedy, type Rule} from '../../finding.ts'
import {announcedTrouble, isBlip, notReadyTrouble} from '../../node-trouble.ts'
import {secondsBetween} from '../../patience.ts'
import {NODE_SHUTDOWN} from '../failed/kubelet-reasons.ts'
import {describeNode, inspect, ownerKind, podFinding, unreadySince} from '../finding.ts'
import type {PodSubject} from '../subject.ts'
import {choices, DAEMON_AVOID, LOST_NODE_AVOID, LOST_NODE_RISK} from './lost-node-remedy.ts'
import {markedByController} from './marked.ts'
import {nodeObjectGone, outOfServiceIncomplete} from './node.ts'
import {outOfServiceLeftBehind} from './overdue.ts'

export const causes = {
  'node-notready-not-evicted': {
    title: 'lost node, Pod not yet evicted',
    applies: ['StatefulSet'],
    sign: 'The node is not `Ready` and the Pod is not being deleted: its tolerations let it stay for a while (300 seconds by default), or permanently, or eviction is paused because too many nodes are ill.',
    remedy:
      'Wait for the node, or for the end of `tolerationSeconds`. `kubectl delete pod <pod>` shortens the wait, but the Pod then stays terminating until the node answers.',
    risk: LOST_NODE_RISK,
    riskWhen: 'the node is silent, and the Pod belongs to no DaemonSet',
    avoid: LOST_NODE_AVOID,
  },
  'node-partial-pod-unknown': {
    title: "Pod's state is unknown",
    applies: ['StatefulSet'],
    sign: '`status.reason` of the Pod is `NodeLost`: its node stopped answering while the Pod was being deleted, and `kubectl get` shows it as `Unknown`.',
    remedy: 'As for a terminating Pod on a lost node: bring the node back first.',
    avoid: LOST_NODE_AVOID,
  },
} satisfies Causes

const NOT_EVICTED = 'node-notready-not-evicted' satisfies keyof typeof causes

/**
 * When the taint eviction controller deletes the Pod, in words. It waits for the shortest tolerationSeconds of
 * the tolerations that match (getMinTolerationTime, 1.37), from when it first saw the taints: about timeAdded.
 */
function eviction(pod: Pod, {spec}: Node, now: string): string {
  const taints = (spec?.taints ?? []).filter(({effect}) => effect === 'NoExecute')
  if (taints.length === 0) return 'no NoExecute taint of the node evicts it'
  const matches = taints.flatMap((taint) => {
    const tolerations = (pod.spec?.tolerations ?? []).filter((each) => tolerates(each, taint))
    if (tolerations.length === 0) return [{taint, seconds: 0}]
    return tolerations.map(({tolerationSeconds: seconds}) => ({taint, seconds}))
  })
  const limited = matches.filter(({seconds}) => seconds !== undefined && seconds !== null)
  const [first] = limited.toSorted((left, right) => (left.seconds ?? 0) - (right.seconds ?? 0))
  if (!first) return "nothing evicts it (it tolerates the node's taints without limit)"
  const seconds = first.seconds ?? 0
  const left = seconds > 0 ? Math.ceil(seconds - secondsBetween(first.taint.timeAdded, now)) : 0
  if (Number.isNaN(left)) return `it is evicted ${seconds}s after the taint ${first.taint.key ?? ''} came`
  if (left > 0) return `it is evicted in about ${left}s`
  return 'its eviction is due, and has not come: evictions may be paused because too many nodes are lost'
}

/** The node does not run the Pod, and nobody has deleted the Pod. */
const notEvicted: Rule<PodSubject> = (subject) => {
  const {node, pod, now} = subject
  const trouble = notReadyTrouble(node)
  if (!node || !trouble || isJudgedByItself(subject)) return undefined
  const name = nameOf(node)
  const when = eviction(pod, node, now)
  return podFinding(subject, {
    id: NOT_EVICTED,
    severity: isBlip(node, trouble, now) ? 'info' : 'error',
    message: `Node ${name} ${trouble.text}, so ${nameOf(pod)} can't work there; ${when}`,
    object: {kind: 'Node', name},
    since: trouble.since,
    evidence: [
      trouble.evidence,
      `pod/${nameOf(pod)} has no metadata.deletionTimestamp`,
      ...(node.spec?.taints ?? [])
        .filter(({effect}) => effect === 'NoExecute')
        .map(
          ({key, timeAdded}) =>
            `node/${name} taint ${key ?? ''}:NoExecute${timeAdded ? `, timeAdded=${timeAdded}` : ''}`,
        ),
    ],
    remedy: remedyOf(pod, node),
  })
}

const NO_PLUGIN = /NetworkPluginNotReady|cni (?:plugin|config)|network plugin is not ready/i

/**
 * The kubelet works, and waits for nothing but a network plugin: Pods on the host's network run there, and so does the plugin
 * itself, whose trouble may be why the node is not ready. Others wait for the network, and the kubelet says so.
 */
function isJudgedByItself({node, pod, events}: PodSubject): boolean {
  const ready = node?.status?.conditions?.find(({type}) => type === 'Ready')
  if (ready?.status !== 'False' || !NO_PLUGIN.test(ready.message ?? '')) return false
  const containers = pod.status?.containerStatuses ?? []
  const allRun = containers.length > 0 && containers.every(({state}) => state?.running)
  return !allRun && (pod.spec?.hostNetwork === true || events.some(isAboutNetwork))
}

function isAboutNetwork({reason}: Event): boolean {
  return reason === 'NetworkNotReady'
}

function remedyOf(pod: Pod, node: Node): Remedy {
  const look = [describeNode(nameOf(node))]
  const text = 'bring the node back: the Pod tolerates its state and stays, so nothing replaces it'
  return ownerKind(pod) === 'DaemonSet' ? inspect(look, text, DAEMON_AVOID) : choices(pod, node)
}

/** Announced by the node itself, or by whoever works on it (KEP-5683, 1.37). */
const announced: Rule<PodSubject> = (subject) => {
  const {node, pod, now} = subject
  const trouble = announcedTrouble(node)
  if (!node || !trouble) return undefined
  return podFinding(subject, {
    id: NODE_SHUTDOWN,
    severity: isBlip(node, trouble, now) ? 'info' : 'warning',
    message: `Node ${nameOf(node)} ${trouble.text}, so ${nameOf(pod)} can't be ready there`,
    object: {kind: 'Node', name: nameOf(node)},
    since: trouble.since,
    evidence: [trouble.evidence, `pod/${nameOf(pod)} is not ready`],
    remedy: inspect([describeNode(nameOf(node))], 'wait until whoever works on the node is done'),
  })
}

/** Old node controllers say so in the Pod itself. */
export const nodeLostWord: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  if (pod.status?.reason !== 'NodeLost') return undefined
  const node = pod.spec?.nodeName ?? ''
  return podFinding(subject, {
    id: 'node-partial-pod-unknown',
    severity: 'warning',
    message: `Node ${node} does not answer, so the state of ${nameOf(pod)} is unknown`,
    since: deletedAt(pod) ?? unreadySince(pod),
    evidence: [`pod/${nameOf(pod)} status.reason=NodeLost`],
    remedy: inspect([describeNode(node)], 'bring the node back', LOST_NODE_AVOID),
  })
}

/** A daemon Pod that tolerates everything stays on a dead node by design. */
const markedNode: Rule<PodSubject> = (subject) =>
  ownerKind(subject.pod) === 'DaemonSet' ? undefined : outOfServiceIncomplete(subject)

const onLostNode = firstCause([
  nodeObjectGone,
  markedNode,
  notEvicted,
  markedByController(NOT_EVICTED),
  outOfServiceLeftBehind,
  announced,
  nodeLostWord,
])

/** Of a Pod that should work: its node is gone, silent or terminating. */
export const nodeLost: Rule<PodSubject> = (subject) =>
  isReady(subject.pod) || isTerminal(subject.pod) ? undefined : onLostNode(subject)
