import type {Finding} from '../diagnosis/finding.ts'
import {type DaemonSet, nameOf, namespaceOf, type Pod} from '../model/objects.ts'
import {isReady, isTerminating} from '../model/pod.ts'
import type {Relations} from '../model/relations.ts'
import type {Scope} from '../model/scope.ts'
import {coverageQuestion} from './coverage.ts'
import {coverDaemonSet} from './coverage-daemon-set.ts'
import type {CoveredDaemonSet, CoveredNode} from './coverage-report.ts'
import {furtherPodFindings} from './pod-findings.ts'
import {rollDaemonSet} from './rollout-daemon-set.ts'
import type {RolledWorkload} from './rollout-report.ts'
import {disruptionFindings} from './why-disruption.ts'
import {type Explainer, type Explanation, NOTHING} from './why-explanation.ts'
import {inNamespace, nodeLink, podLink} from './why-links.ts'
import {all, eventsAbout, leaseNeeds} from './why-needs.ts'
import type {ChainLink, LinkState} from './why-report.ts'
import {askedFor, theOne} from './why-subject.ts'
import {workloadLink} from './why-workload-link.ts'

/** One DaemonSet: the node that holds it up, and its Pod there. */
export const daemonSetExplainer: Explainer = {
  needs: (scope) => [
    ...coverageQuestion.needs(scope),
    all('podDisruptionBudgets', scope.namespace),
    ...eventsAbout('DaemonSet', scope.namespace, [askedFor(scope).name]),
  ],
  more: (relations, scope) => {
    const set = setIn(relations, scope)
    if (!set) return []
    const names = troubledPods(set, relations).map(nameOf)
    return [...eventsAbout('Pod', namespaceOf(set), names), ...leaseNeeds(relations, scope)]
  },
  explain: (relations, scope) => {
    const set = setIn(relations, scope)
    return set ? explainSet(set, relations) : NOTHING
  },
}

function setIn({snapshot}: Relations, scope: Scope): DaemonSet | undefined {
  return theOne(snapshot.daemonSets, scope, askedFor(scope).name)
}

function troubledPods(set: DaemonSet, relations: Relations): readonly Pod[] {
  return relations.podsOf(set.metadata?.uid).filter((pod) => !isReady(pod) || isTerminating(pod))
}

function explainSet(set: DaemonSet, relations: Relations): Explanation {
  const covered = coverDaemonSet(set, relations)
  const rolled = rollDaemonSet(set, relations)
  const pods = troubledPods(set, relations)
  const holding = holdingNode(covered, rolled)
  const ofNodes = covered.nodes.flatMap(({findings}) => findings)
  return {
    chain: [workloadLink(rolled), ...(holding ? coveredLinks(set, holding, relations) : [])],
    findings: [
      ...ofNodes,
      ...pods.flatMap((pod) => furtherPodFindings(pod, relations, ofNodes.filter(isAbout(pod)))),
      ...(rolled.blockedBy?.findings ?? []),
      ...rolled.findings,
      ...covered.findings,
      ...disruptionFindings({kind: 'DaemonSet', set}, relations),
    ],
    others: pods.map((pod) => inNamespace('Pod', namespaceOf(pod), nameOf(pod))),
  }
}

function isAbout(pod: Pod): (finding: Finding) => boolean {
  return ({object}) => object.kind === 'Pod' && object.name === nameOf(pod)
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
