import {eastAsianWidth} from 'get-east-asian-width'

/** Characters that each take one column and join no other: ASCII, Latin letters, dashes, arrows, mathematics, bars and boxes. */
const PLAIN = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u22ff\u2500-\u25fc]*$/
/** Accents, and the vowels and last consonants of Korean that are written in parts, stand on what is before them. */
const COLUMNLESS =
  /[\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7ff]|(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2])\p{Cf}/u
const FLAG = /^\p{Regional_Indicator}/u
const PICTURE = /^\p{Extended_Pictographic}/u
const JOINER = '\u200d'
const TONE = /\p{Emoji_Modifier}/u
let graphemes: Intl.Segmenter | undefined

/** Columns that cleaned text takes on a terminal. Nearly every cell is plain, where that is its length. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length
  return characters(text).reduce((width, character) => width + graphemeWidth(character), 0)
}

/**
 * Terminals go by code points, whatever a reader takes for one character: a vowel sign of Tamil or Thai has a column of its own.
 * U+FE0F asks for a picture, which takes two columns whatever the character alone would take.
 */
function graphemeWidth(grapheme: string): number {
  const isPicture = PICTURE.test(grapheme)
  if (grapheme.includes('\ufe0f') || FLAG.test(grapheme) || (isPicture && grapheme.includes(JOINER))) return 2
  const parts = [...grapheme].filter((each, index) => index === 0 || !(isPicture && TONE.test(each)))
  return parts.reduce((width, each) => width + codeWidth(each), 0)
}

function codeWidth(character: string): number {
  return COLUMNLESS.test(character) ? 0 : eastAsianWidth(character.codePointAt(0) ?? 0)
}

/** What a reader takes for one character, each. */
export function characters(text: string): readonly string[] {
  if (PLAIN.test(text)) return text.split('')
  // costs as much as Node's own start: nothing but text in other scripts is worth it
  graphemes ??= new Intl.Segmenter()
  return [...graphemes.segment(text)].map(({segment}) => segment)
}

/** Text with spaces after it up to `width` columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** Text of at most `width` columns, with `…` for what is cut off. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  return `${fitting(characters(text), width - 1).join('')}…`
}

/** As many of the first parts as `width` columns hold. */
export function fitting(parts: readonly string[], width: number): readonly string[] {
  let [count, taken] = [0, 0]
  for (const part of parts) {
    taken += widthOf(part)
    if (taken > width) break
    count += 1
  }
  return parts.slice(0, count)
}

/** After these a long word is broken if that is not too early. */
const BREAK = /[/:=,-]/

/** A word in pieces of at most `width` columns. */
export function pieces(word: string, width: number): readonly string[] {
  if (widthOf(word) <= width) return [word]
  const parts = characters(word)
  const found: string[] = []
  for (let start = 0; start < parts.length; ) {
    const length = pieceLength(parts.slice(start), width)
    found.push(parts.slice(start, start + length).join(''))
    start += length
  }
  return found
}

/** At least one: a wide character in a column of one is whole, too. */
function pieceLength(parts: readonly string[], width: number): number {
  const most = Math.max(1, fitting(parts, width).length)
  if (most === parts.length) return most
  const end = parts.findLastIndex((part, index) => index < most && BREAK.test(part)) + 1
  return end > most / 2 ? end : most
}
