import {daemonNodeRules, daemonSetRules} from '../diagnosis/daemon-set/index.ts'
import {bySeverity, diagnose} from '../diagnosis/finding.ts'
import type {DaemonNodeSubject, DaemonSetSubject} from '../diagnosis/subjects.ts'
import {type Budget, budgetOf} from '../model/daemon-budget.ts'
import {type CountedNode, countersOf, differingCounters, reportedCounters} from '../model/daemon-counters.ts'
import {eligibility} from '../model/daemon-eligibility.ts'
import {daemonNodeState, type NodeVerdict} from '../model/daemon-node-state.ts'
import {podsByNode} from '../model/daemon-pods.ts'
import {currentHash, isUpdated} from '../model/daemon-revision.ts'
import {ruleSummary} from '../model/daemon-rule.ts'
import {isNodeReady, isSchedulable} from '../model/node.ts'
import {type DaemonSet, nameOf, namespaceOf, type Pod} from '../model/objects.ts'
import {isAvailable} from '../model/pod.ts'
import type {Relations} from '../model/relations.ts'
import type {CoveredDaemonSet, CoveredNode, OurCounters} from './coverage-report.ts'
import {mapPod} from './map-parts.ts'

/** One DaemonSet on every node, and on nodes that are gone and still have a Pod of it. */
export function coverDaemonSet(daemonSet: DaemonSet, relations: Relations): CoveredDaemonSet {
  const subject = daemonSetSubject(daemonSet, relations)
  const {nodes, hash, budget} = subject
  const reported = reportedCounters(daemonSet)
  const counters =
    relations.sees('nodes') && relations.sees('pods')
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
    nodes: coveredNodes(subject),
    findings: bySeverity(diagnose(daemonSetRules, subject)),
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

/** What rules look at, and what a rollout is judged by. */
export function daemonSetSubject(daemonSet: DaemonSet, relations: Relations): DaemonSetSubject {
  const {observedAt, controllerRevisions} = relations.snapshot
  const pods = podsByNode(daemonSet, relations.podsOf(daemonSet.metadata?.uid))
  const nodes: readonly CountedNode[] = relations.snapshot.nodes.map((node) => ({
    node,
    eligibility: eligibility(daemonSet.spec?.template, node),
    pods: pods.get(nameOf(node)) ?? [],
  }))
  const strays = new Map([...pods].filter(([name]) => !relations.node(name)))
  const hash = currentHash(daemonSet, controllerRevisions)
  const isWhole = relations.sees('nodes') && relations.sees('pods')
  const budget = isWhole ? budgetOf(daemonSet, nodes, strays, hash, observedAt) : undefined
  return {daemonSet, nodes, strays, hash, budget, relations}
}

function strategyOf({spec}: DaemonSet): CoveredDaemonSet['updateStrategy'] {
  const {type = 'RollingUpdate', rollingUpdate} = spec?.updateStrategy ?? {}
  const limits = rollingUpdate as {maxUnavailable?: number | string; maxSurge?: number | string} | undefined
  return {type, maxUnavailable: limits?.maxUnavailable ?? null, maxSurge: limits?.maxSurge ?? null}
}

function budgetSummary({mode, limit, used, ledger}: Budget): CoveredDaemonSet['budget'] {
  const usedBy = ledger.filter(({counts}) => counts).map(({node}) => node)
  return {mode, limit, used, usedBy: usedBy.toSorted()}
}

function coveredNodes(subject: DaemonSetSubject): readonly CoveredNode[] {
  const present = subject.nodes.map((counted) =>
    coverNode(subject, nameOf(counted.node), counted, counted.pods),
  )
  const gone = [...subject.strays].map(([name, pods]) => coverNode(subject, name, undefined, pods))
  return [...present, ...gone].toSorted((left, right) => (left.name < right.name ? -1 : 1))
}

/** The set on one node; `counted` is undefined for one that is gone or was not seen. */
export function coverNode(
  subject: DaemonSetSubject,
  name: string,
  counted: CountedNode | undefined,
  pods: readonly Pod[],
): CoveredNode {
  const {daemonSet, hash, relations} = subject
  const minReadySeconds = daemonSet.spec?.minReadySeconds ?? 0
  const nodeSubject = daemonNodeSubject(subject, name, counted, pods)
  const {node, eligibility: verdict, state} = nodeSubject
  return {
    name,
    shouldRun: verdict?.shouldRun ?? null,
    shouldContinueRunning: verdict?.shouldContinueRunning ?? null,
    state,
    updated: pods[0] ? (isUpdated(daemonSet, pods[0], hash) ?? null) : null,
    rule: verdict?.rule ? {...verdict.rule, summary: ruleSummary(verdict.rule)} : null,
    ready: node ? isNodeReady(node) : null,
    schedulable: node ? isSchedulable(node) : null,
    createdAt: node?.metadata?.creationTimestamp ?? null,
    pods: pods.map((pod) => mapPod(pod, minReadySeconds, relations.snapshot.observedAt)),
    findings: bySeverity(diagnose(daemonNodeRules, nodeSubject)),
  }
}

/** What rules about the set on one node look at. */
export function daemonNodeSubject(
  {nodes: _, strays: __, ...subject}: DaemonSetSubject,
  name: string,
  counted: CountedNode | undefined,
  pods: readonly Pod[],
): DaemonNodeSubject {
  const {daemonSet, relations} = subject
  const minReadySeconds = daemonSet.spec?.minReadySeconds ?? 0
  const isUp = (pod: Pod) => isAvailable(pod, minReadySeconds, relations.snapshot.observedAt)
  return {
    ...subject,
    name,
    ...(counted && {node: counted.node, eligibility: counted.eligibility}),
    state: relations.sees('pods') ? daemonNodeState(verdictOf(counted, relations), pods, isUp) : 'Unknown',
    pods,
  }
}

function verdictOf(counted: CountedNode | undefined, relations: Relations): NodeVerdict {
  return counted?.eligibility ?? (relations.sees('nodes') ? 'gone' : 'unseen')
}

/** Whether some node should run a Pod and has none: then events may tell why. */
export function lacksPods(daemonSet: DaemonSet, relations: Relations): boolean {
  const pods = podsByNode(daemonSet, relations.podsOf(daemonSet.metadata?.uid))
  return relations.snapshot.nodes.some(
    (node) => !pods.has(nameOf(node)) && eligibility(daemonSet.spec?.template, node).shouldRun,
  )
}
