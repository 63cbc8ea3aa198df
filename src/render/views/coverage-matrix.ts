import type {CoverageReport, CoveredDaemonSet} from '../../reports/coverage/report.ts'
import type {Section, Table, TextOptions} from '../view.ts'
import {ABSENT, glyphOf, isQuiet, legendText, toneOf} from './coverage-glyphs.ts'
import type {NodeName} from './coverage-rows.ts'
import {stylesOf} from './coverage-short.ts'

/** Nodes on which all DaemonSets stand alike. */
export interface MatrixRow {
  readonly nodes: readonly string[]
  readonly glyphs: readonly string[]
}

/** A DaemonSet, and the number of its column. */
interface Numbered {
  readonly daemonSet: CoveredDaemonSet
  readonly number: string
}

/**
 * Nodes × DaemonSets, a letter per cell; the columns are numbered, and nodes that are alike are one line, so that
 * thousands of nodes fit a screen. Lines with something wrong come first. On a terminal more DaemonSets than fit
 * beside each other are several tables.
 */
export function matrixView(report: CoverageReport, options: TextOptions): readonly Section<MatrixRow>[] {
  const {daemonSets} = report
  const {nameOf, head} = stylesOf(report, options)
  const digits = String(daemonSets.length).length
  const numbered = daemonSets.map((daemonSet, index) => ({
    daemonSet,
    number: String(index + 1).padEnd(digits),
  }))
  const tables = parts(numbered, digits, options).map((part) => matrixTable(part, digits, nameOf, options))
  const used = new Set(tables.flatMap(({rows}) => rows.flatMap(({glyphs}) => glyphs)))
  const legend = [
    {label: '', text: legendText(used, options.width)},
    ...numbered.map(({number, daemonSet: {namespace, name}}) => ({
      label: number.trimEnd(),
      text: `${namespace}/${name}`,
    })),
  ]
  return tables.map((table, index) => ({
    head: index === 0 ? head : [],
    table,
    paragraphs: index === tables.length - 1 ? [{lines: legend}] : [],
  }))
}

/** What stands on either side of the letters on a terminal: how many nodes, and which. */
const BESIDE = 'NODES   '.length + '   '.length + 24

function parts(
  all: readonly Numbered[],
  digits: number,
  {width, isWide}: TextOptions,
): readonly (readonly Numbered[])[] {
  if (width === undefined || isWide || all.length === 0) return [all]
  const room = Math.max(1, Math.floor((width - BESIDE + 1) / (digits + 1)))
  return Array.from({length: Math.ceil(all.length / room)}, (_, index) =>
    all.slice(index * room, (index + 1) * room),
  )
}

function matrixTable(
  part: readonly Numbered[],
  digits: number,
  nameOf: NodeName,
  {width}: TextOptions,
): Table<MatrixRow> {
  const cells = (texts: readonly string[]) =>
    texts
      .map((text) => text.padEnd(digits))
      .join(' ')
      .trimEnd()
  const columns = [
    {
      name: 'NODES',
      description: 'How many nodes are alike',
      cell: ({nodes}: MatrixRow) => String(nodes.length),
    },
    {
      name: cells(part.map(({number}) => number)),
      description: 'Where each DaemonSet stands',
      cell: (row: MatrixRow) => ({text: cells(row.glyphs), tones: toneOf}),
    },
    {
      name: 'NODE',
      description: 'The nodes',
      isFlexible: true,
      cell: ({nodes}: MatrixRow) => namesOf(nodes.map(nameOf), width),
    },
  ]
  return {columns, rows: foldedRows(part.map(({daemonSet}) => daemonSet))}
}

/** A node that is gone stands only with the DaemonSets that left a Pod there; the others have nothing to do with it. */
function foldedRows(daemonSets: readonly CoveredDaemonSet[]): readonly MatrixRow[] {
  const byName = daemonSets.map(({nodes}) => new Map(nodes.map((node) => [node.name, glyphOf(node)])))
  const names = [...new Set(daemonSets.flatMap(({nodes}) => nodes.map(({name}) => name)))]
  const gone = new Set(
    daemonSets.flatMap(({nodes}) => nodes.filter(({state}) => state === 'NodeGone').map(({name}) => name)),
  )
  const absent = (name: string) => (gone.has(name) ? ABSENT.gone : ABSENT.unknown)
  const patterns = Map.groupBy(names, (name) =>
    byName.map((glyphs) => glyphs.get(name) ?? absent(name)).join(' '),
  )
  return [...patterns]
    .map(([pattern, nodes]) => ({nodes, glyphs: pattern.split(' ')}))
    .toSorted((left, right) => trouble(right) - trouble(left) || right.nodes.length - left.nodes.length)
}

function trouble({glyphs}: MatrixRow): number {
  return glyphs.filter((glyph) => !isQuiet(glyph)).length
}

/** The first names; a terminal cuts them at its edge. Off a terminal all of thousands would be no table any more. */
function namesOf(nodes: readonly string[], width: number | undefined): string {
  const shown = nodes.slice(0, width === undefined ? 3 : 12)
  return shown.join(',') + (nodes.length > shown.length ? ',…' : '')
}
