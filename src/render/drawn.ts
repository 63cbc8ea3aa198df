import Table from 'cli-table3'
import {coloredCell} from './color.ts'
import {GAP} from './rooms.ts'
import type {Cell, Drawing} from './view.ts'
import {pieces, widthOf} from './width.ts'

/** Rows at a time: cli-table3 compares each row with all others. */
const BATCH = 20

const SIDES = ['top', 'bottom', 'left', 'right'] as const
const CORNERS = ['top-mid', 'top-left', 'top-right', 'bottom-mid', 'bottom-left', 'bottom-right'] as const
const INNER = ['left-mid', 'mid', 'mid-mid', 'right-mid', 'middle'] as const
/** kubectl's tables have no lines. */
const BARE = Object.fromEntries([...SIDES, ...CORNERS, ...INNER].map((name) => [name, '']))

/** A table as cli-table3 draws it, whose widths are known beforehand, so that it needs to see only some rows at a time. */
export function* drawn({rows, ...drawing}: Drawing): Generator<string> {
  let batch: (readonly Cell[])[] = []
  for (const row of rows) {
    batch.push(row)
    if (batch.length < BATCH) continue
    yield* drawnBatch(batch, drawing)
    batch = []
  }
  if (batch.length > 0) yield* drawnBatch(batch, drawing)
}

type Style = Omit<Drawing, 'rows'>

function drawnBatch(rows: readonly (readonly Cell[])[], style: Style): readonly string[] {
  const {measures} = style
  const table = new Table({
    chars: BARE,
    style: {'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true},
    // the last one has no gap on the screen, and is given one here
    colWidths: measures.map((measure, index) => (index === measures.length - 1 ? measure + GAP : measure)),
  })
  for (const row of rows) table.push(row.map((cell, index) => content(cell, index, style)))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
}

/** Each word has its colour to itself: cli-table3 forgets some of them where it breaks a line. */
function content(cell: Cell, index: number, {measures, wraps, isColored}: Style) {
  const measure = measures[index] ?? 0
  const room = index === measures.length - 1 ? measure : measure - GAP
  if (!wraps[index] || widthOf(cell.text) <= room) return coloredCell(cell, isColored)
  const words = cell.text.split(' ').map((text) =>
    pieces(text, room)
      .map((piece) => coloredCell({...cell, text: piece}, isColored))
      .join('\n'),
  )
  return {content: words.join(' '), wordWrap: true}
}
