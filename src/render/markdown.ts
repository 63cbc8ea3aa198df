import {cleanCell} from '../model/clean.ts'
import {paragraphLines} from './markdown-paragraph.ts'
import {escaped, plain} from './markdown-text.ts'
import type {Section, Table, TextOptions} from './view.ts'

/** What stands around the sections of an answer that leaves the terminal. */
export interface Surroundings {
  readonly title: string
  /** Sentences before the sections, such as when the facts were read. */
  readonly before: readonly string[]
  /** Sentences after them, such as what could not be read. */
  readonly after: readonly string[]
  /** What of the question could not be answered, in kubectl's words; a ticket goes without. */
  readonly errors?: readonly string[]
}

/** An answer for a ticket or a chat: GitHub's Markdown, which no text from a cluster can break. */
export function* markdownLines(
  sections: readonly Section<unknown>[],
  options: TextOptions,
  {title, before, after}: Surroundings,
): Generator<string> {
  yield `## ${plain(title)}`
  for (const text of before) yield* ['', plain(text)]
  for (const section of sections) yield* sectionLines(section, options)
  for (const text of after) yield* ['', plain(text)]
}

function* sectionLines(
  {head = [], table, foot = [], paragraphs}: Section<unknown>,
  options: TextOptions,
): Generator<string> {
  for (const [index, text] of head.entries()) yield* ['', (index === 0 ? '### ' : '') + spaced(text)]
  yield* tableLines(table, options)
  for (const text of foot) yield* ['', plain(text)]
  for (const paragraph of paragraphs) yield* paragraphLines(paragraph)
}

/** Parts of a heading that spaces keep apart on a terminal. */
function spaced(text: string): string {
  return plain(text.trim().replaceAll(/ {2,}/g, ' · '))
}

function* tableLines<Row>({columns, rows}: Table<Row>, {isWide}: TextOptions): Generator<string> {
  if (rows.length === 0) return
  const shown = columns.filter((column) => isWide || !column.isWide)
  yield* ['', line(shown.map(({name}) => name)), `|${'---|'.repeat(shown.length)}`]
  for (const row of rows) yield line(shown.map(({cell}) => textOf(cell(row))))
}

function textOf(cell: ReturnType<Table<never>['columns'][number]['cell']>): string {
  return cleanCell(typeof cell === 'string' ? cell : cell.text)
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => escaped(cell.trimEnd())).join(' | ')} |`
}
