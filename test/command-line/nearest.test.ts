import {expect, test} from 'vitest'
import {nearest} from '../../src/command-line/nearest.ts'
import {runPlugin} from '../run-plugin.ts'

const words = ['map', 'rollout', 'status', 'snapshot', 'why', 'as']

test.for([
  ['mpa', 'map'],
  ['rollot', 'rollout'],
  ['Rollout', 'rollout'],
  ['rolout', 'rollout'],
  ['stats', 'status'],
  ['sna', 'snapshot'],
  ['wyh', 'why'],
  ['nosuch', undefined],
  ['a', undefined],
  ['ab', undefined],
  ['als', undefined],
  ['', undefined],
])('%s may have meant %s', ([given, expected]) => {
  expect(nearest(given as string, words)).toBe(expected)
})

test('a mistyped command is answered as a mistyped flag is', async () => {
  expect(await runPlugin(['rollot', 'sts/db'], '/')).toEqual({
    stdout: '',
    stderr: `error: unknown command "rollot" for "kubectl stateful"
did you mean rollout?
See 'kubectl stateful --help' for usage.
`,
    code: 2,
  })
})
