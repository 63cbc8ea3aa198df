import {afterAll, beforeAll, expect, test} from 'vitest'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {clusters} from '../clusters-by-cause.ts'
import {askedOf} from '../every-question.ts'
import {callsDuring, countCalls} from './calls.ts'
import {copiesOf} from './copies.ts'

const FEW = 6
const MANY = 18
/** To sort three times as many takes five times as many comparisons; to look at all for each, nine times. */
const MOST = 6.5
/** What is called less often than this for each copy is no scan. */
const RARE = 12

/** Its copies each want a node of their own, and each set is then judged against all nodes of its zone. */
const ALL_DIFFERENT: ReadonlySet<string> = new Set(['volume-bound-before-its-pod'])

let counter: Awaited<ReturnType<typeof countCalls>>
beforeAll(async () => {
  counter = await countCalls()
})
afterAll(() => counter.stop())

/** One cluster for each cause, that of real controllers where there is one. */
const alike = clusters.filter(({name}) => !ALL_DIFFERENT.has(name))
const byCause = new Map(alike.flatMap((each) => each.shows.map((id) => [id, each] as const)))

/** Everything, and the first of each kind. */
function askAll(cluster: ClusterSnapshot): void {
  const asked = new Map(
    askedOf(cluster)
      .toReversed()
      .map((each) => [each.text.replace(/\/.*/, ''), each]),
  )
  for (const {text, question, scope} of asked.values()) {
    // a status is a rollout with fewer words
    if (text.startsWith('status') || !/^why| -A$/.test(text)) continue
    question.more(cluster, scope)
    question.build(cluster, scope)
  }
}

test.for([...new Set(byCause.values())])('three times as much of: $name', async ({read}) => {
  const cluster = await read()
  const [few, many] = [copiesOf(cluster, FEW), copiesOf(cluster, MANY)]
  const before = await callsDuring(counter, () => askAll(few))
  const after = await callsDuring(counter, () => askAll(many))
  const scans = [...after].filter(
    ([name, count]) => count > RARE * MANY && count > MOST * Math.max(before.get(name) ?? 0, 1),
  )
  expect(scans.map(([name, count]) => `${name}: ${before.get(name)} → ${count}`)).toEqual([])
})
