import {expect, test} from 'vitest'
import {createBackoff} from '../../src/cluster/watch/backoff.ts'

/** Waits of one failure after the other, each so long after the one before. */
function waits(random: number, ...gaps: readonly number[]): readonly number[] {
  let now = 0
  const backoff = createBackoff({now: () => now, random: () => random})
  return gaps.map((gap) => {
    now += gap
    return backoff()
  })
}

test('waits double from 0.8 s up to 30 s', () => {
  expect(waits(0, 0, 1, 1, 1, 1, 1, 1, 1)).toEqual([800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000])
})

test('chance makes them longer, never longer than 30 s', () => {
  expect(waits(0.5, 0, 1, 1, 1, 1, 1)).toEqual([1200, 2400, 4800, 9600, 19_200, 30_000])
})

test('after two minutes without a failure they begin again', () => {
  expect(waits(0, 0, 1, 1, 120_000, 120_001, 1)).toEqual([800, 1600, 3200, 6400, 800, 1600])
})
