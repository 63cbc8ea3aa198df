import type {Blamed} from '../../diagnosis/blame.ts'
import type {ObjectReference} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {Need, Scope} from '../../model/scope.ts'
import type {ChainLink, SubjectSummary} from './report.ts'

/** What is to be said of one subject. */
export interface Explanation {
  /** Null where the subject was not seen. */
  readonly summary: SubjectSummary | null
  readonly chain: readonly ChainLink[]
  /** The cause first. */
  readonly findings: readonly Blamed[]
  /** Objects beyond the chain whose history belongs to it. */
  readonly others: readonly ObjectReference[]
}

/** How one kind of subject is explained. */
export interface Explainer {
  readonly needs: (scope: Scope) => readonly Need[]
  readonly more: (relations: Relations, scope: Scope) => readonly Need[]
  /** How to read a cluster for it; absent where that is the same. */
  readonly narrow?: (scope: Scope) => Pick<Explainer, 'needs' | 'more'> | undefined
  readonly explain: (relations: Relations, scope: Scope) => Explanation
}

export const NOTHING: Explanation = {summary: null, chain: [], findings: [], others: []}
