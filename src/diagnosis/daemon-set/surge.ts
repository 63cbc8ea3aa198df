import {isUpdated} from '../../model/daemon-revision.ts'
import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isAvailable, isTerminating} from '../../model/pod.ts'
import {asksForNode} from '../../model/rollout/daemon-update.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {fewText} from '../words.ts'
import {nodesText, nowOf, setReference, setText, unwanted} from './words.ts'

export const causes = {
  'ds-surge-waiting-new': {
    title: 'surge waits for new Pods',
    applies: ['DaemonSet'],
    sign: 'As many new Pods as `maxSurge` allows run beside old ones, and are not yet available.',
    remedy: 'Wait; look at the new Pods if it lasts.',
    rank: 'summary',
  },
  'ds-surge-excluded-node': {
    title: 'old Pod on an excluded node',
    applies: ['DaemonSet'],
    sign: 'With `maxSurge`, a node that the new template leaves out keeps its old Pod until more Pods are available than are desired. Controllers of 1.25 and early patches of 1.26 to 1.28 never delete it.',
    remedy:
      'If the set is wanted there, let the template tolerate or select the node; if not, `kubectl delete pod <pod>` when it should go now.',
    risk: 'no other Pod of the set takes their place on those nodes, and other Pods there lose what they have from them (network, mounts, devices)',
  },
} satisfies Causes

/** As many new Pods as allowed stand beside old ones, and are not available yet. */
export const surgeWaitsForNew: Rule<DaemonSetSubject> = ({daemonSet, budget}) => {
  if (budget?.mode !== 'maxSurge' || budget.used < budget.limit) return undefined
  const surging = budget.ledger.filter(({why}) => why === 'surging').map(({node}) => node)
  const waiting = budget.ledger.filter(({why}) => why === 'candidate').map(({node}) => node)
  if (surging.length === 0 || waiting.length === 0) return undefined
  return {
    id: 'ds-surge-waiting-new',
    severity: 'info',
    message: `New Pods on ${nodesText(surging.toSorted())} are not available yet, so the update of ${setText(daemonSet)} waits with ${waiting.length} old ${waiting.length === 1 ? 'Pod' : 'Pods'} (maxSurge ${budget.limit})`,
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
  const isStalled = !asksForNode({version: serverVersionOf(relations.snapshot)})
  const pods = kept.map(({pod}) => nameOf(pod))
  return {
    id: 'ds-surge-excluded-node',
    severity: isStalled ? 'error' : 'warning',
    message: `maxSurge keeps old Pods of ${setText(daemonSet)} on ${nodesText(kept.map(({node}) => nameOf(node)))}, which it no longer wants, until more Pods are available than it needs`,
    object: setReference(daemonSet),
    evidence: [
      `${availableNodes(subject)} nodes available, ${desired} desired`,
      fewText(pods.map((pod) => `pod/${pod}`)),
    ],
    selfHealing: isStalled ? 'no' : 'yes',
    remedy: {
      look: kept.slice(0, 1).map(({node}) => kubectl('describe', 'node', nameOf(node))),
      act: unwanted(kubectl('delete', 'pod', '-n', namespaceOf(daemonSet), ...pods)),
      risk: causes['ds-surge-excluded-node'].risk,
      avoid: '',
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
