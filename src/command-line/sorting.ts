import {AnswerError} from '../cluster/errors.ts'
import {quantity} from '../model/quantity.ts'
import {fieldFinder, relaxed} from '../render/jsonpath/field-path.ts'
import {TemplateError} from '../render/jsonpath/nodes.ts'
import {compareTexts, typeName} from '../render/jsonpath/values.ts'
import type {Section} from '../render/view.ts'
import type {RowSource} from './row-source.ts'
import {rowOf} from './rows.ts'
import {told} from './template-errors.ts'

/** Brings rows into the order of a field of theirs. */
export interface Sorter {
  /** @throws AnswerError where no row has such a field */
  readonly check: (rows: readonly object[], what: string) => void
  /** In their order, those first that have no such field; equal ones as they were. @throws AnswerError */
  readonly sorted: <T>(all: readonly T[], rowOf: (each: T) => object) => readonly T[]
  readonly sortedSection: <Report>(section: Section<unknown>, source: RowSource<Report>) => Section<unknown>
  /** The report with its innermost lists sorted, each for itself. */
  readonly sortedLists: <Report>(report: Report, source: RowSource<Report>) => Report
}

/** Sorter by a field as kubectl's `--sort-by` takes it. @throws AnswerError for what is no path */
export function sorterOf(path: string): Sorter {
  const field = told(() => relaxed(path))
  const find = told(() => fieldFinder(field))
  const keyOf = (row: object) => told(() => find(row)[0]?.[0])
  const sorted: Sorter['sorted'] = (all, rowOf) => {
    const keyed = all.map((each) => ({each, key: keyOf(rowOf(each))}))
    return told(() => keyed.toSorted((left, right) => compare(left.key, right.key, field))).map(
      ({each}) => each,
    )
  }
  return {
    sorted,
    check: (rows, what) => {
      if (rows.length > 1 && rows.every((row) => keyOf(row) === undefined))
        throw new AnswerError(
          `error: couldn't find any field with path ${JSON.stringify(field)} in the list of objects\n(a row is ${what}; its fields are those of -o json)`,
        )
    },
    sortedSection: (section, source) => {
      const {table} = section
      const rows = table.rows as readonly object[]
      const items = new Map(rows.map((row) => [row, source.behind(row)]))
      if ([...items.values()].some((item) => !item)) return section
      const itemOf = (row: object) => rowOf(items.get(row) ?? {item: {}}, source)
      return {...section, table: {...table, rows: sorted(rows, itemOf)}}
    },
    sortedLists: (report, source) => {
      const [outer, inner] = source.lists
      const lists = report as Readonly<Record<string, readonly object[]>>
      const items = lists[outer] ?? []
      if (inner === undefined) return {...report, [outer]: sorted(items, (item) => item)}
      const parents = items.map((parent) => {
        const own = (parent as typeof lists)[inner] ?? []
        return {...parent, [inner]: sorted(own, (item) => rowOf({item, parent}, source))}
      })
      return {...report, [outer]: parents}
    },
  }
}

/** As kubectl's sorter (pkg/cmd/get/sorter.go, 1.37): what is missing first; texts that are both quantities by their amount. */
function compare(left: unknown, right: unknown, field: string): number {
  const [isLess, isMore] = [left ?? null, right ?? null].map((value) => value === null)
  if (isLess || isMore) return Number(isMore) - Number(isLess)
  if (typeof left === 'number' && typeof right === 'number' && typeName(left) === typeName(right))
    return left - right
  if (typeof left === 'string' && typeof right === 'string') return compareStrings(left, right)
  const odd = [left, right].find((value) => typeof value !== 'number' && typeof value !== 'string')
  throw new TemplateError(
    `Field ${field} is an unsortable type: ${odd === undefined ? `${typeName(left)} and ${typeName(right)}` : typeName(odd)}`,
  )
}

function compareStrings(left: string, right: string): number {
  const [first, second] = [quantity(left), quantity(right)]
  return first === undefined || second === undefined ? compareTexts(left, right) : first - second
}
