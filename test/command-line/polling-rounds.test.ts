import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {projected} from '../../src/cluster/collect.ts'
import type {Connection} from '../../src/cluster/connection.ts'
import {createPolling} from '../../src/command-line/polling.ts'
import type {Need} from '../../src/model/scope.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {pod, snapshot} from '../builders.ts'

beforeEach(() => void vi.useFakeTimers({toFake: ['performance']}))
afterEach(() => void vi.useRealTimers())

const CLAIM: Need = {resource: 'persistentVolumeClaims', namespace: 'shop', name: 'c'}

/** Wants a claim, then its volume, and the node of each Pod that is watched. */
function more({persistentVolumeClaims, pods}: ClusterSnapshot): readonly Need[] {
  return [
    CLAIM,
    ...persistentVolumeClaims.map(() => ({resource: 'persistentVolumes', name: 'v'}) as const),
    ...pods.map(({spec}) => ({resource: 'nodes', name: spec?.nodeName ?? ''}) as const),
  ]
}

function watching() {
  const names: string[] = []
  const get = async (path: string) => {
    const name = path.split('/').at(-1) ?? ''
    names.push(name)
    return {metadata: {name}}
  }
  const reading = {
    connection: {get} as unknown as Connection,
    chunkSize: 0,
    keep: projected,
    onProgress: () => {},
  }
  return {...createPolling(reading, {names: []}, {needs: () => [], more}), names}
}

test('what answers tell of is read too, and all of it is fresh together', async () => {
  const {add, known, names} = watching()
  const first = await add(snapshot())
  expect([names, first.persistentVolumes.length]).toEqual([['c', 'v'], 1])
  vi.advanceTimersByTime(1999)
  await add(snapshot())
  expect([names, known(snapshot()).persistentVolumes.length]).toEqual([['c', 'v'], 1])
})

test('a further need of what is watched is read at once', async () => {
  const {add, names} = watching()
  await add(snapshot())
  const then = await add(snapshot({pods: [pod()]}))
  expect(names.slice(2).toSorted()).toEqual(['c', 'node-a', 'v'])
  expect(then.nodes).toHaveLength(1)
})

test('what is watched is told by the watch alone', async () => {
  const get = async () => ({items: [pod({name: 'web-0'}), pod({name: 'other-0', metadata: {labels: {}}})]})
  const reading = {
    connection: {get} as unknown as Connection,
    chunkSize: 500,
    keep: projected,
    onProgress: () => {},
  }
  const watched: Need = {resource: 'pods', namespace: 'shop', labelSelector: 'app=web'}
  const all: Need = {resource: 'pods', namespace: 'shop'}
  const {add} = createPolling(reading, {names: []}, {needs: () => [watched], more: () => [all]})
  expect((await add(snapshot())).pods.map(({metadata}) => metadata?.name)).toEqual(['other-0'])
})
