import type {Finding} from '../../diagnosis/finding.ts'
import type {LedgerEntry} from '../../model/daemon-budget.ts'
import type {NextStep} from '../../model/rollout/next-step.ts'
import type {ReportHeader} from '../report.ts'
import type {WorkloadRevisions} from './revisions-report.ts'

/*
 * The contract of `rollout -o json`. Null: there is none, or it was not seen.
 */

export interface RolloutReport extends ReportHeader<'RolloutReport'> {
  readonly workloads: readonly RolledWorkload[]
  /** Only with `--revisions` or `--diff`: of each workload, in the same order. */
  readonly revisions?: readonly WorkloadRevisions[]
}

/**
 * `Complete`: all that is to be updated is, and is available. `Held`: so it is, and a partition keeps the rest back.
 * `Waiting`: by design, for a person (OnDelete) or a clock (minReadySeconds). `Stalled`: nothing moves without a
 * person, or what is waited for is overdue. `Unknown`: the controller has not seen the newest generation, or we may not
 * see what it sees.
 */
export type RolloutState = 'Complete' | 'Progressing' | 'Held' | 'Waiting' | 'Stalled' | 'Unknown'

export type StepState =
  | 'updated'
  | 'updating'
  | 'blocking'
  | 'waiting'
  | 'held'
  | 'missing'
  | 'condemned'
  | 'excluded'
  | 'unknown'

export interface RolledWorkload {
  /** `StatefulSet`, `DaemonSet`, or what an operator calls it. */
  readonly kind: string
  /** API group of a type that an operator brings along; absent for those of Kubernetes. */
  readonly group?: string
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly state: RolloutState
  /** The same as `state`, by the name that v1alpha1 had for it first. */
  readonly status: RolloutState
  /** In one sentence, why it is that; null where the state says it all. */
  readonly reason: string | null
  /** RFC 3339: since when it is stalled; else when something last moved. Null where nothing tells. */
  readonly since: string | null
  readonly updateStrategy: {
    readonly type: string
    readonly podManagementPolicy: string | null
    readonly partition: number | null
    readonly maxUnavailable: number | string | null
    readonly maxSurge: number | string | null
    /** Whether this server's controller heeds maxUnavailable of a StatefulSet; null for a DaemonSet, which always does. */
    readonly honorsMaxUnavailable: boolean | null
    readonly minReadySeconds: number
    /** Of OpenKruise: whether Pods are recreated, or changed where they are. */
    readonly podUpdatePolicy?: string
    /** Of OpenKruise: nothing is updated until a person says so. */
    readonly paused?: true
  }
  /** As the controller reports it; what Pods really are is in `revisions`. */
  readonly currentRevision: string | null
  readonly updateRevision: string | null
  /** Revisions by the labels of the Pods, most Pods first. */
  readonly revisions: readonly {readonly name: string | null; readonly pods: number}[]
  readonly counts: {
    readonly desired: number | null
    readonly updated: number | null
    readonly ready: number | null
    readonly available: number | null
  }
  /** Of a rolling DaemonSet: how far it may go at once, and who uses that up. */
  readonly budget: {
    readonly mode: 'maxUnavailable' | 'maxSurge'
    readonly limit: number
    readonly used: number
    readonly usedBy: readonly {readonly nodeName: string; readonly why: LedgerEntry['why']}[]
  } | null
  /** In the controller's own order. */
  readonly steps: readonly RolloutStep[]
  readonly next: NextStep
  /** Of a type that an operator brings along: who decides what comes next, and what is known of that; nothing is foretold. */
  readonly decidedBy?: string
  readonly pace: {
    /** RFC 3339: when a Pod was last created, deleted or became ready. */
    readonly lastStepAt: string
    /** Between one Pod of the update revision and the next one, of late; null before the second, and where many come at once. */
    readonly secondsPerPod: number | null
  } | null
  readonly blockedBy: Blocker | null
  readonly findings: readonly Finding[]
}

export interface RolloutStep {
  readonly ordinal: number | null
  /** What its operator says that it is among the others. */
  readonly role?: 'primary' | 'replica'
  readonly nodeName: string | null
  readonly pod: string | null
  readonly revision: string | null
  readonly state: StepState
  /** The word in kubectl's STATUS column; null without Pod. */
  readonly status: string | null
  readonly containers: {readonly ready: number; readonly total: number} | null
  /** RFC 3339: since when the Pod is as it is. */
  readonly since: string | null
}

export interface Blocker {
  readonly ordinal: number | null
  readonly nodeName: string | null
  readonly pod: string | null
  readonly status: string | null
  /** RFC 3339. */
  readonly since: string | null
  /** In one sentence, without remedy: that is in the findings. */
  readonly message: string
  readonly findings: readonly Finding[]
}
