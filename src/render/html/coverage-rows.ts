import type {CoverageReport, CoveredDaemonSet, CoveredNode} from '../../reports/coverage/report.ts'
import {isWorthReading, summaryOf} from '../views/coverage-rows.ts'

/** Nodes on which all DaemonSets stand alike. */
export interface GridRow {
  readonly names: readonly string[]
  /** By DaemonSet, of the first of these nodes; undefined where a DaemonSet does not know it. */
  readonly nodes: readonly (CoveredNode | undefined)[]
  /** The node is gone: a DaemonSet that does not know it has nothing there. */
  readonly isGone: boolean
}

/** One row for all nodes of which the same is to be said, or one for each; the most troubled first, then the largest. */
export function gridRows({daemonSets}: CoverageReport, isWhole: boolean): readonly GridRow[] {
  const byName = new Map<string, (CoveredNode | undefined)[]>()
  for (const [index, daemonSet] of daemonSets.entries())
    for (const node of daemonSet.nodes) placesOf(node, byName, daemonSets)[index] = node
  const keyOf = ([name, nodes]: readonly [string, readonly (CoveredNode | undefined)[]]) =>
    isWhole ? name : nodes.map(wordsOf).join('\0')
  return [...Map.groupBy(byName, keyOf).values()].map(rowOf).toSorted(byTrouble)
}

function placesOf(
  {name}: CoveredNode,
  byName: Map<string, (CoveredNode | undefined)[]>,
  {length}: readonly CoveredDaemonSet[],
): (CoveredNode | undefined)[] {
  const places = byName.get(name) ?? Array.from({length}, () => undefined)
  byName.set(name, places)
  return places
}

/** All that a cell, or the head of its row, says of it. */
function wordsOf(node: CoveredNode | undefined): string {
  if (!node) return ''
  const {state, updated, pods, ready, schedulable} = node
  return [state, updated, ready, schedulable, pods[0]?.status, summaryOf(node)].join('\n')
}

type Entry = readonly [string, readonly (CoveredNode | undefined)[]]

function rowOf(entries: readonly Entry[]): GridRow {
  const nodes = entries[0]?.[1] ?? []
  const isGone = nodes.some((node) => node?.state === 'NodeGone')
  return {names: entries.map(([name]) => name), nodes, isGone}
}

function byTrouble(left: GridRow, right: GridRow): number {
  return trouble(right) - trouble(left) || right.names.length - left.names.length
}

function trouble({nodes}: GridRow): number {
  return nodes.filter(isWorthReading).length
}
