import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {projected} from '../../src/cluster/collect.ts'
import type {Connection} from '../../src/cluster/connection.ts'
import {createPolling} from '../../src/command-line/polling.ts'
import type {Need} from '../../src/model/scope.ts'
import {event, pod, snapshot} from '../builders.ts'

beforeEach(() => void vi.useFakeTimers({toFake: ['performance']}))
afterEach(() => void vi.useRealTimers())

const EVENTS: Need = {resource: 'events', namespace: 'shop'}
const CLAIMS: Need = {resource: 'persistentVolumeClaims', namespace: 'shop'}

/** Wants these needs, and remembers what was read. */
function wanting(...wanted: readonly Need[]) {
  let needs = wanted
  const paths: string[] = []
  const get = async (path: string) => {
    paths.push(path.split('/').at(-1) ?? '')
    return {items: path.endsWith('events') ? [event(`read ${paths.length}`, '')] : []}
  }
  const connection = {get} as unknown as Connection
  const reading = {connection, chunkSize: 500, keep: projected, onProgress: () => {}}
  const further = createPolling(reading, {names: []}, {needs: () => [], more: () => needs})
  const reasons = async () => (await further.add(snapshot())).events.map(({reason}) => reason)
  return {
    ...further,
    reasons,
    paths,
    want: (...others: readonly Need[]) => {
      needs = others
    },
  }
}

test('what is wanted is read once within two seconds', async () => {
  const {reasons, paths} = wanting(EVENTS)
  expect(await reasons()).toEqual(['read 1'])
  vi.advanceTimersByTime(1999)
  expect([await reasons(), paths]).toEqual([['read 1'], ['events']])
})

test('and again after that', async () => {
  const {reasons, paths} = wanting(EVENTS)
  await reasons()
  vi.advanceTimersByTime(2000)
  expect([await reasons(), paths]).toEqual([['read 2'], ['events', 'events']])
})

test('something else that is wanted is read at once', async () => {
  const {reasons, paths, want} = wanting(EVENTS)
  await reasons()
  want(EVENTS, CLAIMS)
  expect([await reasons(), paths]).toEqual([['read 2'], ['events', 'events', 'persistentvolumeclaims']])
})

test('what is no longer wanted is forgotten', async () => {
  const {reasons, isWanted, known, want, paths} = wanting(EVENTS)
  await reasons()
  expect(isWanted()).toBe(true)
  want()
  expect([await reasons(), isWanted(), known(snapshot()).events, paths]).toEqual([[], false, [], ['events']])
})

test('what was read last is added to anything newer, whose clock stays', async () => {
  const {reasons, known} = wanting(EVENTS)
  await reasons()
  const newer = {...snapshot({pods: [pod()]}), observedAt: '2026-05-01T13:00:00Z'}
  const {observedAt, pods, events} = known(newer)
  expect([observedAt, pods, events.map(({reason}) => reason)]).toEqual([
    newer.observedAt,
    [pod()],
    ['read 1'],
  ])
})

test('where nothing is wanted nothing is read', async () => {
  const {reasons, isWanted, paths} = wanting()
  expect([await reasons(), isWanted(), paths]).toEqual([[], false, []])
})
