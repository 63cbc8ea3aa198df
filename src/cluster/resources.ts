import type {Observed, ResourceKey} from '../model/snapshot.ts'
import * as project from './projections.ts'

/** How one kind of object is read, and which part of it the reports need. */
interface Resource<T> {
  readonly apiVersion: string
  readonly kind: string
  readonly namespaced: boolean
  /** The part that reports look at, in the object's own shape. Pages are projected as they come. */
  readonly project: (object: T) => T
}

type Resources = {readonly [K in ResourceKey]: Resource<Observed[K][number]>}

/**
 * Every kind that we know how to read. To add one: a row here, a field in `model/snapshot.ts`, a projection;
 * the compiler keeps them equal. Secrets are never one of them.
 */
export const resources = {
  statefulSets: {apiVersion: 'apps/v1', kind: 'StatefulSet', namespaced: true, project: project.statefulSet},
  daemonSets: {apiVersion: 'apps/v1', kind: 'DaemonSet', namespaced: true, project: project.daemonSet},
  deployments: {apiVersion: 'apps/v1', kind: 'Deployment', namespaced: true, project: project.stateless},
  replicaSets: {apiVersion: 'apps/v1', kind: 'ReplicaSet', namespaced: true, project: project.stateless},
  controllerRevisions: {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    namespaced: true,
    project: project.controllerRevision,
  },
  pods: {apiVersion: 'v1', kind: 'Pod', namespaced: true, project: project.pod},
  persistentVolumeClaims: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    namespaced: true,
    project: project.storage,
  },
  persistentVolumes: {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    namespaced: false,
    project: project.storage,
  },
  storageClasses: {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    namespaced: false,
    project: project.storageClass,
  },
  volumeAttachments: {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    namespaced: false,
    project: project.storage,
  },
  nodes: {apiVersion: 'v1', kind: 'Node', namespaced: false, project: project.node},
  services: {apiVersion: 'v1', kind: 'Service', namespaced: true, project: project.service},
  events: {apiVersion: 'v1', kind: 'Event', namespaced: true, project: project.event},
  podDisruptionBudgets: {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    namespaced: true,
    project: project.podDisruptionBudget,
  },
  leases: {apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespaced: true, project: project.lease},
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

/** Path of the list, of one namespace or of all. */
export function listPath(key: ResourceKey, namespace: string | undefined): string {
  const {apiVersion, namespaced} = resources[key]
  const root = groupOf(apiVersion) === '' ? `/api/${apiVersion}` : `/apis/${apiVersion}`
  const within = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  return `${root}${within}/${pluralOf(key)}`
}

/** The kind that an object or a list says it is of; undefined for one that we do not read. */
export function keyOfKind(apiVersion: string, kind: string): ResourceKey | undefined {
  return resourceKeys.find((key) => {
    const resource = resources[key]
    return resource.kind === kind && groupOf(resource.apiVersion) === groupOf(apiVersion)
  })
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}
