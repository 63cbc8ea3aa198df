import {isUpdated} from '../../model/daemon-revision.ts'
import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isAvailable, isTerminating} from '../../model/pod.ts'
import {asksForNode} from '../../model/rollout/daemon-update.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import {kubectl} from '../command-line.ts'
import {fewText} from '../few.ts'
import type {Rule} from '../finding.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {nodesText, nowOf, setReference, setText} from './parts.ts'

/** As many new Pods as allowed stand beside old ones, and are not available yet. */
export const surgeWaitsForNew: Rule<DaemonSetSubject> = ({daemonSet, budget}) => {
  if (budget?.mode !== 'maxSurge' || budget.used < budget.limit) return undefined
  const surging = budget.ledger.filter(({why}) => why === 'surging').map(({node}) => node)
  const waiting = budget.ledger.filter(({why}) => why === 'candidate').map(({node}) => node)
  if (surging.length === 0 || waiting.length === 0) return undefined
  return {
    id: 'ds-surge-waiting-new',
    severity: 'info',
    message: `The rolling update of ${setText(daemonSet)} waits for the new Pods on ${nodesText(surging.toSorted())} to become available (maxSurge ${budget.limit}); ${waiting.length} old ${waiting.length === 1 ? 'Pod waits' : 'Pods wait'}`,
    object: setReference(daemonSet),
    evidence: [`${budget.used} of maxSurge ${budget.limit} in use`],
    selfHealing: 'maybe',
    remedy: null,
  }
}

/** With maxSurge an old Pod on a node that the set no longer wants stays until there are more than enough. */
export const surgeExcludedNode: Rule<DaemonSetSubject> = (subject) => {
  const {daemonSet, budget, nodes, relations} = subject
  if (budget?.mode !== 'maxSurge') return undefined
  const kept = nodes
    .filter(({eligibility}) => !eligibility.shouldRun && eligibility.shouldContinueRunning)
    .flatMap(({node, pods}) => pods.filter((pod) => isOldAndUp(subject, pod)).map((pod) => ({node, pod})))
  const desired = nodes.filter(({eligibility}) => eligibility.shouldRun).length
  if (kept.length === 0 || availableNodes(subject) > desired) return undefined
  const isStuck = !asksForNode({version: serverVersionOf(relations.snapshot)})
  const pods = kept.map(({pod}) => nameOf(pod))
  return {
    id: 'ds-surge-excluded-node',
    severity: isStuck ? 'error' : 'warning',
    message: `Old Pods of ${setText(daemonSet)} stay on ${nodesText(kept.map(({node}) => nameOf(node)))}, which it no longer wants, until more Pods are available than it needs`,
    object: setReference(daemonSet),
    evidence: [
      `${availableNodes(subject)} nodes available, ${desired} desired`,
      fewText(pods.map((pod) => `pod/${pod}`)),
    ],
    selfHealing: isStuck ? 'no' : 'yes',
    remedy: {
      commands: [kubectl('delete', 'pod', '-n', namespaceOf(daemonSet), ...pods)],
      danger: 'no other Pod of the set takes their place on those nodes',
      rung: 2,
    },
  }
}

function isOldAndUp(subject: DaemonSetSubject, pod: Pod): boolean {
  const {daemonSet, hash} = subject
  return !isTerminating(pod) && isUpdated(daemonSet, pod, hash) === false && isUp(subject, pod)
}

/** As rollingUpdate counts them: of each node the old live Pod, else the new one. */
function availableNodes(subject: DaemonSetSubject): number {
  const {nodes, daemonSet, hash} = subject
  return nodes.filter(({pods}) => {
    const live = pods.filter((pod) => !isTerminating(pod))
    const counted = live.find((pod) => isUpdated(daemonSet, pod, hash) === false) ?? live[0]
    return counted !== undefined && isUp(subject, counted)
  }).length
}

function isUp(subject: DaemonSetSubject, pod: Pod): boolean {
  return isAvailable(pod, subject.daemonSet.spec?.minReadySeconds ?? 0, nowOf(subject))
}
