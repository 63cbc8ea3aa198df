import type {Finding} from '../../diagnosis/finding.ts'
import type {DaemonCounters} from '../../model/daemon-counters.ts'
import type {DaemonNodeState} from '../../model/daemon-node-state.ts'
import type {DaemonRule} from '../../model/daemon-rule.ts'
import type {MappedPod} from '../map/report.ts'
import type {ReportHeader} from '../report.ts'

/*
 * The contract of `coverage -o json`. Null: it was not seen, or nobody but the controller knows.
 */

export interface CoverageReport extends ReportHeader<'CoverageReport'> {
  readonly daemonSets: readonly CoveredDaemonSet[]
}

/** The counters as we work them out; each is null where what it counts was not seen. */
export type OurCounters = {readonly [Counter in keyof DaemonCounters]: number | null}

export interface CoveredDaemonSet extends OurCounters {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly updateStrategy: {
    readonly type: string
    readonly maxUnavailable: number | string | null
    readonly maxSurge: number | string | null
  }
  /** The hash in the Pods' label `controller-revision-hash`. */
  readonly updateRevision: string | null
  /** The counters that the controller last wrote into the status. */
  readonly reported: DaemonCounters
  /** Names of the counters in which the two differ. */
  readonly differing: readonly (keyof DaemonCounters)[]
  /** Who uses up the room of a rolling update; null for OnDelete, and where nodes, Pods or the revision are unknown. */
  readonly budget: {
    readonly mode: 'maxUnavailable' | 'maxSurge'
    readonly limit: number
    readonly used: number
    readonly usedBy: readonly string[]
  } | null
  readonly nodes: readonly CoveredNode[]
  readonly findings: readonly Finding[]
}

export interface CoverageRule {
  readonly kind: DaemonRule['kind']
  readonly detail: string
  readonly summary: string
}

export interface CoveredNode {
  readonly name: string
  readonly shouldRun: boolean | null
  readonly shouldContinueRunning: boolean | null
  readonly state: DaemonNodeState
  /** The Pod is of the current revision; null without Pod. */
  readonly updated: boolean | null
  /** The rule that excludes the node, and what all nodes that it excludes have in common; null where the Pod should run. */
  readonly rule: CoverageRule | null
  readonly ready: boolean | null
  readonly schedulable: boolean | null
  readonly createdAt: string | null
  /** In the controller's order. */
  readonly pods: readonly MappedPod[]
  /** What was found first, in a few plain words; null where nothing was. */
  readonly finding: string | null
  readonly findings: readonly Finding[]
}
