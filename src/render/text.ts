import {cleanCell} from '../model/clean.ts'
import {type Block, linesIn} from './blocks.ts'
import {labelledLines} from './lines.ts'
import {tableBlocks} from './table.ts'
import type {Section, TextOptions} from './view.ts'

/** Sections as lines of text, an empty line between parts; for programs that count, nothing but rows. */
export function textLines<Row>(sections: readonly Section<Row>[], options: TextOptions): Generator<string> {
  return linesIn(textBlocks(sections, options))
}

/** The same, of which the rows of tables are written out when somebody looks. */
export function* textBlocks<Row>(sections: readonly Section<Row>[], options: TextOptions): Generator<Block> {
  if (!options.hasHeaders && options.width === undefined) {
    for (const {table} of sections) yield* tableBlocks(table, options)
    return
  }
  let isFirst = true
  for (const {head = [], table, foot = [], paragraphs} of sections) {
    if (!isFirst && head.length > 0) yield ''
    isFirst &&= head.length === 0
    yield* head
    if (!isFirst && table.rows.length > 0) yield ''
    isFirst &&= table.rows.length === 0
    yield* tableBlocks(table, options)
    yield* foot
    for (const paragraph of paragraphs) {
      if (!isFirst) yield ''
      isFirst = false
      if (paragraph.title !== undefined) yield cleanCell(paragraph.title)
      yield* labelledLines(paragraph.lines, options)
    }
  }
}
