import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
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

/** The files that are loaded whatever is asked. */
function loadedAtStart(file: string, known: Set<string> = new Set()): ReadonlySet<string> {
  if (known.has(file)) return known
  known.add(file)
  const imported = readFileSync(join(root, 'dist', file), 'utf8').matchAll(/\bfrom ?"\.\/([^"]+)"/g)
  for (const [, next = ''] of imported) loadedAtStart(next, known)
  return known
}

test('what draws tables on a terminal is in a file of its own, and measures as we do', () => {
  const draws = (file: string) =>
    readFileSync(join(root, 'dist', file), 'utf8').includes('cli-table3/src/table.js')
  const files = readdirSync(join(root, 'dist')).filter(draws)
  expect(files).toHaveLength(1)
  expect(loadedAtStart('main.js')).not.toContain(files[0])
  expect(readFileSync(join(root, 'dist', files[0] ?? ''), 'utf8')).not.toContain('node_modules/string-width')
})
