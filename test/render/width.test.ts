import {eastAsianWidth} from 'get-east-asian-width'
import {expect, test} from 'vitest'
import {characters, widthOf} from '../../src/render/width.ts'

const graphemes = new Intl.Segmenter()
const segmented = (text: string) => [...graphemes.segment(text)].map(({segment}) => segment)

/** As Markus Kuhn's wcwidth does it, which terminals follow: signs of numbers in Arabic have a column, other formats none. */
const hasNone = (character: string) =>
  /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]/u.test(character) &&
  !/[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2]/.test(character)
const widthIn = (text: string) =>
  [...text].reduce((sum, each) => sum + (hasNone(each) ? 0 : eastAsianWidth(each.codePointAt(0) ?? 0)), 0)

/** Two of the character itself, and a letter at both ends for it to join. */
const around = (code: number) => `a${String.fromCharCode(code).repeat(2)}b`

test('what is measured without looking for graphemes is measured alike, whatever the character', () => {
  // all scripts but those of East Asia
  const codes = Array.from({length: 0x3000 - 0x20}, (_, index) => index + 0x20)
  const wrong = codes.filter((code) => {
    const parts = segmented(around(code))
    return characters(around(code)).length !== parts.length || widthOf(around(code)) !== widthIn(around(code))
  })
  expect(wrong.map((code) => code.toString(16))).toEqual([])
})

test.each([
  ['e\u0301', 1],
  ['日本', 4],
  ['✔\ufe0f', 2],
  ['👩‍💻', 2],
  ['🇩🇪', 2],
  ['👍🏽', 2],
  ['हिन्दी', 5],
  ['தமிழ்', 4],
  ['ไทยคำ', 5],
  ['한국', 4],
  ['ﾊﾟ', 2],
  ['עִבְרִית', 5],
  ['မြန်မာ', 5],
  ['3/5 █░ → db-2 · …', 17],
])('%s takes %d columns', (text, width) => {
  expect(widthOf(text)).toBe(width)
})
