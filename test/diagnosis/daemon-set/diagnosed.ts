/** The findings of `agent`, found the way the report finds them: every rule, in the order of the rules. */
import type {Finding} from '../../../src/diagnosis/finding.ts'
import type {DaemonSet, Node, Pod} from '../../../src/model/objects.ts'
import {relate} from '../../../src/model/relations.ts'
import type {ClusterSnapshot, Observed, ResourceKey} from '../../../src/model/snapshot.ts'
import {coverDaemonSet} from '../../../src/reports/coverage-daemon-set.ts'
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

function covered({set = daemonSet(), unseen = [], version, isStale, ...facts}: Facts) {
  const seen: ClusterSnapshot = {
    ...snapshot({controllerRevisions: REVISIONS, daemonSets: [set], ...facts}, unseen),
    ...(version && {server: {version}}),
  }
  const relations = relate(seen)
  if (isStale || set.status?.observedGeneration === undefined) return coverDaemonSet(set, relations)
  const counters = coverDaemonSet(set, relations)
  const status = Object.fromEntries(
    Object.keys(counters.reported).map((key) => [key, counters[key as never] ?? 0]),
  )
  return coverDaemonSet(
    {...set, status: {...status, ...set.status} as NonNullable<DaemonSet['status']>},
    relations,
  )
}

/** Of the set as a whole. */
export function ofSet(facts: Facts): readonly Finding[] {
  return covered(facts).findings
}

/** Of one node; `n1`, unless told. */
export function ofNode(facts: Facts, name = 'n1'): readonly Finding[] {
  return covered(facts).nodes.find((node) => node.name === name)?.findings ?? []
}

/** Ids and severities of everything that was found, wherever. */
export function everything(facts: Facts): readonly string[] {
  const {findings, nodes} = covered(facts)
  return [...findings, ...nodes.flatMap((node) => node.findings)].map(({id, severity}) => `${id} ${severity}`)
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
