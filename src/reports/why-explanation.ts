import type {Finding} from '../diagnosis/finding.ts'
import type {ObjectReference} from '../model/objects.ts'
import type {Relations} from '../model/relations.ts'
import type {Need, Scope} from '../model/scope.ts'
import type {ChainLink} from './why-report.ts'

/** What is to be said of one subject. */
export interface Explanation {
  readonly chain: readonly ChainLink[]
  /** In any order, some perhaps twice. */
  readonly findings: readonly Finding[]
  /** Objects beyond the chain whose history belongs to it. */
  readonly others: readonly ObjectReference[]
}

/** How one kind of subject is explained. */
export interface Explainer {
  readonly needs: (scope: Scope) => readonly Need[]
  readonly more: (relations: Relations, scope: Scope) => readonly Need[]
  readonly explain: (relations: Relations, scope: Scope) => Explanation
}

export const NOTHING: Explanation = {chain: [], findings: [], others: []}
