import type {Finding} from '../diagnosis/finding.ts'
import type {ObjectReference} from '../model/objects.ts'
import type {PodLog} from '../model/snapshot.ts'
import type {ReportHeader} from './report.ts'

/*
 * The contract of `why -o json`.
 */

export interface WhyReport extends ReportHeader<'WhyReport'> {
  readonly subject: ObjectReference
  /** From what wants it to what it stands on: of a set only the ordinal, or node, that holds it up. */
  readonly chain: readonly ChainLink[]
  /** Ascending. */
  readonly timeline: readonly Moment[]
  /** The first one is the cause, the rest contribute. */
  readonly findings: readonly Finding[]
  /** Only where they were asked for. */
  readonly logs?: readonly PodLog[]
}

/**
 * `broken`: it can't do its part. `missing`: it should exist and does not. `waiting`: on its way, or for another
 * link. `unknown`: not seen.
 */
export type LinkState = 'ok' | 'broken' | 'missing' | 'unknown' | 'waiting'

/** A link of the chain; `Ordinal` is a kind of its own here, named by its number. */
export interface ChainLink extends ObjectReference {
  readonly state: LinkState
  /** What is to be said of it, in one line. */
  readonly text: string
}

/** `Deleted`: the deletion was asked for. `Revision`: a revision of a set was made. */
type MomentKind =
  | 'Created'
  | 'Deleted'
  | 'Condition'
  | 'Started'
  | 'Finished'
  | 'Restart'
  | 'Revision'
  | 'Event'

export interface Moment {
  /** RFC 3339; of an event that came again and again, the last time. */
  readonly at: string
  readonly object: ObjectReference
  readonly what: MomentKind
  readonly text: string
  /** How often, where it was more than once. */
  readonly count?: number
  readonly isWarning: boolean
}
