import {type Node, nameOf} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {taintText} from '../../model/taints.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import {firstCause, type Rule} from '../finding.ts'
import {isBlip, notReadyTrouble} from '../node-trouble.ts'
import {deletedAt, isOverdue} from '../overdue.ts'
import {podText} from '../pod.ts'
import {
  conditionEvidence,
  eventEvidence,
  look,
  podFinding,
  toldOf,
  unreadySince,
} from './containers-finding.ts'
import {choices} from './leaving-choices.ts'
import {deletionEvidence, isNodeGone, leavingFinding, outOfServiceTaint} from './leaving-facts.ts'
import type {PodSubject} from './subject.ts'

/** It was told to stop, and its time for that is not over. */
function isInTime({pod, now}: PodSubject): boolean {
  return isTerminating(pod) && !isOverdue(pod, now)
}

/** The garbage collector's quarantine of 40 s, its loop of 20 s, and some patience. */
const COLLECTED_SECONDS = 180

/** The Pod outlived its Node object; a garbage collector takes it away. */
export const nodeObjectGone: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  if (!isNodeGone(subject)) return undefined
  const name = pod.spec?.nodeName ?? ''
  const since = deletedAt(pod) ?? unreadySince(pod)
  const isLate = isTerminating(pod) && secondsBetween(since, now) > COLLECTED_SECONDS
  return podFinding(subject, {
    id: 'term-node-object-gone',
    severity: isInTime(subject) ? 'info' : 'warning',
    message: `${podText(pod)} was on node ${name}, which no longer exists`,
    since,
    evidence: [`node/${name} not found`, ...conditionEvidence(pod, 'DisruptionTarget')],
    selfHealing: isLate ? 'maybe' : 'yes',
    remedy: look(
      [kubectl('get', 'node', name)],
      isLate
        ? 'it should have been taken away within a minute: see whether the controller manager runs'
        : 'wait: it is taken away within a minute; if it stays, see whether the controller manager runs',
    ),
  })
}

/** Time for the garbage collector of terminating Pods, which looks every 20 s. */
const NOTICED_SECONDS = 60

/** Somebody said that the machine is off, and the Pod is still there. */
const outOfServiceIncomplete: Rule<PodSubject> = (subject) => {
  const {node, pod, now} = subject
  const taint = outOfServiceTaint(node)
  const trouble = notReadyTrouble(node)
  if (!node || !taint || !trouble) return undefined
  const {deletionTimestamp, deletionGracePeriodSeconds = 0} = pod.metadata ?? {}
  const told = secondsBetween(deletionTimestamp, now) + deletionGracePeriodSeconds
  if (deletionTimestamp && !(told > NOTICED_SECONDS)) return undefined
  const why = deletionTimestamp
    ? 'nobody has taken the Pod away'
    : 'only Pods that were told to stop are taken away, and this one was not (it tolerates the taint)'
  return podFinding(subject, {
    id: 'term-out-of-service-incomplete',
    severity: isInTime(subject) ? 'info' : 'error',
    message: `Node ${nameOf(node)} is marked as out of service, and ${podText(pod)} is still on it: ${why}`,
    since: deletionTimestamp ?? trouble.since,
    evidence: [`node/${nameOf(node)} taint ${taintText(taint)}`, trouble.evidence, ...deletions(subject)],
    remedy: deletionTimestamp ? collector(node) : tellToStop(subject, node),
  })
}

function deletions({pod}: PodSubject): readonly string[] {
  return isTerminating(pod)
    ? [deletionEvidence(pod)]
    : [`pod/${nameOf(pod)} has no metadata.deletionTimestamp`]
}

function collector(node: Node) {
  const lease = kubectl('get', 'lease', '-n', 'kube-system', 'kube-controller-manager', '-o', 'yaml')
  return look(
    [kubectl('describe', 'node', nameOf(node)), lease],
    'Pods of such a node are taken away within a minute: see whether the controller manager runs, and whether it is 1.26 or newer (or has NodeOutOfServiceVolumeDetach on)',
  )
}

function tellToStop({pod}: PodSubject, node: Node) {
  const {namespace = '', name = ''} = pod.metadata ?? {}
  return {
    commands: [kubectl('describe', 'node', nameOf(node)), kubectl('delete', 'pod', '-n', namespace, name)],
    advice:
      'first make sure that the machine is off; then tell the Pod to stop (not forced): it is taken away, and its volumes are detached',
    danger:
      'on a node that is marked so, a deleted Pod is gone at once and its volumes are detached by force: if the machine is on after all, two Pods write to one volume',
    rung: 4,
  }
}

/** Nobody but the kubelet can say that the Pod has ended, and the kubelet does not. */
const nodeUnreachable: Rule<PodSubject> = (subject) => {
  const {node, pod, now} = subject
  const trouble = notReadyTrouble(node)
  if (!node || !trouble) return undefined
  const isLate = isOverdue(pod, now)
  if (!isLate && isBlip(node, trouble, now)) return undefined
  return leavingFinding(subject, {
    id: 'term-node-unreachable',
    severity: isLate ? 'error' : 'info',
    message: `${podText(pod)} can't end: node ${nameOf(node)} ${trouble.text}`,
    evidence: [
      trouble.evidence,
      ...conditionEvidence(pod, 'DisruptionTarget'),
      ...eventEvidence(subject, toldOf(subject, 'TaintManagerEviction')),
    ],
    remedy: choices(pod, node),
  })
}

/** Of a Pod that was told to stop: its node can't end it. */
export const leavingNode: Rule<PodSubject> = firstCause([
  nodeObjectGone,
  outOfServiceIncomplete,
  nodeUnreachable,
])

export {outOfServiceIncomplete}
