import {diagnoseDaemonSet} from '../../diagnosis/daemon-set/diagnosis.ts'
import {leftOut} from '../../diagnosis/daemon-set/left-out.ts'
import {isCritical} from '../../diagnosis/daemon-set/preempts-others.ts'
import {type DaemonSet, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isReady, isTerminating} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {Need, Scope} from '../../model/scope.ts'
import {coverDaemonSet} from '../coverage/daemon-set.ts'
import {coverageQuestion, narrowCoverage} from '../coverage/question.ts'
import type {CoveredDaemonSet, CoveredNode} from '../coverage/report.ts'
import {daemonSetNeeds, PREEMPTED} from '../needs/daemon-sets.ts'
import {all, eventsAbout} from '../needs/lists.ts'
import {rollDaemonSet} from '../rollout/daemon-set.ts'
import type {RolledWorkload} from '../rollout/report.ts'
import {type Explainer, type Explanation, NOTHING} from './explanation.ts'
import {inNamespace, nodeLink, podLink} from './links.ts'
import type {ChainLink, LinkState} from './report.ts'
import {requestedSubject, theOne} from './subject.ts'
import {workloadSummary} from './summary.ts'
import {workloadLink} from './workload-link.ts'

/** One DaemonSet: the node that blocks it, and its Pod there. */
export const daemonSetExplainer: Explainer = {
  needs: (scope) => [...coverageQuestion.needs(scope), ...aboutSet(scope)],
  more,
  narrow: (scope) => {
    const reads = narrowCoverage(scope)
    return (
      reads && {
        needs: () => [...reads.needs(scope), ...aboutSet(scope)],
        more: (relations) => [...reads.more(relations.snapshot, scope), ...more(relations, scope)],
      }
    )
  },
  explain: (relations, scope) => {
    const set = setIn(relations, scope)
    return set ? explainSet(set, relations) : NOTHING
  },
}

/** Which budgets select its Pods only all of the namespace tell. */
function aboutSet(scope: Scope): readonly Need[] {
  return [
    all('podDisruptionBudgets', scope.namespace),
    ...eventsAbout('DaemonSet', scope.namespace, [requestedSubject(scope).name]),
  ]
}

function more(relations: Relations, scope: Scope): readonly Need[] {
  const set = setIn(relations, scope)
  if (!set) return []
  // another set may select the same Pods
  return [
    all('daemonSets', namespaceOf(set)),
    ...(isCritical(set) ? [PREEMPTED] : []),
    ...daemonSetNeeds([set], scope, relations),
  ]
}

function setIn({snapshot}: Relations, scope: Scope): DaemonSet | undefined {
  return theOne(snapshot.daemonSets, scope, requestedSubject(scope).name)
}

function troubledPods(set: DaemonSet, relations: Relations): readonly Pod[] {
  return relations.podsOf(set.metadata?.uid).filter((pod) => !isReady(pod) || isTerminating(pod))
}

function explainSet(set: DaemonSet, relations: Relations): Explanation {
  const covered = coverDaemonSet(set, relations)
  const rolled = rollDaemonSet(set, relations)
  const pods = troubledPods(set, relations)
  const diagnosis = diagnoseDaemonSet(set, relations)
  const holding = holdingNode(covered, rolled)
  return {
    summary: workloadSummary(rolled),
    chain: [
      wantedLink(workloadLink(rolled), covered),
      ...(holding ? coveredLinks(set, holding, relations) : []),
    ],
    findings: [...diagnosis.findings, ...leftOut(diagnosis.subject)],
    others: pods.map((pod) => inNamespace('Pod', namespaceOf(pod), nameOf(pod))),
  }
}

/** On how many of the nodes it is wanted, where that is not on all of them. */
function wantedLink(link: ChainLink, {nodes, desiredNumberScheduled: desired}: CoveredDaemonSet): ChainLink {
  const there = nodes.filter(({shouldRun}) => shouldRun !== null).length
  if (desired === null || desired === there) return link
  const state = desired === 0 && link.state === 'ok' ? 'waiting' : link.state
  return {...link, state, text: `${link.text}, wanted on ${desired} of ${there} nodes`}
}

/** The one that a rolling update waits for; else one of which the worst is known. */
function holdingNode({nodes}: CoveredDaemonSet, {blockedBy}: RolledWorkload): CoveredNode | undefined {
  const worst = (severity: string) =>
    nodes.find(({findings}) => findings.some((finding) => finding.severity === severity))
  const named = blockedBy?.nodeName ? nodes.find(({name}) => name === blockedBy.nodeName) : undefined
  return named ?? worst('error') ?? worst('warning') ?? nodes.find(({state}) => !WELL.has(state))
}

const WELL: ReadonlySet<string> = new Set(['Running', 'Excluded', 'Unknown'])

/** A node, and the set's Pods on it, or that there is none. */
function coveredLinks(set: DaemonSet, node: CoveredNode, relations: Relations): readonly ChainLink[] {
  const namespace = namespaceOf(set)
  const pods = node.pods.flatMap(({name}) => relations.pod(namespace, name) ?? [])
  const none = {kind: 'Pod', namespace, name: '<none>', state: 'missing', text: NO_POD} as const
  return [
    hostLink(node, relations),
    ...pods.map((pod) => podLink(pod, relations)),
    ...(pods.length === 0 && node.state === 'Missing' ? [none] : []),
  ]
}

const NO_POD = 'the node should run one and has none'

function hostLink({name, ready, schedulable, rule}: CoveredNode, relations: Relations): ChainLink {
  const isThere = relations.node(name) !== undefined
  const state = isThere ? 'Present' : relations.sees('nodes') ? 'Missing' : 'Unknown'
  const link = nodeLink({name, state, ready, schedulable, zone: null}, relations)
  if (!rule) return link
  const astray: LinkState = link.state === 'ok' ? 'waiting' : link.state
  return {...link, state: astray, text: `${link.text}, excluded by ${rule.detail}`}
}
