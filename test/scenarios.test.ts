import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Ajv} from 'ajv'
import {describe, expect, test} from 'vitest'
import {runPlugin, transcript, wordsOf} from './run-plugin.ts'

const root = join(import.meta.dirname, 'scenarios')
const scenarios = readdirSync(root).filter((name) => existsSync(join(root, name, 'cluster.yaml')))
const schema = JSON.parse(readFileSync(join(root, '../../schemas/map-report.schema.json'), 'utf8'))
const isMapReport = new Ajv({strict: true}).compile(schema)

/**
 * Each `.txt` beside a captured cluster is a transcript: its first line is the command. To add one, write that
 * line and run `npx vitest run test/scenarios.test.ts -u`.
 */
describe.each(scenarios)('%s', (scenario) => {
  const folder = join(root, scenario)
  const transcripts = readdirSync(folder).filter((file) => file.endsWith('.txt'))

  test.each(transcripts)('%s', async (file) => {
    const [line = ''] = readFileSync(join(folder, file), 'utf8').split('\n')
    const ran = await runPlugin(wordsOf(line), folder)
    await expect(transcript(line, ran)).toMatchFileSnapshot(join(folder, file))
  })

  test('map -o json is what the schema says, and stays as it is', async () => {
    const {stdout, code} = await runPlugin(['map', '-f', 'cluster.yaml', '-o', 'json'], folder)
    expect(code).toBe(0)
    expect(isMapReport(JSON.parse(stdout)) || isMapReport.errors).toBe(true)
    await expect(stdout).toMatchFileSnapshot(join(folder, 'map.json'))
  })
})
