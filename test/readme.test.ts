import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {cutAs, documents, read, root, type Shown, transcriptsIn, withTranscripts} from './documents.ts'
import {runUsage} from './readme-usage.ts'
import {runPlugin} from './run-plugin.ts'
import {transcript, wordsOf} from './transcript.ts'

const readme = read('README.md')
const columns = 100
const told = documents.map((document) => ({document, shown: transcriptsIn(document)}))

async function printed({fence, text}: Shown): Promise<string> {
  const [line = ''] = text.split('\n')
  const terminal = fence === 'console' ? {columns} : undefined
  const ran = line === USAGE ? runUsage() : runPlugin(wordsOf(line), root, '', terminal)
  return cutAs(text, transcript(line, await ran))
}

/** The one that no file can answer. */
const USAGE = '$ kubectl stateful map sts/db -n shop --usage'

test('the README and docs/ show transcripts of every command that answers', () => {
  const lines = told.flatMap(({shown}) => shown.map(({text}) => wordsOf(text.split('\n')[0] ?? '')[0]))
  expect(lines.length).toBeGreaterThanOrEqual(20)
  const commands = ['coverage', 'explain', 'leftovers', 'map', 'rollout', 'status', 'what-if', 'why']
  expect([...new Set(lines)].toSorted()).toEqual(commands)
})

test.each(documents)('no transcript of %s stands where it is not compared', (document) => {
  expect(read(document).match(/^ +\$ kubectl stateful .*$/gm) ?? []).toEqual([])
})

/** `UPDATE_README=1 npx vitest run test/readme.test.ts` writes what the commands print today; what was cut is then to be cut again. */
describe.each(told.filter(({shown}) => shown.length > 0))('$document', ({document, shown}) => {
  test('every transcript is what the command prints', async () => {
    const texts = await Promise.all(shown.map(printed))
    if (process.env.UPDATE_README) writeFileSync(join(root, document), withTranscripts(document, texts))
    else expect(shown.map(({text}) => text)).toEqual(texts)
  })
})

test('`...` stands for one line or more, and for no other line', () => {
  expect(cutAs('$ a\n...\nc\n', '$ a\nb\nc\n')).toBe('$ a\n...\nc\n')
  expect(cutAs('$ a\n...\nc\n', '$ a\nc\n')).toBe('$ a\nc\n')
  expect(cutAs('$ a\n...\n', '$ a\nb\nc\n')).toBe('$ a\n...\n')
  expect(cutAs('$ a\n...\nc\n', '$ a\nb\nd\n')).toBe('$ a\nb\nd\n')
  expect(cutAs('$ a\nb\n', '$ a\nb\nc\n')).toBe('$ a\nb\nc\n')
})

test('the README is short, and what it shows fits a narrow window', () => {
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(150)
  const blocks = readme.split(/^```.*$/m).filter((_, index) => index % 2 === 1)
  expect(blocks.length).toBeGreaterThanOrEqual(6)
  expect(blocks.flatMap((block) => block.split('\n')).filter((line) => line.length > columns)).toEqual([])
})

test('the two commands at the top are scripts of package.json', () => {
  const {scripts} = JSON.parse(read('package.json'))
  const commands = readme.match(/^ {4}npm ci && npm .*$/gm)?.slice(0, 2)
  expect(commands).toEqual(['    npm ci && npm run example', '    npm ci && npm test'])
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['example', 'test']))
})
