import type {CustomName} from './custom/object.ts'
import type {ResourceKey} from './snapshot.ts'

/** The workloads that a question is about. */
export interface Scope {
  /** Undefined: all namespaces. */
  readonly namespace?: string
  /** Empty: every one of the report's own kinds. */
  readonly names: readonly ResourceName[]
  /** Objects of types that operators bring along; then there are no other names. */
  readonly custom?: readonly CustomName[]
  /** Without names: those of this kind only. */
  readonly kind?: ResourceKey
  /** kubectl's `-l`, on the workloads. */
  readonly selector?: string
}

/** `sts/web`: a kind and a name. */
export interface ResourceName {
  readonly resource: ResourceKey
  readonly name: string
  /** A name without type: it may be of this kind as well. */
  readonly or?: ResourceKey
}

/** One list that a report wants from the cluster. */
export interface Need {
  readonly resource: ResourceKey
  /** Undefined: all namespaces, or a cluster-scoped kind. */
  readonly namespace?: string
  /** One object: asked for by its name, so that a right on that name is enough. */
  readonly name?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
  /**
   * The question is about these: without them there is no answer, so a refusal is an error, not an omission. Of those
   * that are `one-of` several kinds one is enough.
   */
  readonly isSubject?: boolean | 'one-of'
  /** It may tell of one trouble more, and of nothing else: where it may not be read, that is not worth a word. */
  readonly isExtra?: true
  /** Of ControllerRevisions: with the templates that they hold, which may have secrets in them. */
  readonly withTemplates?: true
}

/** What keeps a need to the namespace of the question. */
export function within({namespace}: Scope): Pick<Need, 'namespace'> {
  return namespace === undefined ? {} : {namespace}
}

/** Equal for needs that ask for the same. */
export function needKey(need: Need): string {
  return JSON.stringify(Object.entries(need).toSorted(([left], [right]) => (left < right ? -1 : 1)))
}
