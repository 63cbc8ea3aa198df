import {expect, test} from 'vitest'
import {runPlugin} from '../run-plugin.ts'

const set = (replicas: number) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {name: 'db', namespace: 'shop'},
    spec: {replicas},
  })

const CUT = 'only the first 100,000 of 100,001 ordinals of shop/db are looked at'

test.each(['status', 'rollout', 'why sts/db'])(
  '%s says of more than 100,000 ordinals that it is cut',
  async (line) => {
    const args = [...line.split(' '), '-f', '-']
    const {code, stderr} = await runPlugin(args, '/', set(100_001))
    expect({code, stderr}).toEqual({code: 0, stderr: expect.stringContaining(CUT)})
    expect((await runPlugin(args, '/', set(100_000))).stderr).not.toContain('ordinals')
  },
)

test('and so does the answer as data', async () => {
  const {stdout} = await runPlugin(['status', '-o', 'json', '-f', '-'], '/', set(100_001))
  const {omissions} = JSON.parse(stdout)
  expect(omissions).toContainEqual({resource: 'statefulsets/ordinals', reason: 'Cut', message: CUT})
})
