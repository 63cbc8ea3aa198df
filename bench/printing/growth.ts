import type {Grown} from '../measuring/results.ts'
import {exponentOf, type Point} from '../measuring/statistics.ts'
import {decimals} from './rows.ts'

/** Length of the longest bar. */
const WIDTH = 32

/** For each command a bar for each size: twice the objects should be a bar of twice the length at most. */
export function growthPlot(growth: readonly Grown[]): string {
  return [...Map.groupBy(growth, ({task}) => task)].map(([task, points]) => panel(task, points)).join('\n\n')
}

function panel(task: string, points: readonly Grown[]): string {
  const time = points.map(({objects, seconds}) => ({size: objects, value: seconds}))
  const memory = points.map(({objects, megabytes}) => ({size: objects, value: megabytes}))
  const title = `${task}   time ${curve(time)}   memory ${curve(memory)}`
  const [longest, largest] = [mostOf(time), mostOf(memory)]
  const lines = points.map(({objects, seconds, megabytes}) =>
    [
      `${objects}`.padStart(8),
      bar(seconds / longest),
      `${decimals(seconds)} s`.padStart(7),
      bar(megabytes / largest),
      `${megabytes.toFixed(0)} MB`.padStart(7),
    ].join(' '),
  )
  return [title, ...lines].join('\n')
}

/** The exponent over all sizes and the one of the last doubling, which what is constant hides least. */
function curve(points: readonly Point[]): string {
  return `n^${exponentOf(points).toFixed(2)} (last n^${exponentOf(points.slice(-2)).toFixed(2)})`
}

function mostOf(points: readonly Point[]): number {
  return Math.max(...points.map(({value}) => value))
}

function bar(part: number): string {
  return '█'.repeat(Math.max(1, Math.round(part * WIDTH))).padEnd(WIDTH)
}
