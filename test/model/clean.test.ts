import fc from 'fast-check'
import {expect, test} from 'vitest'
import {clean, cleanCell} from '../../src/model/clean.ts'

/** C0 but newline, DEL, C1, bidi controls, zero-width, line separators, fillers, tags, and what picks a variant. */
const DANGEROUS =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|\u034f|[\u17b4\u17b5]|[\u180b-\u180f]|[\ufe00-\ufe0e]/u

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
  ['a\u034fb', 'aU+034Fb'],
  ['\u115f\u1160\u3164\uffa0', 'U+115FU+1160U+3164U+FFA0'],
  ['a\u206a\u206fb', 'aU+206AU+206Fb'],
  ['a\u{e0100}\u{e01ef}b', 'aU+E0100U+E01EFb'],
  ['a\ufe00\ufe0fb', 'aU+FE00U+FE0Fb'],
  ['\u2800', 'U+2800'],
  ['❤️', '❤️'],
  ['❤️\ufe0f', '❤️U+FE0F'],
  ['\u0601\u0661', '\u0601\u0661'],
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

test('of all characters, those that nobody sees are shown', () => {
  const shown = (from: number, to: number) =>
    Array.from({length: to - from + 1}, (_, index) => String.fromCodePoint(from + index))
  for (const character of [...shown(0x2060, 0x206f), ...shown(0xe0000, 0xe0fff), ...shown(0xfe00, 0xfe0f)]) {
    expect(clean(`a${character}b`)).toMatch(/^aU\+[0-9A-F]{4,5}b$/)
  }
})
