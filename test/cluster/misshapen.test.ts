import {expect, test} from 'vitest'
import type {Connection} from '../../src/cluster/connection.ts'
import {list, one} from '../../src/cluster/list.ts'

const pod = (spec: object) => ({metadata: {name: 'db-0', namespace: 'shop'}, spec})

/** What answers so, whatever it is asked. */
function answering(answer: unknown): Connection {
  return {server: 'https://api', get: async () => answer} as unknown as Connection
}

const NEED = {resource: 'pods'} as const

test('a server that sends an object of a wrong shape as JSON is told which, and which field', async () => {
  const sent = {kind: 'PodList', apiVersion: 'v1', items: [pod({nodeName: 'a'}), pod({nodeName: ['a']})]}
  const words =
    'error: the answer of https://api has a wrong shape: Pod shop/db-0: spec.nodeName is a list, not a string'
  await expect(list(answering(sent), NEED, 500, (each) => each)).rejects.toThrow(words)
  await expect(
    one(answering({kind: 'Pod', ...pod({nodeName: ['a']})}), {...NEED, name: 'db-0'}, (each) => each),
  ).rejects.toThrow(words)
})

test('null is absent, and a text that is too long is cut', async () => {
  const sent = {items: [pod({nodeName: 'n'.repeat(600_000), hostname: null})]}
  const {objects} = await list(answering(sent), NEED, 500, (each) => each)
  const [{spec}] = objects as unknown as [{spec: {nodeName: string}}]
  expect(Object.keys(spec)).toEqual(['nodeName'])
  expect(spec.nodeName).toHaveLength(32 * 1024)
})
