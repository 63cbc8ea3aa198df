import type {CustomObject} from './custom/object.ts'
import type {
  ControllerRevision,
  CSINode,
  DaemonSet,
  Deployment,
  EndpointSlice,
  Event,
  Lease,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  ReplicaSet,
  Service,
  StatefulSet,
  StorageClass,
  VolumeAttachment,
} from './objects.ts'
import type {ClaimUsage} from './usage.ts'

/** The kinds of object that we know how to read, by the plural that the API gives them in camel case. */
export interface Observed {
  readonly statefulSets: readonly StatefulSet[]
  readonly daemonSets: readonly DaemonSet[]
  readonly deployments: readonly Deployment[]
  readonly replicaSets: readonly ReplicaSet[]
  readonly controllerRevisions: readonly ControllerRevision[]
  readonly pods: readonly Pod[]
  readonly persistentVolumeClaims: readonly PersistentVolumeClaim[]
  readonly persistentVolumes: readonly PersistentVolume[]
  readonly storageClasses: readonly StorageClass[]
  readonly volumeAttachments: readonly VolumeAttachment[]
  readonly csiNodes: readonly CSINode[]
  readonly nodes: readonly Node[]
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly events: readonly Event[]
  readonly podDisruptionBudgets: readonly PodDisruptionBudget[]
  readonly leases: readonly Lease[]
}

export type ResourceKey = keyof Observed

/** Reason of an omission: objects of the kind were saved, and nobody says that they are all. */
export const IN_PART = 'InPart'

/** Reason of an omission: the server sent objects of the kind that make no sense; the others were read. */
export const WRONG_SHAPE = 'WrongShape'

/** Whether objects of the kind are known nevertheless. */
export function isInPart({reason}: Pick<Omission, 'reason'>): boolean {
  return reason === IN_PART || reason === WRONG_SHAPE
}

/** Reason of an omission: there are more than anybody looks at. */
export const CUT = 'Cut'

/** Reasons of what may not be read, or is not there to be read: that is sight in part. */
const REFUSALS: ReadonlySet<string> = new Set([
  'Forbidden',
  'NotFound',
  'MethodNotAllowed',
  'NotInFile',
  IN_PART,
  CUT,
])

/**
 * Whether reading it broke, as when nothing answers or an answer is cut off: an answer without it is not whole, whatever rights
 * one has. Logs and figures of disks are where their node is, and out of reach with it.
 */
export function isBroken({resource, reason}: Omission): boolean {
  return !REFUSALS.has(reason) && resource !== 'pods/log' && resource !== 'nodes/proxy'
}

/** Kinds that are in no namespace, where all of a kind are as many as the cluster is large. */
export const CLUSTER_WIDE = [
  'persistentVolumes',
  'storageClasses',
  'volumeAttachments',
  'csiNodes',
  'nodes',
] as const

export type Named = Readonly<Partial<Record<(typeof CLUSTER_WIDE)[number], readonly string[]>>>

/** Something that the question needed and that could not be seen. */
export interface Omission {
  /** The API's plural, lower case: `persistentvolumes`. */
  readonly resource: string
  /** The API's reason (`Forbidden`, `Timeout`, …), `NotInFile` for a saved file that lacks the kind, or `InPart`; `WrongShape` where some objects make no sense. */
  readonly reason: string
  readonly message: string
}

/** The end of what a container has said. */
export interface PodLog {
  readonly namespace: string
  readonly pod: string
  readonly container: string
  /** Of its run before the present one. */
  readonly previous: boolean
  readonly lines: readonly string[]
}

/**
 * All facts an answer is made from, read once. A kind that was not requested is an empty list;
 * a kind that was asked for and not seen is an empty list and an omission.
 */
export interface ClusterSnapshot extends Observed {
  /** RFC 3339. The only clock of everything that is computed from this snapshot. */
  readonly observedAt: string
  readonly server?: {readonly version: string}
  readonly omissions: readonly Omission[]
  /** Kinds that nobody has asked for: absence of such an object says nothing. */
  readonly unread?: readonly ResourceKey[]
  /** Kinds of which only objects with these names were asked for: absence of others says nothing. */
  readonly named?: Named
  /** Uids of sets of which saved files hold fewer Pods than the sets themselves count: absence of one says nothing. */
  readonly inPart?: readonly string[]
  /** Only where somebody asked for them. */
  readonly logs?: readonly PodLog[]
  /** Objects of types that operators bring along; only those that somebody asked for. */
  readonly custom?: readonly CustomObject[]
  /** What kubelets have measured of claims; only where somebody asked for that. */
  readonly usage?: readonly ClaimUsage[]
}

const nothing: Observed = {
  statefulSets: [],
  daemonSets: [],
  deployments: [],
  replicaSets: [],
  controllerRevisions: [],
  pods: [],
  persistentVolumeClaims: [],
  persistentVolumes: [],
  storageClasses: [],
  volumeAttachments: [],
  csiNodes: [],
  nodes: [],
  services: [],
  endpointSlices: [],
  events: [],
  podDisruptionBudgets: [],
  leases: [],
}

/** Every kind that a snapshot has a list of. */
export const observedKeys = Object.keys(nothing) as readonly ResourceKey[]

/** A snapshot that holds what is given and nothing else. */
export function snapshotOf(
  observedAt: string,
  facts: Partial<Omit<ClusterSnapshot, 'observedAt'>> = {},
): ClusterSnapshot {
  return {...nothing, omissions: [], ...facts, observedAt}
}
