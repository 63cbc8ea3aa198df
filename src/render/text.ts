import {cleanCell} from '../model/clean.ts'
import {labelledLines} from './lines.ts'
import {tableLines} from './table.ts'
import type {Section, TextOptions} from './view.ts'

/** Sections as lines of text, an empty line between parts. */
export function* textLines<Row>(sections: readonly Section<Row>[], options: TextOptions): Generator<string> {
  for (const [index, {table, paragraphs}] of sections.entries()) {
    if (index > 0) yield ''
    yield* tableLines(table, options)
    for (const paragraph of paragraphs) {
      yield ''
      if (paragraph.title !== undefined) yield cleanCell(paragraph.title)
      yield* labelledLines(paragraph.lines, options)
    }
  }
}
