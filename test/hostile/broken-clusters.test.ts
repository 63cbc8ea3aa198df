/** Clusters that no API server would have, and every command of the built plugin: an answer, or a word about what is wrong. */
import {join} from 'node:path'
import fc from 'fast-check'
import {CORE_SCHEMA, load} from 'js-yaml'
import {afterAll, expect, test} from 'vitest'
import {bundled} from '../../src/start/start.ts'
import {runPlugin} from '../run-plugin.ts'
import {spawnPlugin} from '../spawn-plugin.ts'
import type {Ran} from '../transcript.ts'
import {asList, sources} from './answers.ts'
import {linesAbout, printed} from './lines.ts'
import {mutated, mutations} from './mutations.ts'

/** By hand: `HOSTILE_CASES=20000 HOSTILE_SEED=1 npx vitest run --project plain test/hostile/broken-clusters.test.ts`. */
const CASES = Number(process.env.HOSTILE_CASES ?? 300)
const SEED = Number(process.env.HOSTILE_SEED ?? 20261129)
/** One of so many is asked once more as kubectl would, in a process of its own. */
const SAMPLE = 100

const ROOT = join(import.meta.dirname, '../..')
const {main} = bundled(join(ROOT, 'dist'))

const aCase = fc.record({
  source: fc.nat(),
  changes: mutations,
  line: fc.nat(),
  how: fc.constantFrom(...printed),
})

/** Milliseconds: much more than any of them takes, on a busy machine. */
const FOREVER = 30_000
/** Mebibytes that may stay behind after all of them. */
const LEFT = 400

function isSaid({stderr}: Ran): boolean {
  return /^(error: |Error from server|No resources found)/m.test(stderr)
}

/** Nothing but rows, of which there may be none. */
const ONLY_ROWS = ['--no-headers', 'name']

function expectAnswer(ran: Ran, args: readonly string[]): void {
  const {code, stdout, stderr} = ran
  const about = `${args.join(' ')}: ${code}\n${stdout.slice(0, 2000)}\n${stderr.slice(0, 2000)}`
  expect(stderr, about).not.toMatch(/mistake in kubectl-stateful|\n {4}at /)
  expect(stderr.length).toBeLessThan(20_000)
  expect(`${stdout}${stderr}`, about).not.toMatch(/\bundefined\b|\[object |\bNaN\b|\bInfinity\b/)
  expect([0, 2, ...(args.includes('--exit-code') ? [1] : [])], about).toContain(code)
  if (code === 2) expect(isSaid(ran), about).toBe(true)
  if (stdout === '') expect(isSaid(ran) || ONLY_ROWS.some((flag) => args.includes(flag)), about).toBe(true)
  else if (args.includes('json')) expect(JSON.parse(stdout)).toHaveProperty('kind')
  else if (args.includes('yaml')) expect(load(stdout, {schema: CORE_SCHEMA})).toHaveProperty('kind')
}

const counts = {answered: 0, refused: 0, named: 0, processes: 0, slowest: {took: 0, args: '', bytes: 0}}

test(`${CASES} broken clusters are answered, whatever is missing or of another type`, {
  timeout: 4 * 60 * 60_000,
}, async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(aCase, async ({source, changes, line, how}) => {
      const cluster = await (sources[source % sources.length] as (typeof sources)[number]).read()
      const lines = linesAbout(cluster)
      const args = [...(lines[line % lines.length] ?? []), ...how, '-f', '-']
      const input = JSON.stringify(mutated(asList(cluster), changes))
      const begun = performance.now()
      const ran = await runPlugin(args, ROOT, input, undefined, main)
      const took = performance.now() - begun
      expectAnswer(ran, args)
      expect(took).toBeLessThan(FOREVER)
      if (took > counts.slowest.took) counts.slowest = {took, args: args.join(' '), bytes: input.length}
      counts[ran.stdout === '' ? 'refused' : 'answered']++
      if (ran.stderr.includes('of a wrong shape')) counts.named++
      if (run++ % SAMPLE !== 0) return
      counts.processes++
      expect(await spawnPlugin(args, ROOT, input)).toEqual(ran)
    }),
    {numRuns: CASES, seed: SEED},
  )
  expect(counts.answered).toBeGreaterThan(CASES / 2)
  expect(counts.named).toBeGreaterThan(CASES / 10)
  globalThis.gc?.()
  expect(process.memoryUsage().heapUsed / 2 ** 20).toBeLessThan(LEFT)
})

afterAll(() => {
  if (process.env.HOSTILE_CASES) console.log(`seed ${SEED}:`, counts)
})
