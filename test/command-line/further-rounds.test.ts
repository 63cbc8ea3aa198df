import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {projected} from '../../src/cluster/collect.ts'
import type {Connection} from '../../src/cluster/connection.ts'
import {createFurther} from '../../src/command-line/further.ts'
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
  return {...createFurther(reading, {names: []}, {needs: () => [], more}), names}
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
