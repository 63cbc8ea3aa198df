import {NONE} from '../human.ts'
import {cellOf} from '../rows.ts'
import type {Cell, Column, Table} from '../view.ts'
import {classOf, shadeOf} from './cells.ts'
import {EMPTY, html, type Markup} from './markup.ts'

/** So many rows are one table: a browser lays out only those that somebody looks at. */
const BATCH = 200

/** A table under real headers; a column that says nothing of any row is left out. */
export function* tablePart<Row>({columns, rows}: Table<Row>, caption: string): Generator<Markup> {
  const shown = columns.filter(
    (column) => !column.isWide && rows.some((row) => isTelling(cellOf(column, row))),
  )
  if (shown.length === 0) return
  for (let start = 0; start < rows.length; start += BATCH) {
    const isFirst = start === 0
    yield html`<div class="part scroll"><table>${isFirst ? html`<caption>${caption}</caption>` : EMPTY}<thead><tr>`
    for (const {name, description} of shown) yield html`<th scope="col" title="${description}">${name}</th>`
    yield html`</tr></thead><tbody>`
    for (const row of rows.slice(start, start + BATCH)) yield* rowPieces(row, shown)
    yield html`</tbody></table></div>`
  }
}

function isTelling({text}: Cell): boolean {
  return text !== NONE
}

/** A time or a name that is not broken over two lines. */
const SHORT = 24

function* rowPieces<Row>(row: Row, columns: readonly Column<Row>[]): Generator<Markup> {
  for (const [index, column] of columns.entries()) {
    const {text, tone} = cellOf(column, row)
    const shade = classOf(shadeOf(tone))
    const [open, close] = [index === 0, index === columns.length - 1]
    const short = text.length > SHORT ? EMPTY : html` class="short"`
    const cell = open ? html`<tr><th scope="row"${short}>${text}</th>` : html`<td${shade}>${text}</td>`
    yield html`${cell}${close ? html`</tr>` : EMPTY}`
  }
}
