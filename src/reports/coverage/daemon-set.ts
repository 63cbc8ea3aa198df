import {titleOf} from '../../diagnosis/causes.ts'
import {type DaemonDiagnosis, diagnoseDaemonSet} from '../../diagnosis/daemon-set/diagnosis.ts'
import {ruleSummary, ruleText} from '../../diagnosis/daemon-set/rule-text.ts'
import {daemonNodeSubject} from '../../diagnosis/daemon-set/subject.ts'
import type {Finding} from '../../diagnosis/finding.ts'
import type {DaemonSetSubject} from '../../diagnosis/subjects.ts'
import type {Budget} from '../../model/daemon-budget.ts'
import {
  type CountedNode,
  countersOf,
  differingCounters,
  reportedCounters,
} from '../../model/daemon-counters.ts'
import {isUpdated} from '../../model/daemon-revision.ts'
import type {DaemonRule} from '../../model/daemon-rule.ts'
import {isNodeReady, isSchedulable} from '../../model/node.ts'
import {type DaemonSet, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {mapPod} from '../objects.ts'
import type {CoverageRule, CoveredDaemonSet, CoveredNode, OurCounters} from './report.ts'

/** One DaemonSet on every node, and on nodes that are gone and still have a Pod of it. */
export function coverDaemonSet(daemonSet: DaemonSet, relations: Relations): CoveredDaemonSet {
  return relations.once('coverDaemonSet', daemonSet, () => covered(daemonSet, relations))
}

function covered(daemonSet: DaemonSet, relations: Relations): CoveredDaemonSet {
  const {subject, ofNodes, findings} = diagnoseDaemonSet(daemonSet, relations)
  const {nodes, hash, budget} = subject
  const reported = reportedCounters(daemonSet)
  const counters =
    relations.sees('nodes') && relations.seesPodsOf(daemonSet)
      ? countersOf(daemonSet, nodes, hash, relations.snapshot.observedAt)
      : undefined
  return {
    namespace: namespaceOf(daemonSet),
    name: nameOf(daemonSet),
    uid: daemonSet.metadata?.uid ?? '',
    updateStrategy: strategyOf(daemonSet),
    updateRevision: hash ?? null,
    ...(counters ?? unknownCounters),
    reported,
    differing: counters ? differingCounters(counters, reported) : [],
    budget: budget ? budgetSummary(budget) : null,
    nodes: coveredNodes(subject, ofNodes),
    findings,
  }
}

const unknownCounters: OurCounters = {
  desiredNumberScheduled: null,
  currentNumberScheduled: null,
  numberMisscheduled: null,
  numberReady: null,
  numberAvailable: null,
  numberUnavailable: null,
  updatedNumberScheduled: null,
}

function strategyOf({spec}: DaemonSet): CoveredDaemonSet['updateStrategy'] {
  const {type, rollingUpdate} = spec?.updateStrategy ?? {}
  const limits = rollingUpdate as {maxUnavailable?: number | string; maxSurge?: number | string} | undefined
  return {
    type: type ?? 'RollingUpdate',
    maxUnavailable: limits?.maxUnavailable ?? null,
    maxSurge: limits?.maxSurge ?? null,
  }
}

function budgetSummary({mode, limit, used, ledger}: Budget): CoveredDaemonSet['budget'] {
  const usedBy = ledger.filter(({counts}) => counts).map(({node}) => node)
  return {mode, limit, used, usedBy: usedBy.toSorted()}
}

function coveredNodes(
  subject: DaemonSetSubject,
  ofNodes: DaemonDiagnosis['ofNodes'],
): readonly CoveredNode[] {
  const cover = (name: string, counted: CountedNode | undefined, pods: readonly Pod[]) => {
    const findings = ofNodes.get(name) ?? []
    const given = [subject.hash, counted?.node, counted?.eligibility, findings, ...pods]
    const find = () => coverNode(subject, name, counted, pods, findings)
    return subject.relations.once(`coverNode ${name}`, subject.daemonSet, find, given)
  }
  const present = subject.nodes.map((counted) => cover(nameOf(counted.node), counted, counted.pods))
  const gone = [...subject.strays].map(([name, pods]) => cover(name, undefined, pods))
  return [...present, ...gone].toSorted((left, right) => (left.name < right.name ? -1 : 1))
}

/** The set on one node; `counted` is undefined for one that is gone or was not seen. */
function coverNode(
  subject: DaemonSetSubject,
  name: string,
  counted: CountedNode | undefined,
  pods: readonly Pod[],
  findings: readonly Finding[],
): CoveredNode {
  const {daemonSet, hash, relations} = subject
  const minReadySeconds = daemonSet.spec?.minReadySeconds ?? 0
  const nodeSubject = daemonNodeSubject(subject, name, counted, pods)
  const {node, eligibility: verdict, state} = nodeSubject
  const [first] = findings
  return {
    name,
    shouldRun: verdict?.shouldRun ?? null,
    shouldContinueRunning: verdict?.shouldContinueRunning ?? null,
    state,
    updated: pods[0] ? (isUpdated(daemonSet, pods[0], hash) ?? null) : null,
    rule: verdict?.rule ? ruleOf(verdict.rule) : null,
    ready: node ? isNodeReady(node) : null,
    schedulable: node ? isSchedulable(node) : null,
    createdAt: node?.metadata?.creationTimestamp ?? null,
    pods: pods.map((pod) => mapPod(pod, minReadySeconds, relations.snapshot.observedAt)),
    finding: first ? titleOf(first) : null,
    findings,
  }
}

function ruleOf(rule: DaemonRule): CoverageRule {
  return {kind: rule.kind, detail: ruleText(rule), summary: ruleSummary(rule)}
}
