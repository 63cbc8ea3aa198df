import * as kept from '../model/kept/index.ts'
import {own as entryOf} from '../model/own.ts'
import type {Observed, ResourceKey} from '../model/snapshot.ts'
import {pathSegment} from './path-segment.ts'

/** How one kind of object is read, and which part of it the reports need. */
interface Resource<T> {
  readonly apiVersion: string
  readonly kind: string
  readonly namespaced: boolean
  /** Keeps the part that reports look at, in the object's own shape. Pages are projected as they come. */
  readonly project: (object: never) => T
}

type Resources = {readonly [K in ResourceKey]: Resource<Observed[K][number]>}

/**
 * Every kind that we know how to read. To add one: a row here, a field in `model/snapshot.ts`, what is kept of it in `model/kept/`,
 * and the same in `protobuf/kept.proto`; compiler and tests keep them equal. Secrets are never one of them.
 */
export const resources = {
  statefulSets: {apiVersion: 'apps/v1', kind: 'StatefulSet', namespaced: true, project: kept.statefulSet},
  daemonSets: {apiVersion: 'apps/v1', kind: 'DaemonSet', namespaced: true, project: kept.daemonSet},
  deployments: {apiVersion: 'apps/v1', kind: 'Deployment', namespaced: true, project: kept.deployment},
  replicaSets: {apiVersion: 'apps/v1', kind: 'ReplicaSet', namespaced: true, project: kept.replicaSet},
  controllerRevisions: {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    namespaced: true,
    project: kept.controllerRevision,
  },
  pods: {apiVersion: 'v1', kind: 'Pod', namespaced: true, project: kept.pod},
  persistentVolumeClaims: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    namespaced: true,
    project: kept.persistentVolumeClaim,
  },
  persistentVolumes: {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    namespaced: false,
    project: kept.persistentVolume,
  },
  storageClasses: {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    namespaced: false,
    project: kept.storageClass,
  },
  volumeAttachments: {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    namespaced: false,
    project: kept.volumeAttachment,
  },
  csiNodes: {apiVersion: 'storage.k8s.io/v1', kind: 'CSINode', namespaced: false, project: kept.csiNode},
  nodes: {apiVersion: 'v1', kind: 'Node', namespaced: false, project: kept.node},
  services: {apiVersion: 'v1', kind: 'Service', namespaced: true, project: kept.service},
  endpointSlices: {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    namespaced: true,
    project: kept.endpointSlice,
  },
  events: {apiVersion: 'v1', kind: 'Event', namespaced: true, project: kept.event},
  podDisruptionBudgets: {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    namespaced: true,
    project: kept.podDisruptionBudget,
  },
  leases: {apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespaced: true, project: kept.lease},
} satisfies Resources

export const resourceKeys = Object.keys(resources) as readonly ResourceKey[]

/** The API's plural, lower case: `persistentvolumes`. */
export function pluralOf(key: ResourceKey): string {
  return key.toLowerCase()
}

/** `statefulsets.apps`, as kubectl's error texts name it. */
export function qualifiedPlural(key: ResourceKey): string {
  const group = groupOf(resources[key].apiVersion)
  return group === '' ? pluralOf(key) : `${pluralOf(key)}.${group}`
}

/**
 * Path of the list, of one namespace or of all.
 * @throws AnswerError for a namespace that would lead elsewhere.
 */
export function listPath(key: ResourceKey, namespace: string | undefined): string {
  const {apiVersion, namespaced} = resources[key]
  const root = groupOf(apiVersion) === '' ? `/api/${apiVersion}` : `/apis/${apiVersion}`
  const within =
    namespaced && namespace !== undefined ? `/namespaces/${pathSegment(namespace, 'namespace')}` : ''
  return `${root}${within}/${pluralOf(key)}`
}

/** The kind that an object or a list says it is of; undefined for one that we do not read. */
export function keyOfKind(apiVersion: string, kind: string): ResourceKey | undefined {
  const group = groupOf(apiVersion)
  return keysOfKind.get(kind)?.find((key) => {
    const own = groupOf(resources[key].apiVersion)
    return group === own || entryOf(FORMER_GROUPS, group)?.includes(own)
  })
}

const keysOfKind = Map.groupBy(resourceKeys, (key) => resources[key].kind)

/** Where the same objects stood in releases up to 1.21, and where newer clients read events. */
const FORMER_GROUPS: Readonly<Record<string, readonly string[]>> = {
  extensions: ['apps'],
  'events.k8s.io': [''],
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}
