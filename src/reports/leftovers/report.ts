import type {Remedy} from '../../diagnosis/finding.ts'
import type {Deleting} from '../../diagnosis/leftover/deleting.ts'
import type {LeftoverKind, LeftoverReason, SparedReason} from '../../model/leftover/verdict.ts'
import type {ReportHeader} from '../report.ts'

/*
 * The contract of `leftovers -o json`. Null: there is none, or it was not seen.
 */

export interface LeftoversReport extends ReportHeader<'LeftoversReport'> {
  /** Claims, volumes, attachments, Pods, revisions; each by namespace and name. */
  readonly leftovers: readonly Leftover[]
  readonly totals: Totals
  /** What to do about each kind and reason: what to look at, and on which condition to act. */
  readonly advice: readonly Advice[]
  /** What looks left over and is not called so, by reason. */
  readonly spared: readonly Spared[]
  /** Kinds that nothing can be said of, and why. */
  readonly unjudged: readonly {readonly kind: LeftoverKind; readonly message: string}[]
}

export interface Leftover {
  readonly kind: LeftoverKind
  readonly namespace: string | null
  readonly name: string
  readonly reason: LeftoverReason
  /** `error`: it is in the way of something. `info`: it may well be kept on purpose. */
  readonly severity: 'error' | 'warning' | 'info'
  /** Why it is left over, in one sentence. */
  readonly message: string
  /** Names of the sets that it belonged to, or may have belonged to. */
  readonly sets: readonly string[]
  readonly ordinal: number | null
  /** Of a claim its capacity, or what it requests; of a volume its capacity. */
  readonly size: string | null
  readonly storageClassName: string | null
  readonly createdAt: string | null
  /** Since when no Pod uses a claim, where the server says so (from 1.37). */
  readonly unusedAt: string | null
  /** `persistentVolumeClaimRetentionPolicy` of the set, where it is still there. */
  readonly retentionPolicy: {readonly whenDeleted: string; readonly whenScaled: string} | null
  readonly volumeName: string | null
  readonly reclaimPolicy: string | null
  readonly nodeName: string | null
  /** What deleting it would do. */
  readonly deleting: Deleting
}

export interface Totals {
  readonly claims: number
  readonly volumes: number
  /** Of claims and volumes, in bytes; of those without size nothing is counted. */
  readonly bytes: number
  /** Of those of which deleting destroys data. */
  readonly bytesDestroyed: number
  readonly byClass: readonly Sum[]
  readonly byNamespace: readonly Sum[]
}

export interface Sum {
  /** Of the class, or the namespace; null: none. */
  readonly name: string | null
  readonly claims: number
  readonly volumes: number
  readonly bytes: number
  readonly bytesDestroyed: number
}

export interface Advice {
  readonly kind: LeftoverKind
  readonly reason: LeftoverReason
  readonly count: number
  /** The one that the commands are about; likewise for each of the others. */
  readonly example: {readonly namespace: string | null; readonly name: string}
  readonly message: string
  readonly remedy: Remedy
}

export interface Spared {
  readonly kind: LeftoverKind
  readonly reason: SparedReason
  /** Whose they are, as far as that is the reason. */
  readonly by: string | null
  readonly objects: readonly {readonly namespace: string | null; readonly name: string}[]
  readonly bytes: number
}
