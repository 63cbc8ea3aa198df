import fc from 'fast-check'
import {expect, test} from 'vitest'
import {clean, cleanCell} from '../../src/model/clean.ts'

/** C0 but newline, DEL, C1, bidi controls, zero-width, line separators, tags. */
const DANGEROUS =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u

test.for([
  ['\u001b[31mred', '^[[31mred'],
  ['a\rb', 'a\\rb'],
  ['a\tb', 'a\\tb'],
  ['bell\u0007', 'bell^G'],
  ['\u0000', '^@'],
  ['\u007f', '^?'],
  ['\u009b31m', 'U+009B31m'],
  ['safe\u202etxt.exe', 'safeU+202Etxt.exe'],
  ['a\u200bb', 'aU+200Bb'],
  ['\ufeff', 'U+FEFF'],
  ['\u2028', 'U+2028'],
  ['\u{e0041}', 'U+E0041'],
  ['two\nlines', 'two\nlines'],
  ['größe 日本 👩', 'größe 日本 👩'],
] as const)('%j becomes %j', ([text, expected]) => {
  expect(clean(text)).toBe(expected)
})

test('a cell ends at its first line break', () => {
  expect(['a\nb', 'a\r\nb', 'a\fb', '\n', 'plain', ''].map(cleanCell)).toEqual([
    'a...',
    'a...',
    'a...',
    '...',
    'plain',
    '',
  ])
})

const anyText = fc.oneof(
  fc.string({unit: 'binary'}),
  fc
    .array(fc.integer({min: 0, max: 0x2100}).map((code) => String.fromCharCode(code)))
    .map((all) => all.join('')),
)

test('nothing that a terminal obeys survives, whatever the text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(clean(text)).not.toMatch(DANGEROUS)
      expect(cleanCell(text)).not.toMatch(/\n/)
    }),
  )
})

test('cleaning twice is cleaning once, and harmless text stays as it is', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(clean(clean(text))).toBe(clean(text))
      if (/^[\x20-\x7e\n]*$/.test(text)) expect(clean(text)).toBe(text)
    }),
  )
})
