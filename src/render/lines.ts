import {clean} from '../model/clean.ts'
import {colored} from './color.ts'
import {withLink} from './links.ts'
import type {Line, TextOptions} from './view.ts'
import {cut, padded, widthOf} from './width.ts'

export const LABEL_WIDTH = 10
/** Pieces shorter than this say nothing: such a word stays whole on any terminal. */
const LEAST_PIECE = 20
const graphemes = new Intl.Segmenter()

/** Labelled lines as text; on a terminal sentences are wrapped under themselves, commands never. */
export function* labelledLines(lines: readonly Line[], options: TextOptions): Generator<string> {
  for (const line of lines) yield* labelled(line, options)
}

function* labelled(line: Line, {isColored, width, pageOf}: TextOptions): Generator<string> {
  const text = clean(line.text.replaceAll(/\s*[\r\n]+\s*/g, ' '))
  const room = width === undefined || line.isCommand ? Number.POSITIVE_INFINITY : width - LABEL_WIDTH
  const rows = line.isOneRow ? [oneRow(text, line.tag, room)] : withTag(hung(text, room), line.tag, room)
  for (const [index, row] of rows.entries()) {
    const label = padded(index === 0 ? line.label : '', LABEL_WIDTH)
    const whole = `${colored(label, line.tone, isColored)}${colored(row, line.textTone, isColored)}`.trimEnd()
    yield index === rows.length - 1 ? withLink(whole, line.tag, pageOf) : whole
  }
}

/** The text gives way to the tag. */
function oneRow(text: string, tag = '', room: number): string {
  const [row = ''] = withTag([cut(text, room - (tag === '' ? 0 : tag.length + 3))], tag || undefined, room)
  return row
}

/** The tag ends the last row if it fits there, else it has a row of its own. */
function withTag(rows: readonly string[], tag: string | undefined, room: number): readonly string[] {
  if (tag === undefined) return rows
  const last = rows.at(-1) ?? ''
  if (widthOf(last) + 3 + tag.length > room) return [...rows, tag.padStart(room)]
  const gap = Number.isFinite(room) ? room - widthOf(last) - tag.length : 3
  return [...rows.slice(0, -1), `${last}${' '.repeat(gap)}${tag}`]
}

/** A numbered way goes on under its text, not under its number. */
function hung(text: string, room: number): readonly string[] {
  const [number] = text.match(/^\d+\. /) ?? ['']
  const [first = '', ...rest] = wrap(text.slice(number.length), room - number.length)
  return [number + first, ...rest.map((row) => ' '.repeat(number.length) + row)]
}

/** Rows of at most `room` columns, broken at spaces, and a word that is longer than a row where it has to be. */
export function wrap(text: string, room: number): readonly string[] {
  const rows: string[] = []
  for (const word of text.split(' ')) {
    const row = rows.at(-1)
    if (row !== undefined && widthOf(row) + 1 + widthOf(word) <= room)
      rows[rows.length - 1] = `${row} ${word}`
    else rows.push(...pieces(word, room))
  }
  return rows
}

/** A word as it is, or in pieces of `room` columns. */
function pieces(word: string, room: number): readonly string[] {
  if (widthOf(word) <= Math.max(room, LEAST_PIECE)) return [word]
  const rows: string[] = ['']
  for (const {segment} of graphemes.segment(word)) {
    const row = rows.at(-1) ?? ''
    if (widthOf(row + segment) <= room) rows[rows.length - 1] = row + segment
    else rows.push(segment)
  }
  return rows
}
