import {cleanCell, cleanLine, cleanWhole} from '../model/clean.ts'
import {colored} from './color.ts'
import {withLink} from './links.ts'
import type {Line, TextOptions} from './view.ts'
import {characters, cut, padded, widthOf} from './width.ts'

export const LABEL_WIDTH = 10
/** Pieces shorter than this say nothing: such a word stays whole on any terminal. */
const LEAST_PIECE = 20

/** Labelled lines as text; on a terminal sentences are wrapped under themselves, commands never. */
export function* labelledLines(lines: readonly Line[], options: TextOptions): Generator<string> {
  for (const line of lines) yield* labelled(line, options)
}

function* labelled(line: Line, {isColored, width, pageOf}: TextOptions): Generator<string> {
  const text = line.isCommand ? cleanWhole(line.text) : cleanLine(line.text)
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

/** No row of a sentence begins like a command, whatever name stands in it: those have rows of their own. */
const UNBROKEN = / (?!kubectl )/

/** Rows of at most `room` columns, broken at spaces, and a word that is longer than a row where it has to be. */
export function wrap(text: string, room: number): readonly string[] {
  if (widthOf(text) <= room) return [text]
  const rows: string[] = []
  let taken = room
  for (const word of text.split(UNBROKEN)) {
    const width = widthOf(word)
    if (rows.length > 0 && taken + 1 + width <= room) {
      rows[rows.length - 1] += ` ${word}`
      taken += 1 + width
      continue
    }
    for (const piece of pieces(word, room)) rows.push(piece)
    taken = widthOf(rows.at(-1) ?? '')
  }
  return rows
}

/** A sentence without a label, cleaned; on a terminal in as many rows as it takes. */
export function wrapped(text: string, {width}: Pick<TextOptions, 'width'>): readonly string[] {
  const clean = cleanCell(text)
  return width === undefined ? [clean] : wrap(clean, width)
}

/** A word as it is, or in pieces of `room` columns. */
function pieces(word: string, room: number): readonly string[] {
  if (widthOf(word) <= Math.max(room, LEAST_PIECE)) return [word]
  const rows: string[] = ['']
  let taken = 0
  for (const character of characters(word)) {
    const width = widthOf(character)
    if (taken + width > room) rows.push('')
    taken = taken + width > room ? width : taken + width
    rows[rows.length - 1] += character
  }
  return rows
}
