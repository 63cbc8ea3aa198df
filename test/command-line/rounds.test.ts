import {expect, test} from 'vitest'
import {collectMore, projected} from '../../src/cluster/collect.ts'
import type {Connection} from '../../src/cluster/connection.ts'
import {inRounds, unrequested} from '../../src/command-line/rounds.ts'
import type {Need} from '../../src/model/scope.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {snapshot} from '../builders.ts'

const scope = {names: [], namespace: 'shop'}
const NODE: Need = {resource: 'nodes', name: 'n'}
const CLAIM: Need = {resource: 'persistentVolumeClaims', namespace: 'shop', name: 'c'}
const VOLUME: Need = {resource: 'persistentVolumes', name: 'v'}

/** Reads by name from what is given, and remembers what was requested in which round. */
async function ask(more: (known: ClusterSnapshot) => readonly Need[], requested: readonly Need[] = []) {
  const paths: string[] = []
  const get = async (path: string) => {
    paths.push(path)
    const name = path.split('/').at(-1)
    return {metadata: {name}, items: [{metadata: {name: 'listed'}}, {metadata: {name: 'n', uid: 'again'}}]}
  }
  const connection = {get} as unknown as Connection
  const reading = {connection, chunkSize: 0, keep: projected, onProgress: () => {}}
  let rounds = 0
  const answer = await inRounds({more}, scope, {snapshot: snapshot(), requested}, (known, needs) => {
    rounds++
    return collectMore(reading, known, needs)
  })
  return {...answer, rounds, paths}
}

test('each answer may tell of further needs, until there are none', async () => {
  const {
    snapshot: found,
    rounds,
    paths,
  } = await ask((known) => [
    CLAIM,
    ...(known.persistentVolumeClaims.length > 0 ? [VOLUME] : []),
    ...(known.persistentVolumes.length > 0 ? [NODE] : []),
  ])
  expect(rounds).toBe(3)
  expect(paths).toEqual([
    '/api/v1/namespaces/shop/persistentvolumeclaims/c',
    '/api/v1/persistentvolumes/v',
    '/api/v1/nodes/n',
  ])
  expect(found.nodes.map(({metadata}) => metadata?.name)).toEqual(['n'])
})

test('what has been asked for is not requested again, in whatever order it is written', async () => {
  const {rounds, paths} = await ask(() => [{name: 'n', resource: 'nodes'}, NODE, CLAIM], [NODE])
  expect([rounds, paths]).toEqual([1, ['/api/v1/namespaces/shop/persistentvolumeclaims/c']])
})

test('nothing wanted is nothing read', async () => {
  expect(await ask(() => [])).toMatchObject({rounds: 0, paths: [], requested: []})
})

test('a question that never has enough is ended after eight rounds', async () => {
  let wanted = 0
  const {rounds} = await ask(() => [{resource: 'nodes', name: `n${++wanted}`}])
  expect(rounds).toBe(8)
})

test('what was read by its name and then in a list is there once, as it was read last', async () => {
  const {snapshot: found} = await ask((known) => [
    NODE,
    ...(known.nodes.length > 0 ? [{resource: 'nodes'} as const] : []),
  ])
  expect(found.nodes.map(({metadata}) => [metadata?.name, metadata?.uid])).toEqual([
    ['listed', undefined],
    ['n', 'again'],
  ])
})

test('what a list holds, or who was refused it, is not asked for by name', () => {
  const more = () => [NODE, CLAIM, VOLUME]
  const claims: Need = {resource: 'persistentVolumeClaims', namespace: 'shop'}
  expect(unrequested(more, snapshot(), scope, [{resource: 'nodes'}, claims])).toEqual([VOLUME])
  expect(unrequested(more, snapshot(), scope, [{...claims, labelSelector: 'a=b'}])).toEqual([
    NODE,
    CLAIM,
    VOLUME,
  ])
  expect(unrequested(more, snapshot({}, ['nodes']), scope, [NODE])).toEqual([CLAIM, VOLUME])
  expect(unrequested(more, snapshot({}, ['nodes']), scope, [])).toEqual([CLAIM, VOLUME])
})

test('needs differ by any of their fields', () => {
  const more = () => [NODE, {...NODE, name: 'm'}, {resource: 'nodes'} as const]
  expect(unrequested(more, snapshot(), scope, [NODE])).toEqual([
    {resource: 'nodes', name: 'm'},
    {resource: 'nodes'},
  ])
})
