import type {Left, LeftoverKind, Reasons} from '../../model/leftover/verdict.ts'
import type {Relations} from '../../model/relations.ts'
import type {Remedy} from '../finding.ts'
import type {Deleting} from './deleting.ts'

/** What is left over, why, and what deleting it would do. */
export interface Subject<K extends LeftoverKind, T> {
  readonly object: T
  readonly verdict: Left<K>
  readonly deleting: Deleting
  readonly relations: Relations
}

/** For each reason of a kind what to look at, on which condition to act, and what that may cost. */
export type Ways<K extends LeftoverKind, T> = Readonly<Record<Reasons[K], (subject: Subject<K, T>) => Remedy>>

export const BACKUP = 'and after a backup that was restored once'
