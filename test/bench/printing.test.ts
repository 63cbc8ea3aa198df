import {describe, expect, it} from 'vitest'
import type {Grown, Row} from '../../bench/measuring/results.ts'
import {growthPlot} from '../../bench/printing/growth.ts'
import {rowsTable} from '../../bench/printing/rows.ts'

const same = (value: number) => ({median: value, least: value, most: value})
const row: Row = {
  task: 'map -A',
  who: 'ours',
  runs: 5,
  seconds: same(1.25),
  cpuSeconds: 2,
  megabytes: same(360),
  bytesOut: 10,
  requests: 12,
  bytesRead: 34_000_000,
  goal: {megabytes: 350},
}
const beside: Row = {...row, who: 'bare protobuf', ratio: 1.4, goal: {ratio: 1.5}}

describe('what the benchmark prints', () => {
  it('says of each goal whether it is met', () => {
    expect(rowsTable([row, beside]).split('\n').slice(2)).toEqual([
      '| `map -A` | ours          |    1.25 | 1.25 – 1.25 |  2.00 |     360 |       12 |    34.0 |           | ≤ 350 MB: missed |',
      '|          | bare protobuf |    1.25 | 1.25 – 1.25 |  2.00 |     360 |       12 |    34.0 |      1.40 |       ≤ 1.5: met |',
    ])
  })

  it('draws what grows with the square as bars four times as long, and names the exponents', () => {
    const grown = (objects: number): Grown => ({task: 'why', objects, seconds: objects ** 2, megabytes: 8})
    const [title, first, second] = growthPlot([grown(100), grown(200)]).split('\n')
    expect(title).toBe('why   time n^2.00 (last n^2.00)   memory n^0.00 (last n^0.00)')
    expect(first).toContain(` ${'█'.repeat(8)} `)
    expect(second).toContain(` ${'█'.repeat(32)} `)
  })
})
