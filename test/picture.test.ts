import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {stripVTControlCharacters} from 'node:util'
import {expect, test} from 'vitest'
import {runPlugin} from './run-plugin.ts'
import {terminalPicture} from './terminal-picture.ts'
import {transcript, wordsOf} from './transcript.ts'

const root = join(import.meta.dirname, '..')
const FILE = join(root, 'docs/rollout.svg')
const LINE = '$ kubectl stateful rollout -f examples/stuck-rollout.yaml --findings brief'
const columns = 100

async function screen(): Promise<string> {
  return transcript(LINE, await runPlugin(wordsOf(LINE), root, '', {columns, isColored: true}))
}

/** `UPDATE_README=1` draws it again. */
test('docs/rollout.svg is what a terminal of 100 columns shows', async () => {
  const drawn = terminalPicture(LINE.slice(2), await screen(), columns)
  if (process.env.UPDATE_README) writeFileSync(FILE, drawn)
  expect(readFileSync(FILE, 'utf8')).toBe(drawn)
})

test('every word of the screen is in the picture, at its place', async () => {
  const spans = [...readFileSync(FILE, 'utf8').matchAll(/<tspan x="([\d.]+)"[^>]*>([^<]*)</g)]
  const lines = stripVTControlCharacters(await screen())
  const words = spans.map(([, , text = '']) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>'))
  expect(words.join(' ').split(/\s+/)).toEqual(lines.trim().split(/\s+/))
  for (const line of lines.split('\n')) expect(line.length).toBeLessThanOrEqual(columns)
})

test('a picture has colours, places and no markup of a cluster', () => {
  const drawn = terminalPicture('a & b', 'a  \u001b[31m<b>\u001b[39m c\n', 10)
  expect(drawn).toContain('<title>a &amp; b</title>')
  expect(drawn).toContain(
    '<tspan x="41.2" textLength="25.2" lengthAdjust="spacingAndGlyphs" class="red">&lt;b&gt;</tspan>',
  )
  expect(drawn).toContain('<tspan x="74.8" textLength="8.4" lengthAdjust="spacingAndGlyphs">c</tspan>')
  expect(() => terminalPicture('', '\u001b[35mx', 10)).toThrow('no picture')
})
