import {isUpdated} from '../../model/daemon-revision.ts'
import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isAvailable, isReady, isTerminal, restarts} from '../../model/pod.ts'
import {kubectl} from '../command-line.ts'
import {isJoining, secondsBetween} from '../elapsed.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {
  announcedTrouble,
  isBlip,
  type NodeTrouble,
  networkTrouble,
  notReadyTrouble,
  pressures,
} from '../node-trouble.ts'
import {podReference, podText} from '../pod.ts'
import {MANY_RESTARTS, podTrouble} from '../pod-trouble.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {livePods, nowOf} from './parts.ts'
import {runsUnready} from './runs-unready.ts'

/** The first Pod on the node that should work and does not; failed ones have a rule of their own. */
function unavailablePod(subject: DaemonNodeSubject): Pod | undefined {
  const {state, daemonSet} = subject
  if (state !== 'NotReady' && state !== 'Running') return undefined
  const minReadySeconds = daemonSet.spec?.minReadySeconds ?? 0
  return livePods(subject)
    .filter((pod) => pod.spec?.nodeName && !isTerminal(pod))
    .find((pod) => !isAvailable(pod, minReadySeconds, nowOf(subject)))
}

/** The node's own trouble comes first: no revision would do better there. */
function nodeRule(
  id: string,
  severity: Finding['severity'],
  find: (node: DaemonNodeSubject['node']) => NodeTrouble | undefined,
  advice: string,
): Rule<DaemonNodeSubject> {
  return (subject) => {
    const pod = unavailablePod(subject)
    const trouble = pod && find(subject.node)
    if (!trouble) return undefined
    return {
      id,
      severity: isBlip(subject.node, trouble, nowOf(subject)) ? 'info' : severity,
      message: `Node ${subject.name} ${trouble.text}: ${podText(pod)} can't be available there`,
      object: {kind: 'Node', name: subject.name},
      ...(trouble.since && {since: trouble.since}),
      evidence: [trouble.evidence, `pod/${nameOf(pod)} is not available`],
      selfHealing: 'maybe',
      remedy: {commands: [kubectl('describe', 'node', subject.name)], advice, danger: '', rung: 0},
    }
  }
}

const nodeNotReady = nodeRule(
  'node-notready-not-evicted',
  'error',
  notReadyTrouble,
  'bring the node back: the Pod tolerates its state and stays, so nothing replaces it',
)
const nodeAnnounced = nodeRule(
  'node-shutdown',
  'warning',
  announcedTrouble,
  'wait until whoever works on the node is done',
)
const nodeNetwork = nodeRule(
  'network-not-ready',
  'error',
  networkTrouble,
  "look at the network plugin's own DaemonSet on that node",
)

/** Nothing is wrong: the Pod has to stay ready for a while before it counts. */
const minReady: Rule<DaemonNodeSubject> = (subject) => {
  const pod = unavailablePod(subject)
  if (!pod || !isReady(pod)) return undefined
  const minReadySeconds = subject.daemonSet.spec?.minReadySeconds ?? 0
  const since = pod.status?.conditions?.find(({type}) => type === 'Ready')?.lastTransitionTime
  if (since === undefined) return undefined
  const left = Math.ceil(minReadySeconds - secondsBetween(since, nowOf(subject)))
  return {
    id: 'ds-min-ready',
    severity: 'info',
    message: `${podText(pod)} on node ${subject.name} is ready, and counts as available in ${left}s (minReadySeconds ${minReadySeconds})`,
    object: podReference(pod),
    since,
    evidence: [`pod/${nameOf(pod)} condition Ready=True since ${since}`],
    selfHealing: 'yes',
    remedy: null,
  }
}

/** The node is well and the Pod is not. An old one that a rolling update is about to replace needs no words. */
const podNotReady: Rule<DaemonNodeSubject> = (subject) => {
  const {daemonSet, hash, name, node} = subject
  const pod = unavailablePod(subject)
  const trouble = pod && !isReady(pod) ? podTrouble(pod, nowOf(subject)) : undefined
  if (!pod || !trouble) return undefined
  if (isToBeReplaced(subject, pod)) return undefined
  const updated = isUpdated(daemonSet, pod, hash)
  const revision = updated === undefined ? '' : ` of the ${updated ? 'current' : 'old'} revision`
  return {
    id: updated ? 'ds-new-pod-unavailable' : trouble.id,
    severity: isJoining(node, nowOf(subject)) && restarts(pod) < MANY_RESTARTS ? 'info' : 'error',
    message: `${podText(pod)}${revision} is not available on node ${name}: ${trouble.text}`,
    object: podReference(pod),
    ...(trouble.since && {since: trouble.since}),
    evidence: [`pod/${nameOf(pod)} condition Ready is not True`, ...pressures(node)],
    selfHealing: 'maybe',
    remedy: remedyOf(pod, updated),
  }
}

/** An old one, which a rolling update replaces before any other. */
function isToBeReplaced({daemonSet, hash}: DaemonNodeSubject, pod: Pod): boolean {
  return isUpdated(daemonSet, pod, hash) === false && daemonSet.spec?.updateStrategy?.type !== 'OnDelete'
}

/** What is said as long as it is too early to call it trouble. */
const notYetReady: Rule<DaemonNodeSubject> = (subject) => {
  const pod = unavailablePod(subject)
  return pod && !isReady(pod) && !isToBeReplaced(subject, pod) ? runsUnready(pod, subject.name) : undefined
}

function remedyOf(pod: Pod, updated: boolean | undefined): Finding['remedy'] {
  const [namespace, name] = [namespaceOf(pod), nameOf(pod)]
  const commands = [kubectl('describe', 'pod', '-n', namespace, name), ...logs(pod)]
  return {
    commands,
    ...(updated && {
      advice: 'if the template is at fault, fix it: an edit replaces Pods that are not available at once',
    }),
    danger: '',
    rung: 0,
  }
}

/** What the container said before it ended last; there is nothing to read of one that never ran. */
function logs(pod: Pod): readonly string[] {
  const crashed = pod.status?.containerStatuses?.find(({restartCount}) => (restartCount ?? 0) > 0)
  return crashed ? [kubectl('logs', '-n', namespaceOf(pod), nameOf(pod), crashed.name, '-p')] : []
}

/** Why a Pod that is on its node is not available. */
export const notReady: Rule<DaemonNodeSubject> = firstCause([
  nodeNotReady,
  nodeAnnounced,
  nodeNetwork,
  minReady,
  podNotReady,
  notYetReady,
])
