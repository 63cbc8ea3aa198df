import type {FieldChange} from '../../model/revisions/template-changes.ts'

/** What is known of the revisions of one workload: of `--revisions` and `--diff` alone. */
export interface WorkloadRevisions {
  readonly kind: 'StatefulSet' | 'DaemonSet'
  readonly namespace: string
  readonly name: string
  /** Name of the ControllerRevision that Pods are updated to; null while the controller has not looked at the newest generation, and where it was not seen. */
  readonly updateRevision: string | null
  /** How often the controller found the name of a new revision taken by another template (`status.collisionCount`). */
  readonly collisionCount: number
  /** Newest first; last those that only Pods or the status of the set still name. */
  readonly history: readonly WorkloadRevision[]
  /** To the update revision from each other one that is in use; where none is, from the one before. */
  readonly differences: readonly RevisionDifference[]
}

export interface WorkloadRevision {
  /** Of the ControllerRevision; of one that is not there, as Pods name it. */
  readonly name: string
  /** `Missing`: it was deleted. `Unknown`: ControllerRevisions could not be read. */
  readonly state: 'Present' | 'Missing' | 'Unknown'
  /** The highest is the newest; going back to an old template gives its revision a new number. */
  readonly number: number | null
  readonly isUpdate: boolean
  /** As the controller of a StatefulSet reports it. */
  readonly isCurrent: boolean
  /** Null: not all Pods of the workload were seen. */
  readonly pods: number | null
  /** Of the Pods of a StatefulSet; null: not all of them were seen. */
  readonly ordinals: readonly number[] | null
  /** Of the Pods of a DaemonSet; null: not all of them were seen. */
  readonly nodeNames: readonly string[] | null
  readonly createdAt: string | null
  /** Who wrote the ControllerRevision last, which is a controller. */
  readonly writtenBy: Writer | null
  /** Who changed the set right before that; null where somebody has changed it since, for the API keeps only the last time of each. */
  readonly setChangedBy: Writer | null
  /** Name of a newer one with the same template; null: there is none. */
  readonly sameAs: string | null
}

/** One entry of `metadata.managedFields`. */
export interface Writer {
  readonly manager: string
  readonly operation: string
  readonly at: string | null
}

export interface RevisionDifference {
  readonly from: string
  readonly to: string
  /** Why these two: the set's current revision, one that Pods are still of, or the one before the update revision, where no other is known to be in use. */
  readonly basis: 'Current' | 'InUse' | 'Before'
  /** `InPart`: a snapshot keeps no environment, commands, arguments and whatever else may be a secret. */
  readonly known: 'Whole' | 'InPart' | 'Unknown'
  /** Why not all of it is known, or why nothing has changed; null where that needs no word. */
  readonly reason: string | null
  readonly changes: readonly FieldChange[]
}
