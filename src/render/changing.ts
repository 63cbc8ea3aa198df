import {measureOf} from './rooms.ts'
import {cellOf} from './rows.ts'
import type {Column} from './view.ts'
import {widthOf} from './width.ts'

/** Lines of one workload, as cells, by what each is about. One that has not changed is the same part as before. */
export interface ChangingPart {
  readonly lines: ReadonlyMap<string, readonly string[]>
  /** What each column takes. */
  readonly widths: readonly number[]
}

/** All lines that may change while somebody watches, by what they are about; they are written out when somebody looks. */
export interface Changing extends ReadonlyMap<string, string> {
  readonly parts: readonly ChangingPart[]
  readonly write: (cells: readonly string[]) => string
}

/** Lines of a table without times; `keyOf` says what a row is about. */
export function tablePart<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  cellsOf: (row: Row, columns: readonly Column<Row>[]) => readonly string[] = cellTexts,
): ChangingPart {
  const narrow = columns.filter(({isWide}) => !isWide)
  const lines = new Map(rows.map((row) => [keyOf(row), cellsOf(row, narrow)]))
  const widths = narrow.map((_, index) => Math.max(0, ...lengths(lines.values(), index)))
  return {lines, widths}
}

export function cellTexts<Row>(row: Row, columns: readonly Column<Row>[]): readonly string[] {
  return columns.map((column) => cellOf(column, row).text)
}

function* lengths(lines: Iterable<readonly string[]>, index: number): Generator<number> {
  for (const cells of lines) yield widthOf(cells[index] ?? '')
}

/** Part of each workload: that of the answer before where the workload is the same object, and what may not be read is the same. */
export function rememberedParts<
  Report extends {readonly omissions: readonly {readonly resource: string}[]},
  W extends object,
>(partOf: (workload: W, report: Report) => ChangingPart): (workload: W, report: Report) => ChangingPart {
  const known = new WeakMap<W, {readonly unseen: string; readonly part: ChangingPart}>()
  return (workload, report) => {
    const unseen = report.omissions.map(({resource}) => resource).join()
    const before = known.get(workload)
    if (before?.unseen === unseen) return before.part
    const part = partOf(workload, report)
    known.set(workload, {unseen, part})
    return part
  }
}

/** All lines, one under the other as in one table. */
export function changingOf(parts: readonly ChangingPart[]): Changing {
  const columns = Math.max(0, ...parts.map(({widths}) => widths.length))
  const measures = Array.from({length: columns}, (_, index) => {
    let width = 0
    for (const {widths} of parts) width = Math.max(width, widths[index] ?? 0)
    return measureOf(width, index === columns - 1)
  })
  return new WrittenLater(parts, measures)
}

function gapAfter(text: string, index: number, measures: readonly number[]): number {
  return index === measures.length - 1 ? 0 : Math.max(0, (measures[index] ?? 0) - widthOf(text))
}

type Lines = ReadonlyMap<string, string>

interface Cells extends Pick<Changing, 'write'> {
  readonly cells: ReadonlyMap<string, readonly string[]>
}

/** Lines of two answers that differ: those of what is gone, and those that are new or other than before. */
export function changed(
  before: Lines,
  after: Lines,
  isSame: (one: string, other: string) => boolean,
): {readonly gone: readonly string[]; readonly come: readonly string[]} {
  const [had, has] = [beyond(before, after), beyond(after, before)]
  const come = [...has.cells].filter(([key, cells]) => {
    const known = had.cells.get(key)
    if (known === cells) return false
    return known === undefined || !isSame(had.write(known), has.write(cells))
  })
  const gone = [...had.cells].filter(([key]) => !has.cells.has(key))
  return {gone: gone.map(([, cells]) => had.write(cells)), come: come.map(([, cells]) => has.write(cells))}
}

/** Lines of one answer, to be written out on demand, without the parts that the other one has as well. */
function beyond(one: Lines, other: Lines): Cells {
  if (!isChanging(one) || !isChanging(other)) {
    return {cells: new Map([...one].map(([key, line]) => [key, [line]])), write: ([line = '']) => line}
  }
  const known = new Set(other.parts)
  const cells = joined(one.parts.filter((part) => !known.has(part)))
  return {cells, write: (each) => one.write(each)}
}

function isChanging(lines: Lines): lines is Changing {
  return lines instanceof WrittenLater
}

function joined(parts: readonly ChangingPart[]): ReadonlyMap<string, readonly string[]> {
  return new Map(parts.flatMap(({lines}) => [...lines]))
}

class WrittenLater implements Changing {
  readonly #parts: readonly ChangingPart[]
  readonly #measures: readonly number[]
  #written: ReadonlyMap<string, string> | undefined

  constructor(parts: readonly ChangingPart[], measures: readonly number[]) {
    this.#parts = parts
    this.#measures = measures
  }

  get parts(): readonly ChangingPart[] {
    return this.#parts
  }

  write(cells: readonly string[]): string {
    const padded = cells.map((text, index) => text + ' '.repeat(gapAfter(text, index, this.#measures)))
    return padded.join('')
  }

  get #lines(): ReadonlyMap<string, string> {
    this.#written ??= new Map([...joined(this.parts)].map(([key, cells]) => [key, this.write(cells)]))
    return this.#written
  }

  get size(): number {
    return this.#lines.size
  }

  get(key: string): string | undefined {
    return this.#lines.get(key)
  }

  has(key: string): boolean {
    return this.#lines.has(key)
  }

  keys(): MapIterator<string> {
    return this.#lines.keys()
  }

  values(): MapIterator<string> {
    return this.#lines.values()
  }

  entries(): MapIterator<[string, string]> {
    return this.#lines.entries()
  }

  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries()
  }

  forEach(tell: (value: string, key: string, map: ReadonlyMap<string, string>) => void): void {
    this.#lines.forEach(tell)
  }
}
