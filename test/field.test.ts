import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {answerOf} from './field/field-answers.ts'
import {firstOf, readCase, wordsFor} from './field/field-case.ts'
import {tableOf} from './field/field-table.ts'

const root = join(import.meta.dirname, 'field')
const names = readdirSync(root).filter((name) => existsSync(join(root, name, 'case.yaml')))

/** A report is judged right when every command that its operator asks names the true cause first. */
describe.each(names)('%s', (name) => {
  const folder = join(root, name)
  const it = readCase(folder)

  test.each(it.ask)('%s', async (line) => {
    const {code, first, text} = await answerOf(folder, line)
    expect({code, first}).toEqual({code: 0, first: firstOf(it, line)})
    for (const words of wordsFor(it, line)) expect(text).toContain(words)
    for (const words of it.never ?? []) expect(text).not.toContain(words)
  })

  test('the answers stay as they are', async () => {
    const answers = await Promise.all(it.ask.map((line) => answerOf(folder, line)))
    const printed = answers.map(({transcript}) => transcript).join('\n')
    await expect(printed).toMatchFileSnapshot(join(folder, 'answers.txt'))
  })
})

/** `npx vitest run --project plain test/field.test.ts -u` writes it again. */
test('the table says what each command names first now', async () => {
  await expect(await tableOf(root, names)).toMatchFileSnapshot(join(root, 'README.md'))
})
