import {type Node, nameOf, type Pod} from '../../model/objects.ts'
import {isReady, isTerminal} from '../../model/pod.ts'
import {tolerates} from '../../model/taints.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import {firstCause, type Remedy, type Rule} from '../finding.ts'
import {announcedTrouble, isBlip, notReadyTrouble} from '../node-trouble.ts'
import {deletedAt} from '../overdue.ts'
import {podText} from '../pod.ts'
import {look, ownerKind, podFinding, unreadySince} from './containers-finding.ts'
import {choices} from './leaving-choices.ts'
import {nodeObjectGone, outOfServiceIncomplete} from './leaving-node.ts'
import {outOfServiceLeftBehind} from './leaving-stuck.ts'
import type {PodSubject} from './subject.ts'

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
  if (!first) return "it tolerates the node's taints without limit, so nothing evicts it"
  const left = Math.ceil((first.seconds ?? 0) - secondsBetween(first.taint.timeAdded, now))
  if (Number.isNaN(left))
    return `it is evicted ${first.seconds}s after the taint ${first.taint.key ?? ''} came`
  if (left > 0) return `it is evicted in about ${left}s`
  return 'its eviction is due, and has not come: evictions may be paused because too many nodes are lost'
}

/** The node does not run the Pod, and nothing has told the Pod to stop. */
const notEvicted: Rule<PodSubject> = (subject) => {
  const {node, pod, now} = subject
  const trouble = notReadyTrouble(node)
  if (!node || !trouble) return undefined
  const name = nameOf(node)
  const when = eviction(pod, node, now)
  return podFinding(subject, {
    id: 'node-notready-not-evicted',
    severity: isBlip(node, trouble, now) ? 'info' : 'error',
    message: `Node ${name} ${trouble.text}: ${podText(pod)} can't work there and is not deleted; ${when}`,
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
    remedy: waitOrDelete(pod, node),
  })
}

/** A deleted Pod is still there: it waits for its node to say that it has ended. */
function waitOrDelete(pod: Pod, node: Node): Remedy {
  const {advice = '', ...choice} = choices(pod, node)
  return ownerKind(pod) === 'DaemonSet'
    ? look(
        choice.commands,
        'bring the node back: the Pod tolerates its state and stays, so nothing replaces it',
      )
    : {...choice, advice: `evicted or deleted, it only waits for its node to end it: ${advice}`}
}

/** Told by the node itself, or by whoever works on it (KEP-5683, 1.37). */
const announced: Rule<PodSubject> = (subject) => {
  const {node, pod} = subject
  const trouble = announcedTrouble(node)
  if (!node || !trouble) return undefined
  return podFinding(subject, {
    id: 'node-shutdown',
    severity: 'warning',
    message: `Node ${nameOf(node)} ${trouble.text}: ${podText(pod)} can't be ready there`,
    object: {kind: 'Node', name: nameOf(node)},
    since: trouble.since,
    evidence: [trouble.evidence, `pod/${nameOf(pod)} is not ready`],
    remedy: look([kubectl('describe', 'node', nameOf(node))], 'wait until whoever works on the node is done'),
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
    message: `${podText(pod)} is in an unknown state: its node ${node} does not answer`,
    since: deletedAt(pod) ?? unreadySince(pod),
    evidence: [`pod/${nameOf(pod)} status.reason=NodeLost`],
    remedy: look(
      [kubectl('describe', 'node', node)],
      'bring the node back',
      'forcing the Pod away lets a second one run while the first may still run and write',
    ),
  })
}

/** A daemon Pod that tolerates everything stays on a dead node by design. */
const markedNode: Rule<PodSubject> = (subject) =>
  ownerKind(subject.pod) === 'DaemonSet' ? undefined : outOfServiceIncomplete(subject)

const onLostNode = firstCause([
  nodeObjectGone,
  markedNode,
  notEvicted,
  outOfServiceLeftBehind,
  announced,
  nodeLostWord,
])

/** Of a Pod that should work: its node is gone, silent or on its way out. */
export const nodeLost: Rule<PodSubject> = (subject) =>
  isReady(subject.pod) || isTerminal(subject.pod) ? undefined : onLostNode(subject)
