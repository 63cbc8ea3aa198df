import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {createTicker} from '../../src/command-line/ticker.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function ticking(turn: () => Promise<void> = async () => {}) {
  const turns = vi.fn(turn)
  const errors: unknown[] = []
  const ticker = createTicker(1000, turns, (error) => errors.push(error))
  return {...ticker, errors, count: () => turns.mock.calls.length}
}

test('a turn comes by itself, again and again, until it is stopped', async () => {
  const {count, stop} = ticking()
  await vi.advanceTimersByTimeAsync(999)
  expect(count()).toBe(0)
  await vi.advanceTimersByTimeAsync(2001)
  expect(count()).toBe(3)
  stop()
  await vi.advanceTimersByTimeAsync(5000)
  expect(count()).toBe(3)
})

test('none comes while it is paused, and they go on afterwards', async () => {
  const {count, pause} = ticking()
  pause(true)
  await vi.advanceTimersByTimeAsync(5000)
  expect(count()).toBe(0)
  pause(false)
  await vi.advanceTimersByTimeAsync(1000)
  expect(count()).toBe(1)
})

test('never two at a time: a slow one is waited for', async () => {
  const {promise, resolve} = Promise.withResolvers<void>()
  const {count} = ticking(() => promise)
  await vi.advanceTimersByTimeAsync(5000)
  expect(count()).toBe(1)
  resolve()
  await vi.advanceTimersByTimeAsync(1000)
  expect(count()).toBe(2)
})

test('an error is told, and the next turn comes', async () => {
  const error = new Error('no')
  const {count, errors} = ticking(() => Promise.reject(error))
  await vi.advanceTimersByTimeAsync(2000)
  expect([count(), errors]).toEqual([2, [error, error]])
})
