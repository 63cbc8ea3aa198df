import {parseArgs} from 'node:util'
import {FULL, type Size, SMALL, shrunk} from './size.ts'

/** What a run of the benchmark does. */
export interface Plan {
  /** From the smallest to the one that the table is about, each twice the one before. */
  readonly sizes: readonly Size[]
  readonly pairs: number
  /** Words of which the name of a task must hold one to be run. */
  readonly only: readonly string[]
  /** A companion that is left out. */
  readonly without: string
  /** Folder that keeps loaded clusters. */
  readonly data: string | undefined
  /** Folder of another build, to be timed beside this one. */
  readonly before: string | undefined
  /** Saved results to print, in place of measuring. */
  readonly saved: string | undefined
  readonly output: Output
}

type Output = 'json' | 'markdown'

const number = {type: 'string'} as const
const text = {type: 'string'} as const
const OPTIONS = {
  full: {type: 'boolean', default: false},
  nodes: number,
  sets: number,
  replicas: number,
  daemons: number,
  doublings: number,
  pairs: {...number, default: '5'},
  only: {...text, default: ''},
  without: {...text, default: ''},
  data: text,
  before: text,
  from: text,
  output: {...text, short: 'o', default: 'markdown'},
} as const

export function readPlan(argv: readonly string[]): Plan {
  const {values} = parseArgs({args: [...argv], options: OPTIONS})
  const preset = values.full ? FULL : SMALL
  const size = {
    nodes: count(values.nodes, preset.nodes),
    sets: count(values.sets, preset.sets),
    replicas: count(values.replicas, preset.replicas),
    daemons: count(values.daemons, preset.daemons),
  }
  return {
    sizes: doubling(size, count(values.doublings, values.full ? 3 : 0)),
    pairs: count(values.pairs, 5),
    only: values.only.split(','),
    without: values.without,
    data: values.data,
    before: values.before,
    saved: values.from,
    output: values.output === 'json' ? 'json' : 'markdown',
  }
}

function doubling(size: Size, doublings: number): readonly Size[] {
  return Array.from({length: doublings + 1}, (_, index) => shrunk(size, 2 ** (doublings - index)))
}

function count(given: string | undefined, otherwise: number): number {
  const value = Number(given ?? otherwise)
  if (!Number.isInteger(value) || value < 0) throw new Error(`"${given}" is not a count`)
  return value
}
