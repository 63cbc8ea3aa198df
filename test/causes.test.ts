import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import type {WhyReport} from '../src/reports/why/report.ts'
import {type CapturedCause, NAMESPACE} from './causes/captured-cause.ts'
import {causes} from './causes/index.ts'
import {runPlugin} from './run-plugin.ts'
import {transcript} from './transcript.ts'

const folder = join(import.meta.dirname, 'causes', 'captured')

test('every captured cluster has its situation, and every situation its cluster', () => {
  const captured = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
  expect(captured.toSorted()).toEqual(
    Object.keys(causes)
      .map((name) => `${name}.yaml`)
      .toSorted(),
  )
})

/** `npm run causes:capture` makes the clusters, `npx vitest run test/causes.test.ts -u` the transcripts. */
describe.for(Object.entries(causes))('%s', ([name, {ask, proves, not = []}]: [string, CapturedCause]) => {
  const args = ['why', ask, '-n', NAMESPACE, '-f', `${name}.yaml`]

  test.runIf(existsSync(join(folder, `${name}.yaml`)))('is found, and nothing that it is not', async () => {
    const {stdout, code, stderr} = await runPlugin([...args, '-o', 'json'], folder)
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    const ids = (JSON.parse(stdout) as WhyReport).findings.map(({id}) => id)
    expect(ids[0]).toBe(proves[0])
    expect(ids).toEqual(expect.arrayContaining([...proves]))
    expect(ids.filter((id) => not.includes(id))).toEqual([])
    const line = `$ kubectl stateful ${args.join(' ')}`
    await expect(transcript(line, await runPlugin(args, folder))).toMatchFileSnapshot(
      join(folder, `${name}.txt`),
    )
  })
})
