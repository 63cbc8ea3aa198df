import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {runUsage} from './readme-usage.ts'
import {runPlugin} from './run-plugin.ts'
import {transcript, wordsOf} from './transcript.ts'

const root = join(import.meta.dirname, '..')
const readme = join(root, 'README.md')
const text = readFileSync(readme, 'utf8')
const BLOCK = /(?<=\n```\n)\$ kubectl stateful [\s\S]*?(?=```)/g
const blocks = text.match(BLOCK) ?? []

/** The one that no file can answer. */
const USAGE = '$ kubectl stateful map sts/db -n shop --usage'

test('the README shows transcripts, and none that is not compared', () => {
  expect(blocks.length).toBeGreaterThanOrEqual(5)
  expect(text.match(/^ *\$ kubectl stateful .*$/gm)).toHaveLength(blocks.length)
})

/** `UPDATE_README=1 npx vitest run test/readme.test.ts` writes what the commands print today. */
test('every transcript in the README is what the command prints', async () => {
  const printed = await Promise.all(
    blocks.map(async (block) => {
      const [line = ''] = block.split('\n')
      return transcript(line, line === USAGE ? await runUsage() : await runPlugin(wordsOf(line), root))
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
