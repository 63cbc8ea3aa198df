import type {Size} from '../size.ts'
import type {Stages} from './stages.ts'
import type {Spread} from './statistics.ts'
import type {Traffic} from './traffic.ts'

/** What is known of one command after all its runs. */
export interface Row extends Traffic {
  readonly task: string
  readonly who: string
  readonly runs: number
  readonly seconds: Spread
  readonly cpuSeconds: number
  readonly megabytes: Spread
  readonly bytesOut: number
  /** Ours divided by it, of each pair: the middle. */
  readonly ratio?: number
  readonly goal?: Goal
  /** Of ours. */
  readonly stages?: Stages
}

/** Of ours for its memory, of what stands beside it for the ratio. */
export interface Goal {
  readonly ratio?: number
  readonly megabytes?: number
}

/** One of our commands at one size of the cluster. */
export interface Grown {
  readonly task: string
  readonly objects: number
  readonly seconds: number
  readonly megabytes: number
}

/** All that one run of the benchmark has found. */
export interface Results {
  readonly at: string
  readonly machine: string
  readonly node: string
  readonly kubernetes: string
  readonly size: Size
  readonly rows: readonly Row[]
  readonly growth: readonly Grown[]
}
