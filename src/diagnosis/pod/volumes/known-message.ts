import type {Cause} from '../../cause.ts'
import type {Finding, Severity} from '../../finding.ts'
import type {CauseId} from '../../order.ts'

/** What a kubelet or the attach-detach controller says of a Pod's volumes, in all wordings of 1.20 to 1.37. */
export interface VolumeMessage {
  readonly severity: Severity
  readonly reasons: readonly string[]
  readonly pattern: RegExp
  readonly selfHealing: Finding['selfHealing']
  /** What is wrong, out of its text, but without that: what befalls the Pod comes after it. */
  readonly words: (message: string) => string
  /** What helps, the gentlest first. */
  readonly ways: readonly string[]
  /** The step on the ladder of docs/causes.md; 0 where none is given. */
  readonly rung?: number
  /** Said once, not each time that somebody looks: it does not grow old. */
  readonly isSaidOnce?: boolean
  /** What registers late on a node that joins is not in trouble yet. */
  readonly isRegisteredLate?: boolean
  /** It only sums up what others say better. */
  readonly isSummary?: boolean
}

export type VolumeCauses = Partial<Record<CauseId, Cause & VolumeMessage>>

export interface KnownVolumeMessage extends VolumeMessage {
  readonly id: CauseId
  readonly risk?: string
  readonly avoid?: string
}
