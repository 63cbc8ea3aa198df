import type {PersistentVolume, PersistentVolumeClaim, StatefulSet} from '../model/objects.ts'
import type {Ordinal, OrdinalClaim} from '../model/ordinals.ts'
import type {Relations} from '../model/relations.ts'

/** What rules about a whole set look at. */
export interface SetSubject {
  readonly set: StatefulSet
  readonly ordinals: readonly Ordinal[]
  readonly relations: Relations
}

/** What rules about one ordinal look at. */
export interface OrdinalSubject {
  readonly set: StatefulSet
  readonly ordinal: Ordinal
  readonly relations: Relations
}

/** What rules about one claim look at; the claim and its volume exist, or they are undefined. */
export interface ClaimSubject {
  readonly namespace: string
  readonly name: string
  readonly claim?: PersistentVolumeClaim
  readonly volume?: PersistentVolume
  readonly relations: Relations
  /** Undefined for a claim of a Deployment's Pod. */
  readonly of?: OrdinalSubject & {readonly ordinalClaim: OrdinalClaim}
}
