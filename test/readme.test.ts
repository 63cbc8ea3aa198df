import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {runPlugin} from './run-plugin.ts'
import {transcript, wordsOf} from './transcript.ts'

const root = join(import.meta.dirname, '..')
const readme = join(root, 'README.md')
const text = readFileSync(readme, 'utf8')
const BLOCK = /(?<=\n```\n)\$ kubectl stateful [\s\S]*?(?=```)/g
const blocks = text.match(BLOCK) ?? []

test('the README shows transcripts', () => {
  expect(blocks.length).toBeGreaterThanOrEqual(5)
})

/** `UPDATE_README=1 npx vitest run test/readme.test.ts` writes what the commands print today. */
test('every transcript in the README is what the command prints', async () => {
  const printed = await Promise.all(
    blocks.map(async (block) => {
      const [line = ''] = block.split('\n')
      return transcript(line, await runPlugin(wordsOf(line), root))
    }),
  )
  if (process.env.UPDATE_README) {
    const rest = [...printed]
    writeFileSync(
      readme,
      text.replace(BLOCK, () => rest.shift() ?? ''),
    )
  } else expect(blocks).toEqual(printed)
})

test('the two commands at the top are scripts of package.json', () => {
  const {scripts} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const commands = text.match(/^ {4}npm ci && npm .*$/gm)?.slice(0, 2)
  expect(commands).toEqual(['    npm ci && npm run example', '    npm ci && npm test'])
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['example', 'test']))
})
