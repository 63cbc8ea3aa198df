import {cleanCell} from '../model/clean.ts'
import {labelledLines} from './lines.ts'
import {tableLines} from './table.ts'
import type {Section, TextOptions} from './view.ts'

/** Sections as lines of text, an empty line between parts. */
export function* textLines<Row>(sections: readonly Section<Row>[], options: TextOptions): Generator<string> {
  let isFirst = true
  for (const {table, paragraphs} of sections) {
    if (!isFirst && table.rows.length > 0) yield ''
    isFirst &&= table.rows.length === 0
    yield* tableLines(table, options)
    for (const paragraph of paragraphs) {
      yield ''
      if (paragraph.title !== undefined) yield cleanCell(paragraph.title)
      yield* labelledLines(paragraph.lines, options)
    }
  }
}
