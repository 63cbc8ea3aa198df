/** What is found about `agent`: by the rules of the set itself, on its nodes, and of everything the cause first. */
import {type DaemonDiagnosis, diagnoseDaemonSet} from '../../../src/diagnosis/daemon-set/diagnosis.ts'
import {daemonSetRules} from '../../../src/diagnosis/daemon-set/index.ts'
import {diagnose, type Finding} from '../../../src/diagnosis/finding.ts'
import {countersOf, reportedCounters} from '../../../src/model/daemon-counters.ts'
import type {DaemonSet, Node, Pod} from '../../../src/model/objects.ts'
import {relate} from '../../../src/model/relations.ts'
import type {ClusterSnapshot, Observed, ResourceKey} from '../../../src/model/snapshot.ts'
import {snapshot} from '../../builders.ts'
import {daemonPod, daemonSet, REVISIONS, tainted} from '../../builders-daemon.ts'

export interface Facts extends Partial<Observed> {
  readonly set?: DaemonSet
  /** Kinds that were asked for and refused. */
  readonly unseen?: readonly ResourceKey[]
  readonly version?: string
  /** The controller's counters are what they are; else they are what it would write now. */
  readonly isStale?: boolean
}

function diagnosed({set = daemonSet(), unseen = [], version, isStale, ...facts}: Facts) {
  const seen: ClusterSnapshot = {
    ...snapshot({controllerRevisions: REVISIONS, daemonSets: [set], ...facts}, unseen),
    ...(version && {server: {version}}),
  }
  const relations = relate(seen)
  const first = diagnoseDaemonSet(set, relations)
  if (isStale || set.status?.observedGeneration === undefined) return first
  return diagnoseDaemonSet({...set, status: {...statusOf(first), ...set.status}} as DaemonSet, relations)
}

/** What the controller would write now; zeros where it could not be told. */
function statusOf({subject}: DaemonDiagnosis) {
  const {daemonSet: set, nodes, hash, relations} = subject
  const isSeen = relations.sees('nodes') && relations.sees('pods')
  const counters = isSeen ? countersOf(set, nodes, hash, relations.snapshot.observedAt) : {}
  return {...Object.fromEntries(Object.keys(reportedCounters(set)).map((key) => [key, 0])), ...counters}
}

/** By the rules of the set as a whole, in the order of the rules. */
export function ofSet(facts: Facts): readonly Finding[] {
  return diagnose(daemonSetRules, diagnosed(facts).subject)
}

/** Of one node, the cause first; `n1`, unless told. */
export function ofNode(facts: Facts, name = 'n1'): readonly Finding[] {
  return (diagnosed(facts).ofNodes.get(name) ?? []).map(withoutRole)
}

function withoutRole(finding: Finding & {role?: unknown}): Finding {
  const {role: _, ...others} = finding
  return others
}

/** Ids and severities of everything that was found, the cause first. */
export function everything(facts: Facts): readonly string[] {
  return diagnosed(facts).findings.map(({id, severity}) => `${id} ${severity}`)
}

export function ids(findings: readonly Finding[]): readonly string[] {
  return findings.map(({id}) => id)
}

/** One node and the Pods for it. */
export function on(node: Node, ...pods: readonly Pod[]): Facts {
  return {nodes: [node], pods}
}

/** Ready nodes, each with one Pod of that revision that works. */
export function running(
  hash: string,
  ...names: readonly string[]
): {nodes: readonly Node[]; pods: readonly Pod[]} {
  return {nodes: names.map((name) => tainted(name)), pods: names.map((name) => daemonPod(name, {hash}))}
}

/** Several parts of one cluster. */
export function together(...parts: readonly Facts[]): Facts {
  return {
    ...Object.assign({}, ...parts),
    nodes: parts.flatMap(({nodes = []}) => nodes),
    pods: parts.flatMap(({pods = []}) => pods),
  }
}

export function deletedAt(pod: Pod, deletionTimestamp: string, finalizers?: readonly string[]): Pod {
  return {
    ...pod,
    metadata: {...pod.metadata, deletionTimestamp, ...(finalizers && {finalizers: [...finalizers]})},
  }
}
