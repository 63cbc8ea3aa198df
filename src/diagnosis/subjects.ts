import type {Budget} from '../model/daemon-budget.ts'
import type {CountedNode} from '../model/daemon-counters.ts'
import type {DaemonNodeState} from '../model/daemon-node-state.ts'
import type {
  DaemonSet,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StatefulSet,
} from '../model/objects.ts'
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

/** What rules about a whole DaemonSet look at. Without the right to list nodes, `nodes` is empty. */
export interface DaemonSetSubject {
  readonly daemonSet: DaemonSet
  readonly nodes: readonly CountedNode[]
  /** Pods by node, of nodes that are gone or were not seen. */
  readonly strays: ReadonlyMap<string, readonly Pod[]>
  /** The hash that Pods of the current template carry; undefined while nobody but the controller knows. */
  readonly hash: string | undefined
  /** Undefined for OnDelete, and while the hash is not known. */
  readonly budget: Budget | undefined
  readonly relations: Relations
}

/** What rules about a DaemonSet on one node look at. */
export interface DaemonNodeSubject extends Omit<DaemonSetSubject, 'nodes' | 'strays'> {
  readonly name: string
  /** Undefined for a node that is gone, or that was not seen. */
  readonly node?: Node
  readonly eligibility?: CountedNode['eligibility']
  readonly state: DaemonNodeState
  /** In the controller's order: the first one is the one that it counts. */
  readonly pods: readonly Pod[]
}
