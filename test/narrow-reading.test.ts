import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {readFrom, readLive} from '../src/command-line/reading.ts'
import type {ClusterSnapshot} from '../src/model/snapshot.ts'
import {connectionTo} from './api-server.ts'
import {type CauseCluster, clusters} from './clusters-by-cause.ts'
import {type Asked, askedOf, askedOfNamespaces} from './every-question.ts'

beforeEach(() => void vi.useFakeTimers({toFake: ['Date']}))
afterEach(() => void vi.useRealTimers())

/** Clusters in which names tell less than lists. */
const TELLS_LESS: Readonly<Record<string, string>> = {
  'pv-failed-delete of claimTroubles': 'whose a volume was that nobody has is told by its event alone',
  'disk-full of troubles': 'kubelets are asked by map --usage alone',
  'disk-nearly-full of troubles': 'as above',
  'volume-not-deleted': 'as above: the event is gone, and the volume stays',
  'va-orphan of troubles':
    'a volume is at work on a node, and attached to another alone: no controller leaves that',
}

/** What is read of a cluster by names, and of a file by lists, for the same question. */
async function answers(cluster: ClusterSnapshot, {question, scope}: Asked) {
  vi.setSystemTime(cluster.observedAt)
  const reading = {connection: connectionTo(cluster), chunkSize: 0, onProgress: () => {}}
  const build = (snapshot: ClusterSnapshot) => ({...question.build(snapshot, scope), omissions: []})
  return {
    byNames: build(await readLive(reading, question, scope)),
    byLists: build(await readFrom(cluster, question, scope)),
  }
}

async function narrowQuestions({read}: CauseCluster, command: string) {
  const cluster = await read()
  const all = [...askedOf(cluster), ...askedOfNamespaces(cluster)].filter(({text}) =>
    text.startsWith(command),
  )
  return {cluster, asked: all.filter(({question, scope}) => question.narrow?.(scope))}
}

// `status` reads as `rollout` does
test.for(['map', 'coverage', 'rollout', 'why'])(
  'names tell %s the same as lists, of every cluster that shows a cause',
  async (command) => {
    let count = 0
    for (const each of clusters) {
      if (each.name in TELLS_LESS) continue
      const {cluster, asked} = await narrowQuestions(each, command)
      for (const one of asked) {
        const {byNames, byLists} = await answers(cluster, one)
        // which is cheap beside a comparison field by field
        if (JSON.stringify(byNames) !== JSON.stringify(byLists))
          expect(byNames, `${each.name}: ${one.text}`).toEqual(byLists)
        count++
      }
    }
    expect(count).toBeGreaterThan(100)
  },
)

test.for(Object.keys(TELLS_LESS))('names tell less of %s', async (name) => {
  const cluster = clusters.find((each) => each.name === name)
  const asked = cluster && (await narrowQuestions(cluster, ''))
  const all = await Promise.all(asked?.asked.map((one) => answers(asked.cluster, one)) ?? [])
  const differing = all.filter(({byNames, byLists}) => JSON.stringify(byNames) !== JSON.stringify(byLists))
  expect(differing.length).toBeGreaterThan(0)
})
