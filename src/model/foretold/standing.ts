import type {Pod} from '../objects.ts'

/** A Pod and where it is: on one node, on one of several that nobody can foretell, or on none. */
export interface Standing {
  readonly pod: Pod
  readonly nodes: readonly string[]
  /** It may be on others besides. */
  readonly isAnywhere?: boolean
}
