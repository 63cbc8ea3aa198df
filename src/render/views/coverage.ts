import type {Finding} from '../../diagnosis/finding.ts'
import type {CoverageReport, CoveredDaemonSet, CoveredNode} from '../../reports/coverage-report.ts'
import {tableLines} from '../table.ts'
import type {Column, Line, Paragraph, Section, TextOptions} from '../view.ts'
import {counterColumns} from './coverage-counter-columns.ts'
import {groupColumns, nodeColumns} from './coverage-node-columns.ts'
import {briefLines, findingParagraphs, worstFirst} from './findings.ts'

/** A DaemonSet on one node. */
export interface NodeRow {
  readonly report: CoverageReport
  readonly daemonSet: CoveredDaemonSet
  readonly node: CoveredNode
}

/** Nodes of which the same is to be said. */
export interface GroupRow {
  readonly daemonSet: CoveredDaemonSet
  readonly nodes: readonly CoveredNode[]
}

/** More nodes than these with the same to say are counted, not listed. */
const FEW = 5

export type CoverageSections = readonly (Section<CoveredDaemonSet> | Section<NodeRow> | Section<GroupRow>)[]

/** Counters, then the nodes worth reading, then the rest counted by the rule that decides, then what was found. */
export function coverageView(report: CoverageReport, options: TextOptions): CoverageSections {
  const groups = report.daemonSets.flatMap(groupsOf)
  const isListed = ({nodes}: GroupRow) => isWorthReading(nodes[0]) && nodes.length <= FEW
  const listed = groups.filter(isListed).flatMap(({daemonSet, nodes}) => rowsOf(report, daemonSet, nodes))
  const counted = groups.filter((group) => !isListed(group) && !isSettled(group.nodes[0]))
  return sections(
    {columns: visible(counterColumns, options), rows: report.daemonSets},
    {columns: visible(nodeColumns, options), rows: listed},
    {columns: visible(groupColumns, options), rows: counted},
    report,
  )
}

/** Every node of every DaemonSet. */
export function allNodesView(report: CoverageReport, options: TextOptions): CoverageSections {
  const rows = report.daemonSets.flatMap((daemonSet) => rowsOf(report, daemonSet, daemonSet.nodes))
  return sections(
    {columns: visible(counterColumns, options), rows: report.daemonSets},
    {columns: visible(nodeColumns, options), rows},
    {columns: [], rows: []},
    report,
  )
}

/** What one node runs, lacks and refuses, and what was found that concerns it. */
export function oneNodeView(report: CoverageReport, name: string, options: TextOptions): CoverageSections {
  const rows = report.daemonSets.flatMap((daemonSet) =>
    rowsOf(
      report,
      daemonSet,
      daemonSet.nodes.filter((node) => node.name === name),
    ),
  )
  const findings = rows.flatMap(({daemonSet, node}) => [
    // a node on which nothing is left to do has no part in the set's trouble
    ...(isWorthReading(node) ? daemonSet.findings : []),
    ...node.findings,
  ])
  const paragraphs = findingParagraphs(worstFirst(findings), report.observedAt).map((lines) => ({lines}))
  return [{table: {columns: visible(nodeColumns, options), rows}, paragraphs}]
}

function sections(
  counters: Section<CoveredDaemonSet>['table'],
  nodes: Section<NodeRow>['table'],
  groups: Section<GroupRow>['table'],
  report: CoverageReport,
): CoverageSections {
  const paragraphs = coverageParagraphs(report)
  return [
    {table: counters, paragraphs: []},
    ...(nodes.rows.length > 0 ? [{table: nodes, paragraphs: []}] : []),
    {table: groups, paragraphs},
  ]
}

function moreLine(findings: readonly Finding[]): Line {
  const notes = findings.filter(({severity}) => severity === 'info').length
  const count = notes > 0 ? `${notes} notes; ` : ''
  return {label: 'More', text: `${count}evidence and remedies: kubectl stateful coverage NAME -n NAMESPACE`}
}

const BEHIND: Line = {
  label: 'Status',
  text: "a number in parentheses is what the controller's status says",
}

function isBehind(daemonSet: CoveredDaemonSet): boolean {
  return daemonSet.differing.length > 0 || daemonSet.desiredNumberScheduled === null
}

/** More causes than these, of several DaemonSets, are told in one line each. */
const FEW_CAUSES = 4

/** What was found, over all DaemonSets: a lost node troubles many of them in the same way. */
function coverageParagraphs(report: CoverageReport): readonly Paragraph[] {
  const findings = worstFirst(
    report.daemonSets.flatMap((set) => [...set.findings, ...set.nodes.flatMap((node) => node.findings)]),
  )
  const paragraphs = findingParagraphs(findings, report.observedAt)
  const status = report.daemonSets.some(isBehind) ? [BEHIND] : []
  if (report.daemonSets.length === 1 || paragraphs.length <= FEW_CAUSES)
    return [...paragraphs.map((lines) => ({lines})), ...status.map((line) => ({lines: [line]}))]
  return [{lines: [...briefLines(findings, report.observedAt), ...status, moreLine(findings)]}]
}

function visible<Row>(columns: readonly Column<Row>[], {hasNamespaces}: TextOptions): readonly Column<Row>[] {
  return columns.filter(({name}) => name !== 'NAMESPACE' || hasNamespaces)
}

function rowsOf(
  report: CoverageReport,
  daemonSet: CoveredDaemonSet,
  nodes: readonly CoveredNode[],
): readonly NodeRow[] {
  return nodes.map((node) => ({report, daemonSet, node}))
}

function groupsOf(daemonSet: CoveredDaemonSet): readonly GroupRow[] {
  const groups = Map.groupBy(daemonSet.nodes, (node) =>
    [node.state, node.updated, node.pods[0]?.status, summaryOf(node)].join('\n'),
  )
  return [...groups.values()].map((nodes) => ({daemonSet, nodes}))
}

/** What a group of nodes has in common. */
export function summaryOf(node: CoveredNode): string | null {
  return node.rule?.summary ?? whyOf(node)
}

/** The rule that excludes the node, else the id of what was found first, else that its Pod is outdated. */
export function whyOf({rule, findings, updated}: CoveredNode): string | null {
  return rule?.detail ?? findings[0]?.id ?? (updated === false ? 'old revision' : null)
}

function isWorthReading(node: CoveredNode | undefined): boolean {
  return node !== undefined && node.state !== 'Excluded' && !isSettled(node)
}

/** Runs and is current: the counters have told it. */
function isSettled(node: CoveredNode | undefined): boolean {
  return node?.state === 'Running' && node.updated !== false
}

/** Every node of every DaemonSet as one line, by `namespace/name/node`: what changes while somebody watches. */
export function changingNodes(report: CoverageReport): ReadonlyMap<string, string> {
  const rows = report.daemonSets.flatMap((daemonSet) => rowsOf(report, daemonSet, daemonSet.nodes))
  const options = {isColored: false, isWide: false, hasHeaders: false, hasNamespaces: true}
  const lines = [...tableLines({columns: nodeColumns, rows}, options)]
  return new Map(rows.map(({daemonSet, node}, index) => [keyOf(daemonSet, node), lines[index] ?? '']))
}

function keyOf({namespace, name}: CoveredDaemonSet, node: CoveredNode): string {
  return `${namespace}/${name}/${node.name}`
}
