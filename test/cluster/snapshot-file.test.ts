import {expect, test} from 'vitest'
import {fromDocuments} from '../../src/cluster/snapshot-file.ts'

function clockOf(...objects: readonly object[]): string {
  return fromDocuments([{objects}], []).observedAt
}

const past = {metadata: {name: 'a', creationTimestamp: '2026-11-20T08:00:00Z'}}

test('without a note the clock is the latest time at which something happened', () => {
  const status = {conditions: [{type: 'Ready', lastTransitionTime: '2026-11-20T08:05:00Z'}]}
  const lease = {spec: {renewTime: '2026-11-20T08:09:00.123456Z'}}
  const node = {spec: {taints: [{key: 'a', timeAdded: '2026-11-20T08:07:00Z'}]}}
  expect(clockOf(past)).toBe('2026-11-20T08:00:00Z')
  expect(clockOf(past, {...past, status})).toBe('2026-11-20T08:05:00Z')
  expect(clockOf(past, node, {status})).toBe('2026-11-20T08:07:00Z')
  expect(clockOf(lease, past)).toBe('2026-11-20T08:09:00.123456Z')
  expect(clockOf({metadata: {name: 'a'}})).toBe('1970-01-01T00:00:00Z')
})

test.each<[string, object]>([
  ['a deletion, by its grace period', {metadata: {deletionTimestamp: '2026-11-20T09:00:00Z'}}],
  ['an annotation', {metadata: {annotations: {startTime: '2027-01-01T00:00:00Z'}}}],
  [
    'an environment variable',
    {spec: {containers: [{env: [{name: 'startTime', value: '2027-01-01T00:00:00Z'}]}]}},
  ],
])('a time that may lie ahead is not the clock: %s', (_, object) => {
  expect(clockOf(past, object)).toBe('2026-11-20T08:00:00Z')
})
