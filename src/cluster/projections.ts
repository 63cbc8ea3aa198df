import type {
  ControllerRevision,
  DaemonSet,
  Deployment,
  Event,
  KubernetesObject,
  Lease,
  Node,
  ObjectMeta,
  Pod,
  PodDisruptionBudget,
  ReplicaSet,
  Service,
  StatefulSet,
  StorageClass,
} from '../model/objects.ts'
import {LAST_APPLIED} from './scrub.ts'

/** `source` with these of its fields only; absent ones stay absent. */
function pick<T extends object, K extends keyof T>(source: T | undefined, ...keys: readonly K[]): Pick<T, K> {
  const kept: Partial<T> = {}
  for (const key of keys) if (source?.[key] !== undefined) kept[key] = source[key]
  return kept as Pick<T, K>
}

/** Metadata without what only the API's own bookkeeping needs. */
function metadata(object: KubernetesObject): {metadata: ObjectMeta} {
  const kept = pick(
    object.metadata,
    'name',
    'namespace',
    'uid',
    'labels',
    'annotations',
    'creationTimestamp',
    'generation',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'finalizers',
    'ownerReferences',
  )
  if (!kept.annotations?.[LAST_APPLIED]) return {metadata: kept}
  const {[LAST_APPLIED]: _, ...annotations} = kept.annotations
  return {metadata: {...kept, annotations}}
}

/** And when it was last changed, and by whom; not what they changed. */
function changedMetadata(object: KubernetesObject): {metadata: ObjectMeta} {
  const {metadata: kept} = metadata(object)
  const {managedFields} = object.metadata ?? {}
  if (!managedFields) return {metadata: kept}
  const changes = managedFields.map((each) => pick(each, 'manager', 'operation', 'subresource', 'time'))
  return {metadata: {...kept, managedFields: changes}}
}

type PodSpec = NonNullable<Pod['spec']>

type Container = PodSpec['containers'][number]

function container(each: Container): Container {
  const {startupProbe, livenessProbe, readinessProbe, lifecycle} = each
  return {
    ...pick(each, 'name', 'image', 'restartPolicy', 'ports', 'resources'),
    ...(startupProbe && {startupProbe: probe(startupProbe)}),
    ...(livenessProbe && {livenessProbe: probe(livenessProbe)}),
    ...(readinessProbe && {readinessProbe: probe(readinessProbe)}),
    ...(lifecycle?.preStop && {lifecycle: {preStop: {}}}),
  }
}

type Probe = NonNullable<Container['startupProbe']>

/** How long it may take, not what it asks. */
function probe(each: Probe): Probe {
  return pick(each, 'initialDelaySeconds', 'periodSeconds', 'failureThreshold', 'timeoutSeconds')
}

/** What says where a Pod may go, what it needs there and what it mounts. */
function podSpec(spec: PodSpec | undefined): PodSpec {
  return {
    ...pick(spec, 'nodeName', 'nodeSelector', 'affinity', 'tolerations', 'hostNetwork', 'schedulerName'),
    ...pick(
      spec,
      'schedulingGates',
      'overhead',
      'resources',
      'terminationGracePeriodSeconds',
      'restartPolicy',
    ),
    ...pick(spec, 'imagePullSecrets', 'readinessGates', 'priorityClassName', 'hostname', 'subdomain'),
    ...(spec?.securityContext?.fsGroup !== undefined && {
      securityContext: pick(spec.securityContext, 'fsGroup', 'fsGroupChangePolicy'),
    }),
    containers: (spec?.containers ?? []).map(container),
    ...(spec?.initContainers && {
      initContainers: spec.initContainers.map(container),
    }),
    ...(spec?.volumes && {
      volumes: spec.volumes
        .filter((volume) => volume.persistentVolumeClaim ?? volume.ephemeral ?? volume.emptyDir)
        .map((volume) => pick(volume, 'name', 'persistentVolumeClaim', 'ephemeral', 'emptyDir')),
    }),
  }
}

