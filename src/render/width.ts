import {eastAsianWidth} from 'get-east-asian-width'

const ASCII = /^[\x20-\x7e]*$/
const COMBINING = /^\p{M}/u
const graphemes = new Intl.Segmenter()

/** Columns that cleaned text takes on a terminal. Nearly every cell is ASCII, where that is its length. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length
  let width = 0
  for (const {segment} of graphemes.segment(text)) width += graphemeWidth(segment)
  return width
}

/** U+FE0F asks for a picture, which takes two columns whatever the character alone would take. */
function graphemeWidth(grapheme: string): number {
  if (COMBINING.test(grapheme)) return 0
  return grapheme.includes('\ufe0f') ? 2 : eastAsianWidth(grapheme.codePointAt(0) ?? 0)
}

/** Text with spaces after it up to `width` columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** Text of at most `width` columns, with `…` for what is cut off. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let kept = ''
  for (const {segment} of graphemes.segment(text)) {
    if (widthOf(kept + segment) >= width) break
    kept += segment
  }
  return `${kept}…`
}
