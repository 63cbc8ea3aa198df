import {expect, onTestFinished, test} from 'vitest'
import {projected} from '../../src/cluster/collect.ts'
import {createPolling} from '../../src/command-line/polling.ts'
import {nameOf} from '../../src/model/objects.ts'
import type {Need} from '../../src/model/scope.ts'
import {snapshot} from '../builders.ts'
import {connected, kubeconfig} from '../cluster/fake-server.ts'
import {eventually} from '../cluster/watch-follower.ts'
import {refuse, type WatchServer, watchServer} from '../cluster/watch-server.ts'

const CLAIMS: Need = {resource: 'persistentVolumeClaims', namespace: 'shop'}
const PAGE = 500

/** Looks again and again at what is wanted besides, on a clock of its own. */
async function looking(server: WatchServer) {
  const connection = await connected({kubeconfig: kubeconfig(server.url)})
  const controller = new AbortController()
  onTestFinished(() => controller.abort())
  const reading = {connection, chunkSize: 0, keep: projected, onProgress: () => {}}
  let needs: readonly Need[] = [CLAIMS]
  const question = {needs: () => [], more: () => needs}
  const {add} = createPolling(reading, {names: []}, question, controller.signal)
  return {
    look: async () => (await add(snapshot())).persistentVolumeClaims.map(nameOf),
    want: (...others: readonly Need[]) => {
      needs = others
    },
  }
}

/** Something else is wanted each time, so that everything is read again. */
function others(count: number): Need {
  return {resource: 'nodes', labelSelector: `round=${count}`}
}

function lists({log}: WatchServer): number {
  return log.filter((line) => line === 'list persistentvolumeclaims').length
}

async function serverWith(count: number): Promise<WatchServer> {
  const server = await watchServer()
  for (let each = 0; each < count; each++) server.put('persistentvolumeclaims', `claim-${each}`)
  return server
}

test('a long list is read, followed, and never read again', async () => {
  const server = await serverWith(PAGE + 1)
  const {look, want} = await looking(server)
  expect(await look()).toHaveLength(PAGE + 1)
  await eventually(() => expect(server.open()).toHaveLength(1))
  server.put('persistentvolumeclaims', 'new')
  let round = 0
  await eventually(async () => {
    want(CLAIMS, others(round++))
    expect(await look()).toContain('new')
  })
  want(CLAIMS, others(round++))
  await look()
  expect(lists(server)).toBe(1)
})

test('a short list is read again, and followed when it has been read three times', async () => {
  const server = await serverWith(2)
  const {look, want} = await looking(server)
  for (const round of [0, 1]) {
    want(CLAIMS, others(round))
    await look()
  }
  expect(lists(server)).toBe(2)
  want(CLAIMS, others(2))
  await look()
  await eventually(() => expect(server.open()).toHaveLength(1))
  server.put('persistentvolumeclaims', 'new')
  let round = 3
  await eventually(async () => {
    want(CLAIMS, others(round++))
    expect(await look()).toContain('new')
  })
  const before = lists(server)
  for (const _ of [0, 1, 2]) {
    want(CLAIMS, others(round++))
    await look()
  }
  expect(lists(server)).toBe(before)
})

test('a long list that may be read and not watched is read again, and watching it is not tried again', async () => {
  const server = await serverWith(PAGE + 1)
  const {look, want} = await looking(server)
  server.fail('watch', refuse(403, 'Forbidden'))
  await look()
  await eventually(() => expect(server.log.filter((line) => line.startsWith('watch'))).toHaveLength(1))
  const before = lists(server)
  let round = 0
  await eventually(async () => {
    want(CLAIMS, others(round++))
    expect(await look()).toHaveLength(PAGE + 1)
    expect(lists(server)).toBeGreaterThan(before + 1)
  })
  expect(server.log.filter((line) => line.startsWith('watch'))).toHaveLength(1)
})
