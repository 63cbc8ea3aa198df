import type {CoverageReport, CoveredNode} from '../../reports/coverage-report.ts'
import type {Section, TextOptions, Tone} from '../view.ts'

/** Nodes on which all DaemonSets stand alike. */
export interface MatrixRow {
  readonly nodes: readonly string[]
  readonly glyphs: readonly string[]
}

const GLYPHS: Readonly<Record<CoveredNode['state'], string>> = {
  Running: 'R',
  NotReady: 'N',
  Pending: 'P',
  Terminating: 'T',
  Missing: 'M',
  Excluded: '.',
  Misscheduled: 'X',
  NodeGone: 'G',
  Unknown: '?',
}
const MEANINGS: Readonly<Record<string, string>> = {
  R: 'running',
  r: 'running, old revision',
  N: 'not ready',
  P: 'pending',
  T: 'terminating',
  M: 'missing',
  '.': 'excluded',
  X: 'misscheduled',
  G: 'node gone',
  '?': 'unknown',
}

/**
 * Nodes × DaemonSets, a letter per cell; the columns are numbered, and nodes that are alike are one line, so that
 * thousands of nodes fit a screen. Lines with something wrong come first.
 */
export function matrixView(report: CoverageReport, {width}: TextOptions): readonly Section<MatrixRow>[] {
  const rows = foldedRows(report)
  const digits = String(report.daemonSets.length).length
  const cells = (texts: readonly string[]) =>
    texts
      .map((text) => text.padEnd(digits))
      .join(' ')
      .trimEnd()
  const numbers = report.daemonSets.map((_, index) => String(index + 1))
  const columns = [
    {
      name: 'NODES',
      description: 'How many nodes are alike',
      cell: ({nodes}: MatrixRow) => String(nodes.length),
    },
    {
      name: cells(numbers),
      description: 'Where each DaemonSet stands',
      cell: (row: MatrixRow) => ({text: cells(row.glyphs), tone: toneOf(row)}),
    },
    {
      name: 'NODE',
      description: 'The nodes',
      isFlexible: true,
      cell: ({nodes}: MatrixRow) => namesOf(nodes, width),
    },
  ]
  const used = new Set(rows.flatMap(({glyphs}) => glyphs))
  const meanings = Object.entries(MEANINGS).filter(([glyph]) => used.has(glyph))
  const legend = [
    {label: '', text: meaningText(meanings, width)},
    ...report.daemonSets.map(({namespace, name}, index) => ({
      label: String(index + 1),
      text: `${namespace}/${name}`,
    })),
  ]
  return [{table: {columns, rows}, paragraphs: [{lines: legend}]}]
}

/** A node that is gone stands only with the DaemonSets that left a Pod there; the others have nothing to do with it. */
function foldedRows({daemonSets}: CoverageReport): readonly MatrixRow[] {
  const byName = daemonSets.map(({nodes}) => new Map(nodes.map((node) => [node.name, glyphOf(node)])))
  const names = [...new Set(daemonSets.flatMap(({nodes}) => nodes.map(({name}) => name)))]
  const gone = new Set(
    daemonSets.flatMap(({nodes}) => nodes.filter(({state}) => state === 'NodeGone').map(({name}) => name)),
  )
  const absent = (name: string) => (gone.has(name) ? GLYPHS.Excluded : GLYPHS.Unknown)
  const patterns = Map.groupBy(names, (name) =>
    byName.map((glyphs) => glyphs.get(name) ?? absent(name)).join(' '),
  )
  return [...patterns]
    .map(([pattern, nodes]) => ({nodes, glyphs: pattern.split(' ')}))
    .toSorted((left, right) => trouble(right) - trouble(left) || right.nodes.length - left.nodes.length)
}

function glyphOf({state, updated}: CoveredNode): string {
  return state === 'Running' && updated === false ? 'r' : GLYPHS[state]
}

function trouble({glyphs}: MatrixRow): number {
  return glyphs.filter((glyph) => glyph !== 'R' && glyph !== '.').length
}

/** The first names; a terminal cuts them at its edge. Off a terminal all of thousands would be no table any more. */
function namesOf(nodes: readonly string[], width: number | undefined): string {
  const shown = nodes.slice(0, width === undefined ? 3 : 12)
  return shown.join(',') + (nodes.length > shown.length ? ',…' : '')
}

/** On a terminal a pair is never broken over two rows. */
function meaningText(meanings: readonly (readonly [string, string])[], width: number | undefined): string {
  const pair = ([glyph, meaning]: readonly [string, string]) => `${glyph} ${meaning}`
  const pairs = meanings.map(pair)
  return (width === undefined ? pairs : pairs.map((text) => text.replaceAll(' ', '\u00a0'))).join('   ')
}

const BAD = new Set(['M', 'N'])

function toneOf({glyphs}: MatrixRow): Tone | undefined {
  if (glyphs.some((glyph) => BAD.has(glyph))) return 'error'
  return glyphs.some((glyph) => glyph !== 'R' && glyph !== '.') ? 'warn' : undefined
}
