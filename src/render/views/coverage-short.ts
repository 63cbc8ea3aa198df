import type {CoverageReport, CoveredDaemonSet} from '../../reports/coverage/report.ts'
import type {Column, Section, TextOptions} from '../view.ts'
import {counterColumns} from './coverage-counter-columns.ts'
import {groupColumns, nodeColumns} from './coverage-node-columns.ts'
import {asItIs, type GroupRow, type NodeName, type NodeRow} from './coverage-rows.ts'
import {headLines} from './head.ts'
import {commonDomain, domainText, withoutDomain} from './node-names.ts'

/** How the tables of a coverage look. */
interface Styles {
  readonly columns: {
    readonly counters: readonly Column<CoveredDaemonSet>[]
    /** Of a list of all nodes. */
    readonly nodes: readonly Column<NodeRow>[]
    /** Of the few that are worth reading, in which of one DaemonSet nothing is cut. */
    readonly few: readonly Column<NodeRow>[]
    readonly groups: readonly Column<GroupRow>[]
  }
  readonly nameOf: NodeName
  readonly head: readonly string[]
}

/** On a terminal the only DaemonSet is named once, by its counters, and what all nodes end with stands above. */
export function stylesOf(report: CoverageReport, options: TextOptions): Styles {
  const {width, hasNamespaces} = options
  const isShort = isShortened(options)
  const domain = isShort ? commonDomain(report.daemonSets.flatMap(namesOfNodes)) : ''
  const all = hasNamespaces ? [] : ['NAMESPACE']
  const isOne = report.daemonSets.length === 1
  const rest = isShort && isOne ? ['NAMESPACE', 'DAEMONSET'] : all
  return {
    columns: {
      counters: without(counterColumns, all),
      nodes: without(nodeColumns, rest),
      few: wrapped(without(nodeColumns, rest), isOne),
      groups: wrapped(without(groupColumns, rest), isOne),
    },
    nameOf: domain === '' ? asItIs : withoutDomain(domain),
    head: domain === '' ? [] : headLines([domainText(domain)], width ?? 0),
  }
}

/** The table of one node, which a terminal names once. */
export function oneNodeTable(
  rows: readonly NodeRow[],
  options: TextOptions,
): Pick<Section<NodeRow>, 'head' | 'table'> {
  const namespace = options.hasNamespaces ? [] : ['NAMESPACE']
  const [first] = rows
  const columns = wrapped(without(nodeColumns, namespace), true)
  if (!isShortened(options) || !first) return {table: {columns, rows}}
  const name = nodeColumns.find((column) => column.name === 'NODE')?.cell(first) ?? ''
  const text = `Node ${typeof name === 'string' ? name : name.text}`
  return {
    head: headLines([text], options.width ?? 0),
    table: {columns: without(columns, ['NODE']), rows},
  }
}

function isShortened({width, isWide, hasHeaders}: TextOptions): boolean {
  return width !== undefined && !isWide && hasHeaders
}

function namesOfNodes({nodes}: CoveredDaemonSet): readonly string[] {
  return nodes.map(({name}) => name)
}

/** Of many DaemonSets a screen has no room to tell each reason in full. */
function wrapped<Row>(columns: readonly Column<Row>[], isOne: boolean): readonly Column<Row>[] {
  return columns.map((column) => (column.isFlexible ? {...column, wraps: isOne} : column))
}

function without<Row>(columns: readonly Column<Row>[], names: readonly string[]): readonly Column<Row>[] {
  return columns.filter(({name}) => !names.includes(name))
}
