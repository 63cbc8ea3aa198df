import type {Cause} from '../../cause.ts'
import type {Severity} from '../../finding.ts'
import type {CauseId} from '../../order.ts'
import type {PodSubject} from '../subject.ts'
import type {MountedClaim} from './mounted-claims.ts'

/**
 * When a reason is found. A node is refused by the first plugin that objects, so that a cordoned or full node in the
 * wrong zone says nothing of the zone: `early` before room is looked at, `late` from there on, `place` where the
 * Pod's volumes are, and `after` that, of nodes that reach the volumes alone.
 */
export type Stage = 'early' | 'late' | 'place' | 'after'

/** What the scheduler says of a claim, and which claims of the Pod it can mean. */
export interface ClaimWords {
  /** As it goes on after `Claim data-db-0 is`. */
  readonly state: string
  readonly means: (each: MountedClaim, subject: PodSubject) => boolean
  /** It passes by itself while the claim has only just been created. */
  readonly isBrief?: boolean
}

/** A reason of the scheduler: all that is known of one, in one row. */
export interface Reason {
  readonly pattern: RegExp
  readonly severity: Severity
  /** What is wrong, as it goes on with ` on node node-a`; a claim has words of its own. */
  readonly words?: string
  /** No node has a part in it, and none is named. */
  readonly isOfNoNode?: true
  /** What helps a Pod that has one node of its own: ways to choose from, the gentlest first. */
  readonly ways: readonly string[]
  /** For a Pod that may run on several nodes, where those would mislead. */
  readonly onSeveral?: readonly string[]
  /** What is said and done instead where its text says this, too; it has no risk. */
  readonly inCase?: {readonly said: RegExp; readonly words: string; readonly ways: readonly string[]}
  /** `late` where none is given. */
  readonly stage?: Stage
  /** Which objects prove it, and can be named. */
  readonly about?: 'labels' | 'cordon' | 'taint' | 'reach' | 'binding' | 'users'
  /** Devices, drivers and taints of a node come and go while it joins; its room does not. */
  readonly isRegisteredLate?: boolean
  readonly claim?: ClaimWords
}

export type SchedulingCauses = Partial<Record<CauseId, Cause & Reason>>

export interface SchedulingReason extends Cause, Reason {
  readonly id: CauseId
}
