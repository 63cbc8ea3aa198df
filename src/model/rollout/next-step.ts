/** What one sync of a controller does to a Pod. */
export interface PodAction {
  readonly action: 'Create' | 'Delete'
  /** Null for a Pod that is not created yet and whose name the API server generates. */
  readonly pod: string | null
  readonly ordinal?: number
  readonly nodeName?: string
  /** Of a Pod that is created: what its label `controller-revision-hash` will be; null while nobody else knows. */
  readonly revision?: string | null
}

/** One of those that a controller picks from at random. */
export interface Candidate {
  readonly nodeName: string
  /** Null where a Pod is to be created. */
  readonly pod: string | null
}

/** A pick at random: Go's maps have no order. */
export interface Choice {
  readonly action: 'Create' | 'Delete'
  readonly count: number
  readonly from: readonly Candidate[]
}

/** Why a controller does nothing: what has to come first. */
export type WaitReason =
  /** The controller has not looked at the newest generation yet. */
  | 'Observation'
  /** The set itself is being deleted. */
  | 'SetDeletion'
  | 'PodGone'
  | 'PodReady'
  /** The Pod is ready, and has to stay so for minReadySeconds. */
  | 'PodAvailable'
  /** A claim is being deleted, or belongs to a Pod that is gone. */
  | 'Claim'
  /** Somebody else's Pod has the name that the controller needs. */
  | 'PodName'
  /** The API server refuses to change a Pod into what the set wants it to be. */
  | 'PodUpdate'
  /** As many nodes are without an available Pod, or with a second one, as the strategy allows. */
  | 'Budget'
  /** A node that is gone still has an old Pod: with maxSurge the controller fails as long as that is so. */
  | 'NodeGone'
  /** A person lowers the partition. */
  | 'Partition'
  /** A person deletes the old Pods. */
  | 'OnDelete'

export interface Wait {
  readonly reason: WaitReason
  /** In words, without the set's name: `db-2 to become ready`. */
  readonly message: string
  readonly pod?: string
  readonly ordinal?: number
  readonly nodeName?: string
  /** RFC 3339: when it will be over, where that is known. */
  readonly until?: string
}

/** What a controller does in its next sync, or what it waits for. */
export interface NextStep {
  /** All that one sync does, and that is no matter of chance; in no particular order. */
  readonly actions: readonly PodAction[]
  readonly choose: Choice | null
  /** A second pick in the same sync: with maxSurge some Pods are created and others deleted. */
  readonly chooseAlso?: Choice
  /** Null while there is something to do, and when nothing is left to do. */
  readonly waitsFor: Wait | null
}

/** Nothing to do and nothing to wait for. */
export const IDLE: NextStep = {actions: [], choose: null, waitsFor: null}

export function waiting(waitsFor: Wait): NextStep {
  return {...IDLE, waitsFor}
}
