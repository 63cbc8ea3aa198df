import {cleanCell} from '../model/clean.ts'
import {type Block, linesIn} from './blocks.ts'
import {coloredCell} from './color.ts'
import {layoutOf} from './layout.ts'
import {measureOf} from './rooms.ts'
import {cellRows, groups, withHeader, wraps} from './rows.ts'
import type {Cell, Drawing, Table, TextOptions} from './view.ts'
import {cut, widthOf} from './width.ts'

/**
 * A table in kubectl's style, line by line: one pass measures, the next one writes, so that a table of any
 * length is on its way at once and is never held as text.
 */
export function tableLines<Row>(table: Table<Row>, options: TextOptions): Generator<string> {
  return linesIn(tableBlocks(table, options))
}

/** The same, measured, and written out when somebody looks. */
export function* tableBlocks<Row>(table: Table<Row>, options: TextOptions): Generator<Block> {
  if (table.rows.length === 0) return
  const placed = layoutOf(table, options)
  const drawing = {
    measures: placed.map(({width}, index) => measureOf(width, index === placed.length - 1)),
    wraps: placed.map(({column}) => wraps(column, options)),
    isColored: options.isColored,
  }
  const draw = (rows: Iterable<readonly Cell[]>) => (options.draw ?? written)({...drawing, rows})
  const blocks = (rows: readonly Row[]): Iterable<Block> => {
    if (drawing.wraps.some(Boolean)) return draw(cellRows(rows, placed, options))
    return [
      {count: rows.length, lines: (start, end) => draw(cellRows(rows.slice(start, end), placed, options))},
    ]
  }
  yield* draw(withHeader([], placed, options))
  if (!table.titleOf || options.width === undefined) {
    yield* blocks(table.rows)
    return
  }
  for (const [title, rows] of groups(table.rows, table.titleOf)) {
    yield coloredCell({text: cut(cleanCell(title), options.width), tone: 'strong'}, options.isColored)
    yield* blocks(rows)
  }
}

/** Each row as one line: what a pipe gets. */
function* written({rows, measures, isColored}: Drawing): Generator<string> {
  const last = measures.length - 1
  for (const cells of rows)
    yield cells
      .map((cell, index) => {
        const gap = index === last ? 0 : (measures[index] ?? 0) - widthOf(cell.text)
        return coloredCell(cell, isColored) + ' '.repeat(Math.max(0, gap))
      })
      .join('')
}
