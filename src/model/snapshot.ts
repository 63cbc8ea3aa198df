import type {
  ControllerRevision,
  DaemonSet,
  Deployment,
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
  readonly nodes: readonly Node[]
  readonly services: readonly Service[]
  readonly events: readonly Event[]
  readonly podDisruptionBudgets: readonly PodDisruptionBudget[]
  readonly leases: readonly Lease[]
}

export type ResourceKey = keyof Observed

/** Something that the question needed and that could not be seen. */
export interface Omission {
  /** The API's plural, lower case: `persistentvolumes`. */
  readonly resource: string
  /** The API's reason (`Forbidden`, `Timeout`, …), or `NotInFile` for a saved file that lacks the kind. */
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
 * All facts an answer is made from, read once. A kind that was not asked for is an empty list;
 * a kind that was asked for and not seen is an empty list and an omission.
 */
export interface ClusterSnapshot extends Observed {
  /** RFC 3339. The only clock of everything that is computed from this snapshot. */
  readonly observedAt: string
  readonly server?: {readonly version: string}
  readonly omissions: readonly Omission[]
  /** Only where somebody asked for them. */
  readonly logs?: readonly PodLog[]
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
  nodes: [],
  services: [],
  events: [],
  podDisruptionBudgets: [],
  leases: [],
}

/** A snapshot that holds what is given and nothing else. */
export function snapshotOf(
  observedAt: string,
  facts: Partial<Omit<ClusterSnapshot, 'observedAt'>> = {},
): ClusterSnapshot {
  return {...nothing, omissions: [], ...facts, observedAt}
}

/** False when the kind was asked for and could not be seen: then absence of an object says nothing. */
export function isSeen(snapshot: ClusterSnapshot, key: ResourceKey): boolean {
  return !snapshot.omissions.some((omission) => omission.resource === key.toLowerCase())
}
