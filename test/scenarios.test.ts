import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Ajv} from 'ajv'
import {describe, expect, test} from 'vitest'
import {runPlugin} from './run-plugin.ts'
import {transcript, wordsOf} from './transcript.ts'

const root = join(import.meta.dirname, 'scenarios')
const scenarios = readdirSync(root).filter((name) => existsSync(join(root, name, 'cluster.yaml')))
const ajv = new Ajv({strict: true, allowUnionTypes: true})
const questions = ['map', 'coverage', 'rollout', 'status', 'why', 'leftovers', 'what-if'].map((question) => {
  const file = join(root, `../../schemas/${question}-report.schema.json`)
  return {question, isValid: ajv.compile(JSON.parse(readFileSync(file, 'utf8')))}
})

/**
 * Each `.txt` beside a captured cluster is a transcript: its first line is the command. To add one, write that
 * line and run `npx vitest run test/scenarios.test.ts -u`. The report behind `map.txt` is kept as `map.json`.
 */
describe.each(scenarios)('%s', (scenario) => {
  const folder = join(root, scenario)
  const transcripts = readdirSync(folder).filter((file) => file.endsWith('.txt'))

  test.each(transcripts)('%s', async (file) => {
    const [line = ''] = readFileSync(join(folder, file), 'utf8').split('\n')
    const ran = await runPlugin(wordsOf(line), folder)
    await expect(transcript(line, ran)).toMatchFileSnapshot(join(folder, file))
  })

  const asked = questions.filter(({question}) => transcripts.includes(`${question}.txt`))

  test.each(asked)(
    '$question -o json is what the schema says, and stays as it is',
    async ({question, isValid}) => {
      const [line = ''] = readFileSync(join(folder, `${question}.txt`), 'utf8').split('\n')
      const {stdout, code} = await runPlugin([...wordsOf(line), '-o', 'json'], folder)
      expect(code).toBe(0)
      expect(isValid(JSON.parse(stdout)) || isValid.errors).toBe(true)
      await expect(stdout).toMatchFileSnapshot(join(folder, `${question}.json`))
    },
  )
})
