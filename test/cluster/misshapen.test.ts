import {expect, test} from 'vitest'
import {collectFirst, kept} from '../../src/cluster/collect.ts'
import type {Connection} from '../../src/cluster/connection.ts'
import {list, one} from '../../src/cluster/list.ts'
import {seesPodsOf} from '../../src/model/seen.ts'

const pod = (spec: object) => ({metadata: {name: 'db-0', namespace: 'shop'}, spec})

/** What answers so, whatever it is asked. */
function answering(answer: unknown): Connection {
  return {server: 'https://api', get: async () => answer} as unknown as Connection
}

const NEED = {resource: 'pods'} as const

const WRONG = 'Pod shop/db-0: spec.nodeName is a list, not a string'

test('of a list what has a wrong shape is left out, and told with its field', async () => {
  const items = [pod({nodeName: 'a'}), pod({nodeName: ['a']}), null, {metadata: {}}]
  const sent = {kind: 'PodList', apiVersion: 'v1', items}
  const {objects, wrong} = await list(answering(sent), NEED, 500, (each) => each)
  expect(objects).toEqual([pod({nodeName: 'a'})])
  expect(wrong?.map(({problem}) => problem)).toEqual([
    WRONG,
    'Pod: it is null, not an object',
    'Pod without a name',
  ])
})

test('of one object it is the error', async () => {
  const sent = answering({kind: 'Pod', ...pod({nodeName: ['a']})})
  await expect(one(sent, {...NEED, name: 'db-0'}, (each) => each)).rejects.toThrow(
    `error: the answer of https://api has a wrong shape: ${WRONG}`,
  )
})

const set = (name: string) => ({metadata: {name, namespace: 'shop', uid: name}})

test('absence of a Pod says nothing of the set whose Pod makes no sense, and something of every other', async () => {
  const ownerReferences = [{uid: 'db'}]
  const broken = {metadata: {name: 'db-0', namespace: 'shop', ownerReferences}, spec: 5}
  const answers: Record<string, object[]> = {pods: [broken], statefulsets: [set('db'), set('web')]}
  const connection = {
    server: 'https://api',
    get: async (path: string) => ({items: answers[path.split('/').at(-1) ?? '']}),
  } as unknown as Connection
  const reading = {connection, chunkSize: 500, keep: kept, onProgress: () => {}}
  const needs = [{resource: 'statefulSets', isSubject: true}, NEED] as const
  const snapshot = await collectFirst(reading, needs)
  expect(snapshot.omissions).toEqual([
    {
      resource: 'pods',
      reason: 'WrongShape',
      message: 'error: the answer of https://api has a wrong shape: Pod shop/db-0: spec is 5, not an object',
    },
  ])
  expect(snapshot.statefulSets).toHaveLength(2)
  expect(['db', 'web'].map((uid) => seesPodsOf(snapshot, uid))).toEqual([false, true])
})

test('null is absent, and a text that is too long is cut', async () => {
  const sent = {items: [pod({nodeName: 'n'.repeat(600_000), hostname: null})]}
  const {objects} = await list(answering(sent), NEED, 500, (each) => each)
  const [{spec}] = objects as unknown as [{spec: {nodeName: string}}]
  expect(Object.keys(spec)).toEqual(['nodeName'])
  expect(spec.nodeName).toHaveLength(32 * 1024)
})