export function statefulSet(object: StatefulSet): StatefulSet {
  const {spec} = object
  const kept = pick(
    spec,
    'replicas',
    'ordinals',
    'serviceName',
    'podManagementPolicy',
    'selector',
    'minReadySeconds',
    'volumeClaimTemplates',
    'updateStrategy',
    'persistentVolumeClaimRetentionPolicy',
  )
  const template = {
    ...(spec?.template?.metadata && {metadata: pick(spec.template.metadata, 'labels')}),
    spec: podSpec(spec?.template?.spec),
  }
  return {...changedMetadata(object), spec: {...kept, template}, ...pick(object, 'status')}
}

export function daemonSet(object: DaemonSet): DaemonSet {
  const {spec} = object
  const template = {
    ...(spec?.template?.metadata && {metadata: pick(spec.template.metadata, 'labels')}),
    spec: podSpec(spec?.template?.spec),
  }
  const kept = pick(spec, 'selector', 'minReadySeconds', 'updateStrategy')
  return {...changedMetadata(object), spec: {...kept, template}, ...pick(object, 'status')}
}

/** Without the template that it keeps: only its number and its hash are looked at. */
export function controllerRevision(object: ControllerRevision): ControllerRevision {
  return {...metadata(object), revision: object.revision}
}

export function stateless<T extends Deployment | ReplicaSet>(object: T): T {
  return {...metadata(object), spec: pick(object.spec, 'replicas', 'minReadySeconds', 'selector')} as T
}

export function pod(object: Pod): Pod {
  const {initContainerStatuses, containerStatuses} = object.status ?? {}
  return {
    ...metadata(object),
    spec: podSpec(object.spec),
    status: {
      ...pick(object.status, 'phase', 'reason', 'message', 'conditions', 'podIP', 'nominatedNodeName'),
      ...(initContainerStatuses && {initContainerStatuses: initContainerStatuses.map(containerStatus)}),
      ...(containerStatuses && {containerStatuses: containerStatuses.map(containerStatus)}),
    },
  }
}

type ContainerStatus = NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number]

function containerStatus(status: ContainerStatus): ContainerStatus {
  return pick(status, 'name', 'ready', 'started', 'restartCount', 'state', 'lastState') as ContainerStatus
}

/** Claims, volumes and attachments are small, and nearly all of each is looked at. */
export function storage<T extends KubernetesObject & {spec?: unknown; status?: unknown}>(object: T): T {
  return {...metadata(object), ...pick(object, 'spec', 'status')} as T
}

export function storageClass(object: StorageClass): StorageClass {
  return {...metadata(object), ...pick(object, 'provisioner', 'volumeBindingMode', 'allowVolumeExpansion')}
}

export function node(object: Node): Node {
  return {
    ...metadata(object),
    spec: pick(object.spec, 'unschedulable', 'taints'),
    status: pick(object.status, 'conditions', 'allocatable', 'volumesInUse'),
  }
}

export function service(object: Service): Service {
  return {
    ...metadata(object),
    spec: pick(object.spec, 'selector', 'clusterIP', 'type', 'publishNotReadyAddresses'),
  }
}

export function podDisruptionBudget(object: PodDisruptionBudget): PodDisruptionBudget {
  return {...metadata(object), ...pick(object, 'spec', 'status')}
}

export function lease(object: Lease): Lease {
  return {...metadata(object), spec: pick(object.spec, 'holderIdentity', 'renewTime', 'leaseDurationSeconds')}
}

export function event(object: Event): Event {
  return {
    ...metadata(object),
    involvedObject: pick(object.involvedObject, 'kind', 'namespace', 'name', 'uid', 'fieldPath'),
    ...pick(object, 'reason', 'message', 'type', 'count', 'firstTimestamp', 'lastTimestamp'),
    // events of the newer kind have these instead
    ...pick(object, 'eventTime', 'series'),
  }
}
