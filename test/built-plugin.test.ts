import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {bundled} from './loaded-modules.ts'
import {runPlugin} from './run-plugin.ts'
import {spawnPlugin} from './spawn-plugin.ts'

const root = join(import.meta.dirname, '..')
const example = readFileSync(join(root, 'examples/stuck-rollout.yaml'), 'utf8')

/** All other tests ask in their own process; these say that it makes no difference. */
test.for([
  'map -f examples/stuck-rollout.yaml',
  'map -f - -o json',
  'map sts/db -f examples/stuck-rollout.yaml -o wide --color always',
  'coverage -f test/scenarios/daemons-refused-and-stuck/cluster.yaml',
  'rollout -f examples/stuck-rollout.yaml -o yaml',
  'status -f examples --exit-code',
  'why sts/db -f examples/stuck-rollout.yaml',
  'map -f - -o markdown',
  'map -f - -o html',
  'map -f - --no-headers',
  'explain crash-loop',
  'explain',
  'options',
  'rollot',
  'map nope -f -',
  'map',
  'snapshot --nosuch',
  'why --help',
  '--version',
])('the built plugin, as kubectl starts it, answers the same bytes: %s', async (line) => {
  const args = line.split(' ').filter(Boolean)
  expect(await spawnPlugin(args, root, example)).toEqual(await runPlugin(args, root, example))
})

test('what draws tables on a terminal measures as we do', () => {
  const drawing = bundled.filter((path) => path.includes('/cli-table3/'))
  expect(drawing).not.toEqual([])
  // ora brings one of its own, oclif another
  expect(bundled).toContain('for-tables:string-width')
  expect(drawing.filter((path) => path.includes('/string-width/'))).toEqual([])
})
