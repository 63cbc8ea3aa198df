import type {Pod} from '../objects.ts'

/** A Pod and where it is: on one node, on one of several that nobody can foretell, or on none. */
export interface Standing {
  readonly pod: Pod
  readonly nodes: readonly string[]
  /** It may be on others besides. */
  readonly isAnywhere?: boolean
  /** Others may have been there first: then it is nowhere. */
  readonly isUnsure?: boolean
}

/** It is on the one node that is named. */
export function isCertain({nodes, isUnsure = false}: Standing): boolean {
  return nodes.length === 1 && !isUnsure
}
