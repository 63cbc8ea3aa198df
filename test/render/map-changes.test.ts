import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {changes} from '../../src/command-line/display.ts'
import {changingOrdinals} from '../../src/render/views/map-changes.ts'
import type {MapReport} from '../../src/reports/map/report.ts'

const file = join(import.meta.dirname, '../scenarios/start-five-two-templates/map.json')
const report = JSON.parse(readFileSync(file, 'utf8')) as MapReport

function without(ordinal: number): MapReport {
  const workloads = report.workloads.map((workload) => ({
    ...workload,
    ordinals: workload.ordinals.filter((each) => each.ordinal !== ordinal),
  }))
  return {...report, workloads}
}

test('each ordinal and claim has a line of its own, in their order', () => {
  const rows = report.workloads.flatMap(({ordinals}) => ordinals.flatMap(({claims}) => claims))
  const lines = changingOrdinals(report)
  expect(lines.size).toBe(rows.length)
  expect([...lines.values()].map((line) => /(?:data|archive)-db-\d+/.exec(line)?.[0])).toEqual(
    rows.map(({name}) => name),
  )
})

test('a Pod that comes is one line for each of its claims, and one that goes is gone', () => {
  const [before, after] = [changingOrdinals(without(6)), changingOrdinals(report)]
  const [first] = report.workloads.flatMap(({ordinals}) => ordinals.filter(({ordinal}) => ordinal === 6))
  expect(changes(before, before)).toEqual([])
  expect(changes(before, after)).toHaveLength(first?.claims.length ?? 0)
  expect(changes(after, before).every((line) => line.endsWith('   (gone)'))).toBe(true)
})

test('times change nothing', () => {
  const later = {...report, observedAt: '2036-01-01T00:00:00Z'}
  expect(changingOrdinals(later)).toEqual(changingOrdinals(report))
})
