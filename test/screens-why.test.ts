import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {NAMESPACE} from './causes/captured-cause.ts'
import {causes} from './causes/index.ts'
import {runPlugin} from './run-plugin.ts'
import {scenariosFolder} from './screens/asked.ts'
import {plain, tooLong} from './screens/lines.ts'
import {ENDLESS} from './screens/screens.ts'
import {repeated} from './screens/sentences.ts'
import {type FirstFinding, missingAtTop} from './screens/top.ts'

const folder = join(import.meta.dirname, 'causes', 'captured')
const captured = Object.entries(causes)
  .filter(([name]) => existsSync(join(folder, `${name}.yaml`)))
  .map(([name, {ask}]) => [name, ['why', ask, '-n', NAMESPACE, '-f', `${name}.yaml`]] as const)

/** Whoever asks why reads the cause and what to do first, on the smallest terminal, and nothing twice. */
describe.for(captured)('%s', ([, args]) => {
  test('cause and what to do are in the first 12 lines of 80 columns, none of which is longer', async () => {
    const {stdout: report} = await runPlugin([...args, '-o', 'json'], folder)
    const [first] = (JSON.parse(report) as {findings: FirstFinding[]}).findings
    const {stdout: text} = await runPlugin(args, folder, '', {columns: 80})
    expect(first && missingAtTop(text, first)).toEqual([])
    expect(tooLong(text, 80)).toEqual([])
  })

  test('no sentence stands twice', async () => {
    expect(repeated((await runPlugin(args, folder, '', {columns: ENDLESS})).stdout)).toEqual([])
  })
})

test('a set of five with one broken Pod fits 80 × 24: the cause, what to do, and then the chain', async () => {
  const lines = plain(await why('sts/postgres-cluster-main', 'cloud-names-aws')).split('\n')
  const chain = lines.findIndex((line) => line.startsWith('LINK '))
  expect(lines.findIndex((line) => line.startsWith('Act '))).toBeLessThan(chain)
  // the prompt has the last of the 24
  expect(lines.indexOf('', chain)).toBeLessThanOrEqual(23)
})

async function why(subject: string, scenario: string): Promise<string> {
  const args = ['why', subject, '-f', 'cluster.yaml']
  return (await runPlugin(args, join(scenariosFolder, scenario), '', {columns: 80})).stdout
}

test.each(['cloud-names-aws', 'cloud-names-gke', 'cloud-names-azure'])(
  'at 120 columns the map has ordinals, volumes and nodes: %s',
  async (scenario) => {
    const terminal = {columns: 120}
    const {stdout} = await runPlugin(
      ['map', '-f', 'cluster.yaml'],
      join(scenariosFolder, scenario),
      '',
      terminal,
    )
    const header = stdout.split('\n').find((line) => line.includes('ORDINAL')) ?? ''
    expect(header.split(/\s+/)).toEqual(expect.arrayContaining(['READY', 'STATUS', 'VOLUME', 'NODE', 'ZONE']))
  },
)
