import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {readFrom, readLive} from '../src/command-line/reading.ts'
import {causes} from '../src/diagnosis/causes.ts'
import type {ClusterSnapshot} from '../src/model/snapshot.ts'
import {connectionTo} from './api-server.ts'
import {type CauseCluster, clusters} from './clusters-by-cause.ts'
import {type Asked, askedOf} from './every-question.ts'

const ids = Object.entries(causes).flatMap(([id, {unseen}]) => (unseen ? [] : [id]))

beforeEach(() => void vi.useFakeTimers({toFake: ['Date']}))
afterEach(() => void vi.useRealTimers())

type Reads = (cluster: ClusterSnapshot, asked: Asked) => ClusterSnapshot | Promise<ClusterSnapshot>

const fromFile: Reads = (cluster, {question, scope}) => readFrom(cluster, question, scope)
const everything: Reads = (cluster) => cluster
const live: Reads = (cluster, {question, scope}) => {
  vi.setSystemTime(cluster.observedAt)
  return readLive({connection: connectionTo(cluster), chunkSize: 0, onProgress: () => {}}, question, scope)
}

async function answer(cluster: ClusterSnapshot, asked: Asked, reads: Reads) {
  const report = asked.question.build(await reads(cluster, asked), asked.scope)
  // what a file does not hold a server refuses
  return {...report, omissions: report.omissions.map(({reason: _, ...omission}) => omission)}
}

/** The first question that finds that cause in a cluster; undefined where none does. */
async function finding(id: string, {name, read}: CauseCluster, reads: Reads) {
  const cluster = await read()
  for (const asked of askedOf(cluster)) {
    const report = await answer(cluster, asked, reads)
    if (asked.question.findings(report as never).some((each) => each.id === id))
      return {where: `${asked.text}, ${name}`, cluster, asked, report}
  }
  return undefined
}

test.for(ids)(
  '%s is found by some question in what that question reads, live and from a file',
  async (id) => {
    const shown = clusters.filter(({shows}) => shows.includes(id))
    const found = await Promise.all(shown.map((each) => finding(id, each, fromFile)))
    expect(found).toContainEqual(expect.anything())

    for (const each of found) {
      if (each) expect(await answer(each.cluster, each.asked, live)).toEqual(each.report)
    }

    const missed = shown.filter((_, index) => !found[index])
    const unread = await Promise.all(missed.map((each) => finding(id, each, everything)))
    expect(unread.map((each) => each?.where)).toEqual(missed.map(() => undefined))
  },
)
