import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {runPlugin} from './run-plugin.ts'
import {transcript} from './transcript.ts'

const root = join(import.meta.dirname, '..')
const file = join(root, 'docs/output.md')
const text = readFileSync(file, 'utf8')
const BLOCK = /(?<=\n```\n)\$ kubectl stateful [\s\S]*?(?=```)/g
const blocks = text.match(BLOCK) ?? []

/** Words of a command as a shell takes them, single quotes among them. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:'[^']*'|[^\s'])+/g) ?? []
  return words.slice(3).map((word) => word.replaceAll("'", ''))
}

/** `UPDATE_README=1 npx vitest run test/output-document.test.ts` writes what the commands print today. */
test('every transcript in docs/output.md is what the command prints', async () => {
  expect(blocks.length).toBeGreaterThanOrEqual(4)
  const printed = await Promise.all(
    blocks.map(async (block) => {
      const [line = ''] = block.split('\n')
      return transcript(line, await runPlugin(wordsOf(line), root))
    }),
  )
  if (process.env.UPDATE_README) {
    const rest = [...printed]
    writeFileSync(
      file,
      text.replace(BLOCK, () => rest.shift() ?? ''),
    )
  } else expect(blocks).toEqual(printed)
})
