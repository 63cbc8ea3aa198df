import type {Finding} from '../../diagnosis/finding.ts'
import type {ObjectReference} from '../../model/objects.ts'
import type {PodLog} from '../../model/snapshot.ts'
import type {ReportHeader} from '../report.ts'

/*
 * The contract of `why -o json`.
 */

export interface WhyReport extends ReportHeader<'WhyReport'> {
  /** With the API group of a type that an operator brings along. */
  readonly subject: ObjectReference & {readonly group?: string}
  /** How it is; null where it was not seen. */
  readonly summary: SubjectSummary | null
  /** From what wants it to what it stands on: of a set only the ordinal, or node, that blocks it. */
  readonly chain: readonly ChainLink[]
  /** Ascending. */
  readonly timeline: readonly TimelineEntry[]
  /** The first one is the cause, the rest contribute. */
  readonly findings: readonly Finding[]
  /** Where nothing was found: the event that is still repeated all the same. */
  readonly warning?: TimelineEntry
  /** Only where they were asked for. */
  readonly logs?: readonly PodLog[]
}

/** How the subject of a question is, in few words. */
export interface SubjectSummary {
  /** Of a set as in `rollout`, of a Pod as in kubectl's STATUS, of a claim its phase; of a node `Ready` or `NotReady`. */
  readonly state: string
  /** RFC 3339. */
  readonly since: string | null
  /** Pods of a set, containers of a Pod. */
  readonly ready: Share | null
  /** Pods of the update revision. */
  readonly updated: Share | null
  /** Of a node that is not ready, what is known of its kubelet. */
  readonly reason: string | null
}

/** So many of so many; null: not seen. */
interface Share {
  readonly count: number | null
  readonly of: number | null
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

/** `Deleted`: the deletion was requested. `Revision`: a revision of a set was created. */
type EntryKind =
  | 'Created'
  | 'Deleted'
  | 'Condition'
  | 'Started'
  | 'Finished'
  | 'Restart'
  | 'Revision'
  | 'Event'

export interface TimelineEntry {
  /** RFC 3339; of an event that came again and again, the last time. */
  readonly at: string
  readonly object: ObjectReference
  readonly what: EntryKind
  /** Of an event its reason, of a condition what it is: `BackOff`, `Ready=False`. */
  readonly reason?: string
  readonly text: string
  /** An event about an earlier object of the same name. */
  readonly isOfEarlier?: true
  /**
   * How often, where it was more than once.
   * @minimum 2
   */
  readonly count?: number
  readonly isWarning: boolean
}
