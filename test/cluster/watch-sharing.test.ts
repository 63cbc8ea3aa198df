import {isDeepStrictEqual} from 'node:util'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {sharing} from '../../src/cluster/watch/sharing.ts'

const pod = () => ({
  metadata: {name: 'db-0', labels: {app: 'db'}},
  spec: {containers: [{name: 'app'}, {name: 'side'}]},
  status: {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}]},
})

test('nothing is different: the object stays the one that it was', () => {
  const before = pod()
  expect(sharing(before, pod())).toBe(before)
})

test('what is different is new, and what stands around it; all else is the same as before', () => {
  const before = pod()
  const after = {...pod(), status: {phase: 'Failed', conditions: [{type: 'Ready', status: 'True'}]}}
  const shared = sharing(before, after)
  expect(shared).toEqual({...pod(), status: {...pod().status, phase: 'Failed'}})
  expect(shared).not.toBe(before)
  expect(shared.spec).toBe(before.spec)
  expect(shared.metadata).toBe(before.metadata)
  expect(shared.status.conditions).toBe(before.status.conditions)
})

test.each([
  [{a: 1}, {}],
  [{}, {a: 1}],
  [{a: undefined}, {b: undefined}],
  [{a: [1]}, {a: {0: 1}}],
  [{a: [1, 2]}, {a: [1]}],
  [{a: null}, {a: {}}],
  [[], {}],
])('%j becomes %j', (before, after) => {
  expect(sharing<object>(before, structuredClone(after))).toStrictEqual(after)
})

test('whatever comes after whatever: it is told as it came, and both stay as they were', () => {
  fc.assert(
    fc.property(fc.json(), fc.json(), (one, other) => {
      const [before, after]: unknown[] = [JSON.parse(one), JSON.parse(other)]
      const shared = sharing(before, after)
      expect([shared, after]).toStrictEqual([JSON.parse(other), JSON.parse(other)])
      expect(before).toStrictEqual(JSON.parse(one))
      expect(shared === before).toBe(isDeepStrictEqual(before, shared))
    }),
  )
})
