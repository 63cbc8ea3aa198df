import type {Cursor} from './cursor.ts'
import {TemplateError} from './nodes.ts'

/** The text in quotes, whose first one is behind the cursor. */
export function quotedText(cursor: Cursor, quote: string): string {
  const inside = cursor.passed(() => {
    for (;;) {
      const character = cursor.next()
      if (character === '' || character === '\n') throw new TemplateError('unterminated quoted string')
      // as client-go does it, which takes the last backslash of an escaped one for another escape
      if (character === quote && cursor.beforeLast() !== '\\') return
    }
  })
  const text = inside.slice(0, -1)
  return text.includes('\\') ? unescaped(text, quote) : text
}

/** One escape of Go's strings: `\n`, `\x41`, `\101`, `\u00e9`, `\U0001F600`. */
const ESCAPE =
  /\\(?:([abfnrtv\\'"])|x([\da-fA-F]{2})|([0-7]{3})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))|[^\\]|\\/gsu

const SIMPLE: Readonly<Record<string, number>> = {a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11}

/** Mirrors strconv.UnquoteChar, character by character. */
function unescaped(text: string, quote: string): string {
  const bytes = [...text.matchAll(ESCAPE)].flatMap((match) => bytesOf(match, text, quote))
  return new TextDecoder().decode(new Uint8Array(bytes))
}

function bytesOf(
  [whole, simple, hex, octal, short, long]: RegExpMatchArray,
  text: string,
  quote: string,
): readonly number[] {
  const wrong = () => new TemplateError(`unquote string ${quote}${text}${quote} error invalid syntax`)
  const byte = hex === undefined ? octal && Number.parseInt(octal, 8) : Number.parseInt(hex, 16)
  if (typeof byte === 'number') {
    if (byte > 255) throw wrong()
    return [byte]
  }
  if (short ?? long) return utf8(scalar(Number.parseInt(short ?? long ?? '', 16), wrong))
  if (simple === undefined && (whole === '\\' || whole === quote)) throw wrong()
  // the other kind of quote is not escaped
  if ((simple === '"' || simple === "'") && simple !== quote) throw wrong()
  const code = simple === undefined ? undefined : SIMPLE[simple]
  return code === undefined ? utf8(simple ?? whole) : [code]
}

function scalar(code: number, wrong: () => Error): string {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw wrong()
  return String.fromCodePoint(code)
}

function utf8(text: string): readonly number[] {
  return [...new TextEncoder().encode(text)]
}
