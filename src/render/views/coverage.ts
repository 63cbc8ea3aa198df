import type {Finding} from '../../diagnosis/finding.ts'
import type {CoverageReport, CoveredDaemonSet, CoveredNode} from '../../reports/coverage/report.ts'
import {type Changing, cellTexts, changingOf, rememberedParts, tablePart} from '../changing.ts'
import type {Column, Line, Paragraph, Section, TextOptions} from '../view.ts'
import {nodeColumns} from './coverage-node-columns.ts'
import {
  asItIs,
  type GroupRow,
  groupsOf,
  isSettled,
  isWorthReading,
  type NodeRow,
  rowsOf,
} from './coverage-rows.ts'
import {oneNodeTable, stylesOf} from './coverage-short.ts'
import {briefLines, findingParagraphs, worstOfAll} from './findings.ts'

/** More nodes than these with the same to say are counted, not listed. */
const FEW = 5

export type CoverageSections = readonly (Section<CoveredDaemonSet> | Section<NodeRow> | Section<GroupRow>)[]

/** Counters, then the nodes worth reading, then the rest counted by the rule that decides, then what was found. */
export function coverageView(report: CoverageReport, options: TextOptions): CoverageSections {
  const {columns, nameOf, head} = stylesOf(report, options)
  const groups = report.daemonSets.flatMap((daemonSet) => groupsOf(daemonSet, nameOf))
  const isListed = ({nodes}: GroupRow) => isWorthReading(nodes[0]) && nodes.length <= FEW
  const listed = groups
    .filter(isListed)
    .flatMap(({daemonSet, nodes}) => rowsOf(report, daemonSet, nodes, nameOf))
  const counted = groups.filter((group) => !isListed(group) && !isSettled(group.nodes[0]))
  return sections(
    {head, table: {columns: columns.counters, rows: report.daemonSets}, paragraphs: []},
    {columns: columns.few, rows: listed},
    {columns: columns.groups, rows: counted},
    report,
    options,
  )
}

/** Every node of every DaemonSet. */
export function allNodesView(report: CoverageReport, options: TextOptions): CoverageSections {
  const {columns, nameOf, head} = stylesOf(report, options)
  const rows = report.daemonSets.flatMap((daemonSet) => rowsOf(report, daemonSet, daemonSet.nodes, nameOf))
  return sections(
    {head, table: {columns: columns.counters, rows: report.daemonSets}, paragraphs: []},
    {columns: columns.nodes, rows},
    {columns: [], rows: []},
    report,
    options,
  )
}

/** What one node runs, lacks and refuses, and what was found that concerns it. */
export function oneNodeView(report: CoverageReport, name: string, options: TextOptions): CoverageSections {
  const rows = report.daemonSets.flatMap((daemonSet) =>
    rowsOf(
      report,
      daemonSet,
      daemonSet.nodes.filter((node) => node.name === name),
      asItIs,
    ),
  )
  const paragraphs = findingParagraphs(rows.flatMap(concerning), report.observedAt, options).map((lines) => ({
    lines,
  }))
  return [{...oneNodeTable(rows, options), paragraphs}]
}

/** What was found at that node and, where anything is left to do there, of the set itself. */
function concerning({daemonSet, node}: NodeRow): readonly Finding[] {
  const elsewhere = new Set(
    daemonSet.nodes.flatMap((each) => (each === node ? [] : each.findings.map(causeKey))),
  )
  const here = new Set(node.findings.map(causeKey))
  return daemonSet.findings.filter((finding) => {
    const key = causeKey(finding)
    return here.has(key) || (isWorthReading(node) && !elsewhere.has(key))
  })
}

function causeKey({id, object}: Finding): string {
  return `${id} ${object.kind}/${object.name}`
}

function sections(
  counters: Section<CoveredDaemonSet>,
  nodes: Section<NodeRow>['table'],
  groups: Section<GroupRow>['table'],
  report: CoverageReport,
  options: TextOptions,
): CoverageSections {
  const paragraphs = coverageParagraphs(report, options)
  return [
    counters,
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
function coverageParagraphs(report: CoverageReport, options: TextOptions): readonly Paragraph[] {
  const findings = worstOfAll(report.daemonSets.map((set) => set.findings))
  const paragraphs = findingParagraphs(findings, report.observedAt, options)
  const status = report.daemonSets.some(isBehind) ? [BEHIND] : []
  if (report.daemonSets.length === 1 || paragraphs.length <= FEW_CAUSES)
    return [...paragraphs.map((lines) => ({lines})), ...status.map((line) => ({lines: [line]}))]
  return [{lines: [...briefLines(findings, report.observedAt), ...status, moreLine(findings)]}]
}

/** Every node of every DaemonSet as one line, by `namespace/name/node`: what changes while somebody watches. */
export function changingNodes(report: CoverageReport): Changing {
  return changingOf(report.daemonSets.map((daemonSet) => partOf(daemonSet, report)))
}

const partOf = rememberedParts<CoverageReport, CoveredDaemonSet>((daemonSet, report) =>
  tablePart(nodeColumns, rowsOf(report, daemonSet, daemonSet.nodes, asItIs), keyOf, rememberedCells),
)

const cellsOfNodes = new WeakMap<CoveredNode, readonly string[]>()

/** A node that is the same object as before says the same; and no column without `-o wide` looks at anything else. */
function rememberedCells(row: NodeRow, columns: readonly Column<NodeRow>[]): readonly string[] {
  const cells = cellsOfNodes.get(row.node) ?? cellTexts(row, columns)
  cellsOfNodes.set(row.node, cells)
  return cells
}

function keyOf({daemonSet: {namespace, name}, node}: NodeRow): string {
  return `${namespace}/${name}/${node.name}`
}
