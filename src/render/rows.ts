import {cleanCell} from '../model/clean.ts'
import type {Placed} from './rooms.ts'
import {shortName} from './short.ts'
import type {Cell, Column, TextOptions} from './view.ts'
import {cut, widthOf} from './width.ts'

/** Neighbours that share a title. */
export function* groups<Row>(
  rows: readonly Row[],
  titleOf: (row: Row) => string,
): Generator<readonly [string, readonly Row[]]> {
  let title = ''
  let group: Row[] = []
  for (const row of rows) {
    const next = titleOf(row)
    if (group.length > 0 && next !== title) {
      yield [title, group]
      group = []
    }
    title = next
    group.push(row)
  }
  yield [title, group]
}

/** Whether its cells are wrapped. */
export function wraps<Row>({wraps = false}: Column<Row>, {draw, isWide}: TextOptions): boolean {
  return wraps && draw !== undefined && !isWide
}

/** Rows of cells under the names of their columns. */
export function* withHeader<Row>(
  rows: Iterable<readonly Cell[]>,
  placed: readonly Placed<Row>[],
  {hasHeaders}: TextOptions,
): Generator<readonly Cell[]> {
  if (hasHeaders) yield placed.map(({column, width}) => ({text: cut(column.name, width)}))
  yield* rows
}

/** Rows of cells, as short as their columns want them. */
export function* cellRows<Row>(
  rows: readonly Row[],
  placed: readonly Placed<Row>[],
  options: TextOptions,
): Generator<readonly Cell[]> {
  for (const row of rows)
    yield placed.map((place) => {
      const cell = cellOf(place.column, row)
      const isWrapped = wraps(place.column, options) && !cell.isBrief
      const isWhole = isWrapped || widthOf(cell.text) <= place.width
      return isWhole ? cell : shortened(cell, place)
    })
}

/** A cell that a terminal can be trusted with. */
export function cellOf<Row>(column: Column<Row>, row: Row): Cell {
  const cell = column.cell(row)
  return typeof cell === 'string' ? {text: cleanCell(cell)} : {...cell, text: cleanCell(cell.text)}
}

function shortened<Row>(cell: Cell, {column, width, room, ends}: Placed<Row>): Cell {
  const {text} = cell
  return {...cell, text: column.shorten === 'middle' ? shortName(text, room, ends) : cut(text, width)}
}
