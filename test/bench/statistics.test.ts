import {describe, expect, it} from 'vitest'
import {exponentOf, median, spreadOf} from '../../bench/measuring/statistics.ts'

const curve = (of: (size: number) => number) => [1, 2, 4, 8].map((size) => ({size, value: of(size)}))

describe('the statistics of the benchmark', () => {
  it('finds the exponent of a curve', () => {
    expect(exponentOf(curve((size) => 3 * size))).toBeCloseTo(1)
    expect(exponentOf(curve((size) => 5 * size ** 2))).toBeCloseTo(2)
    expect(exponentOf(curve(() => 7))).toBeCloseTo(0)
  })

  it('takes the middle, and the middle of two', () => {
    expect(median([9, 1, 4])).toBe(4)
    expect(median([1, 2, 4, 100])).toBe(3)
  })

  it('keeps the ends', () => {
    expect(spreadOf([3, 1, 2])).toEqual({median: 2, least: 1, most: 3})
  })
})
