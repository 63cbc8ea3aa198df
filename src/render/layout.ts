import {NONE, UNKNOWN} from './human.ts'
import {fitted, lineWidth, type Placed} from './rooms.ts'
import {cellOf} from './rows.ts'
import {nameIn, sharedEnds, shortName} from './short.ts'
import type {Column, Table, TextOptions} from './view.ts'
import {widthOf} from './width.ts'

interface Measured<Row> extends Placed<Row> {
  /** All its cells are `<none>`. */
  readonly saysNothing: boolean
}

/** Columns that are shown, as wide as they need; on a terminal as wide as there is room for, and those that say nothing first to go. */
export function layoutOf<Row>(
  {columns, rows}: Table<Row>,
  {width, isWide, hasHeaders}: TextOptions,
): readonly Placed<Row>[] {
  const measured = columns
    .filter((column) => isWide || !column.isWide)
    .map((column) => measure(column, textsOf(rows, column), hasHeaders))
  if (width === undefined || isWide || lineWidth(measured) <= width) return measured
  const telling = measured.filter(({saysNothing}) => !saysNothing)
  return fitted(telling.length > 0 ? telling : measured, width).map((place) =>
    place.column.shorten ? snug(place, textsOf(rows, place.column), hasHeaders) : place,
  )
}

/** No wider than its short names are. */
function snug<Row>(place: Placed<Row>, texts: Iterable<string>, hasHeaders: boolean): Placed<Row> {
  let width = hasHeaders ? Math.min(place.width, widthOf(place.column.name)) : 0
  for (const text of texts) width = Math.max(width, widthOf(shortName(text, place.room, place.ends)))
  return {...place, width}
}

function* textsOf<Row>(rows: readonly Row[], column: Column<Row>): Generator<string> {
  for (const row of rows) yield cellOf(column, row).text
}

function measure<Row>(column: Column<Row>, texts: Iterable<string>, hasHeaders: boolean): Measured<Row> {
  let width = hasHeaders ? widthOf(column.name) : 0
  let saysNothing = true
  const shared = sharedEnds()
  for (const text of texts) {
    width = Math.max(width, widthOf(text))
    saysNothing &&= text === NONE
    if (column.shorten && text !== NONE && text !== UNKNOWN && text !== '') shared.add(nameIn(text))
  }
  return {column, width, room: width, saysNothing, ends: shared.ends()}
}
