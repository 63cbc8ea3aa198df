import type {Ends} from './short.ts'
import type {Column} from './view.ts'

/** kubectl's tabwriter: a cell with its gap is at least this wide (cli-runtime printers, 1.37). */
const LEAST = 6
/** Spaces between two columns. */
export const GAP = 3

/** How narrow a column may get: with ease, where that spares another column, and as far as it still says something. */
const EASY = {wrapped: 40, cut: 24, name: 20}
const TIGHT = {wrapped: 20, cut: 24, name: 10}

/** A column that is shown, and how many columns of the screen its cells take. */
export interface Placed<Row> {
  readonly column: Column<Row>
  readonly width: number
  /** To how many its names are shortened. */
  readonly room: number
  /** What all its names have in common. */
  readonly ends: Ends
}

type Least = (column: Column<never>, width: number) => number

/** A cell with its gap; the last one has none. */
export function measureOf(width: number, isLast: boolean): number {
  return isLast ? width : Math.max(LEAST, width + GAP)
}

/** Columns of the screen that a line takes. */
export function lineWidth(placed: readonly {readonly width: number}[]): number {
  return placed.reduce((sum, {width}, index) => sum + measureOf(width, index === placed.length - 1), 0)
}

/** Columns for which there is room on a line of `width`, the most important first; they are narrowed, the widest first. */
export function fitted<Row>(placed: readonly Placed<Row>[], width: number): readonly Placed<Row>[] {
  const kept = important(placed, width)
  for (const least of [leastOf(EASY), leastOf({...TIGHT, name: EASY.name}), leastOf(TIGHT), () => 1]) {
    const narrow = narrowed(kept, least, width)
    if (lineWidth(narrow) <= width) return narrow
  }
  return kept.length > 1 ? fitted(kept.slice(0, -1), width) : kept
}

function leastOf({wrapped, cut, name}: typeof EASY): Least {
  return ({isFlexible, wraps, shorten}, width) => {
    if (wraps) return Math.min(width, wrapped)
    if (isFlexible) return Math.min(width, cut)
    return shorten ? Math.min(width, name) : width
  }
}

/** The last column to yield matters more than what names begin with; for the others names are not spoilt. */
const MATTERS = 1

/** Columns that never yield, and of the others as many as fit, those that yield last first. */
function important<Row>(placed: readonly Placed<Row>[], width: number): readonly Placed<Row>[] {
  const ranks = new Set(placed.map(({column}) => column.yields ?? 0))
  let kept: readonly Placed<Row>[] = []
  const easy = leastOf(EASY)
  const tight = leastOf(TIGHT)
  for (const rank of [...ranks].toSorted((left, right) => left - right)) {
    const more = placed.filter((each) => kept.includes(each) || (each.column.yields ?? 0) === rank)
    const least = rank > MATTERS ? easy : tight
    const needed = lineWidth(more.map((each) => ({width: least(each.column, each.width)})))
    if (rank === 0 || needed <= width) kept = more
  }
  return kept.length > 0 ? kept : placed
}

function narrowed<Row>(placed: readonly Placed<Row>[], least: Least, width: number): readonly Placed<Row>[] {
  const widths = placed.map((each) => Math.min(each.width, Math.max(width, least(each.column, each.width))))
  const floors = placed.map((each) => least(each.column, each.width))
  const now = () => placed.map((each, index) => placeOf(each, widths[index] ?? 0))
  while (lineWidth(now()) > width) {
    const spare = widths.map((each, index) => (each > (floors[index] ?? 0) ? each : 0))
    const widest = spare.indexOf(Math.max(...spare))
    if (!spare[widest]) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return now()
}

function placeOf<Row>(place: Placed<Row>, width: number): Placed<Row> {
  return {...place, width, room: width}
}
