import type {Finding} from '../../diagnosis/finding.ts'
import type {ReportHeader} from '../report.ts'
import type {RolledWorkload, RolloutState} from '../rollout/report.ts'

/*
 * The contract of `status -o json`. Null: there is none, or it was not seen.
 */

/** Worst first. */
export interface StatusReport extends ReportHeader<'StatusReport'> {
  readonly workloads: readonly WorkloadStatus[]
}

export interface WorkloadStatus {
  readonly kind: RolledWorkload['kind']
  /** API group of a type that an operator brings along; absent for those of Kubernetes. */
  readonly group?: string
  readonly namespace: string
  readonly name: string
  readonly desired: number | null
  readonly ready: number | null
  readonly updated: number | null
  readonly state: RolloutState
  /** RFC 3339: since when it is stalled; else when something last moved. */
  readonly since: string | null
  /** The first of the findings, the cause, in a few words; null where nothing was found. */
  readonly top: {readonly id: string; readonly title: string} | null
  /** The first one is the cause. */
  readonly findings: readonly Finding[]
}
