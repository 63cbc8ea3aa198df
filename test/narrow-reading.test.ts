import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {readFrom, readLive} from '../src/command-line/reading.ts'
import type {ClusterSnapshot} from '../src/model/snapshot.ts'
import {connectionTo} from './api-server.ts'
import {clusters} from './clusters-by-cause.ts'
import {type Asked, askedOf, askedOfNamespaces} from './every-question.ts'

beforeEach(() => void vi.useFakeTimers({toFake: ['Date']}))
afterEach(() => void vi.useRealTimers())

/** What is read by names of a cluster, and by lists of a file, for the same question. */
async function answers(cluster: ClusterSnapshot, {question, scope}: Asked) {
  vi.setSystemTime(cluster.observedAt)
  const reading = {connection: connectionTo(cluster), chunkSize: 0, onProgress: () => {}}
  const [live, file] = await Promise.all([
    readLive(reading, question, scope),
    readFrom(cluster, question, scope),
  ])
  const build = (snapshot: ClusterSnapshot) => ({...question.build(snapshot, scope), omissions: []})
  return {live: build(live), file: build(file)}
}

test('names tell the same as lists, of every cluster that shows a cause', async () => {
  const wrong: string[] = []
  for (const {name, read} of clusters) {
    const cluster = await read()
    for (const asked of [...askedOf(cluster), ...askedOfNamespaces(cluster)]) {
      if (!asked.question.narrow?.(asked.scope)) continue
      const {live, file} = await answers(cluster, asked)
      try { expect(live).toEqual(file) } catch (e) { wrong.push(`${name}: ${asked.text}\n` + String((e as any).message).slice(0, 300) + '\n' + diff(live, file)) }
    }
  }
  console.log(wrong.length); require('fs').writeFileSync('/tmp/named-wrong.txt', wrong.join('\n\n'))
  expect(wrong.length).toEqual(0)
})
function diff(l: any, f: any, path = ''): string {
  if (JSON.stringify(l) === JSON.stringify(f)) return ''
  if (typeof l !== 'object' || typeof f !== 'object' || !l || !f) return `${path}: live ${JSON.stringify(l)?.slice(0,200)} file ${JSON.stringify(f)?.slice(0,200)}\n`
  if (Array.isArray(l) && Array.isArray(f) && l.length !== f.length) return `${path}[]: live ${JSON.stringify(l.map((x:any)=>x?.id ?? x?.name ?? x)).slice(0,300)} file ${JSON.stringify(f.map((x:any)=>x?.id ?? x?.name ?? x)).slice(0,300)}\n`
  return [...new Set([...Object.keys(l), ...Object.keys(f)])].map(k => diff(l[k], f[k], path + '.' + k)).join('')
}
