import type {CoverageReport, CoveredDaemonSet, CoveredNode} from '../../reports/coverage/report.ts'

/** A DaemonSet on one node. */
export interface NodeRow {
  readonly report: CoverageReport
  readonly daemonSet: CoveredDaemonSet
  readonly node: CoveredNode
  /** How the table shows the node's name. */
  readonly shown: string
}

/** Nodes of which the same is to be said. */
export interface GroupRow {
  readonly daemonSet: CoveredDaemonSet
  readonly nodes: readonly CoveredNode[]
  /** How the table shows the name of the first. */
  readonly shown: string
}

/** How a table shows names of nodes. */
export type NodeName = (name: string) => string

/** As they are: for a pipe. */
export const asItIs: NodeName = (name) => name

/** A row per node. */
export function rowsOf(
  report: CoverageReport,
  daemonSet: CoveredDaemonSet,
  nodes: readonly CoveredNode[],
  nameOf: NodeName,
): readonly NodeRow[] {
  return nodes.map((node) => ({report, daemonSet, node, shown: nameOf(node.name)}))
}

/** Rows of nodes of which the same is to be said. */
export function groupsOf(daemonSet: CoveredDaemonSet, nameOf: NodeName): readonly GroupRow[] {
  const groups = Map.groupBy(daemonSet.nodes, (node) =>
    [node.state, node.updated, node.pods[0]?.status, summaryOf(node)].join('\n'),
  )
  return [...groups.values()].map((nodes) => ({daemonSet, nodes, shown: nameOf(nodes[0]?.name ?? '')}))
}

/** What a group of nodes has in common. */
export function summaryOf(node: CoveredNode): string | null {
  return node.rule?.summary ?? whyOf(node)
}

/** The rule that excludes the node, else what was found first, else that its Pod is outdated. */
export function whyOf({rule, finding, updated}: CoveredNode): string | null {
  return rule?.detail ?? finding ?? (updated === false ? 'old revision' : null)
}

/** Something is to be said of the node beside that nothing is to run there, or that all is well. */
export function isWorthReading(node: CoveredNode | undefined): boolean {
  return node !== undefined && node.state !== 'Excluded' && !isSettled(node)
}

/** Runs and is current: the counters have told it. */
export function isSettled(node: CoveredNode | undefined): boolean {
  return node?.state === 'Running' && node.updated !== false
}
