import type {
  V1LabelSelector,
  V1NodeSelectorTerm,
  V1ObjectMeta,
  V1PodTemplateSpec,
  V1Taint,
  V1Toleration,
} from '@kubernetes/client-node'
import type * as kept from './kept/index.ts'
import type {metadata} from './kept/metadata.ts'
import type {podTemplate} from './kept/pod-spec.ts'
import type {Kept, Plain} from './kept/projection.ts'

/** Objects with the fields that are kept of them (`kept/`): what is dropped there cannot be looked at here. */
export type ControllerRevision = ReturnType<typeof kept.controllerRevision>
export type CSINode = ReturnType<typeof kept.csiNode>
export type DaemonSet = ReturnType<typeof kept.daemonSet>
export type Deployment = ReturnType<typeof kept.deployment>
export type EndpointSlice = ReturnType<typeof kept.endpointSlice>
export type Event = ReturnType<typeof kept.event>
export type Lease = ReturnType<typeof kept.lease>
export type Node = ReturnType<typeof kept.node>
export type PersistentVolume = ReturnType<typeof kept.persistentVolume>
export type PersistentVolumeClaim = ReturnType<typeof kept.persistentVolumeClaim>
export type Pod = ReturnType<typeof kept.pod>
export type PodDisruptionBudget = ReturnType<typeof kept.podDisruptionBudget>
export type ReplicaSet = ReturnType<typeof kept.replicaSet>
export type Service = ReturnType<typeof kept.service>
export type StatefulSet = ReturnType<typeof kept.statefulSet>
export type StorageClass = ReturnType<typeof kept.storageClass>
export type VolumeAttachment = ReturnType<typeof kept.volumeAttachment>

/** Parts of them. */
export type Container = NonNullable<Pod['spec']>['containers'][number]
export type ContainerStatus = NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number]
export type LabelSelector = Plain<V1LabelSelector>
export type NodeSelectorTerm = Plain<V1NodeSelectorTerm>
type ObjectMeta = Kept<V1ObjectMeta, typeof metadata>
export type PodTemplate = Kept<V1PodTemplateSpec, typeof podTemplate>
export type Taint = Plain<V1Taint>
export type Toleration = Plain<V1Toleration>

/** Any object of the API, as far as every one of them is alike. */
export interface KubernetesObject {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata?: ObjectMeta
}

/** How an answer points at an object. */
export interface ObjectReference {
  readonly kind: string
  readonly namespace?: string
  readonly name: string
}

/** Name of an object; empty for one that has none, which no API server would send. */
export function nameOf(object: KubernetesObject): string {
  return object.metadata?.name ?? ''
}

/** Namespace of an object; empty for a cluster-scoped one. */
export function namespaceOf(object: KubernetesObject): string {
  return object.metadata?.namespace ?? ''
}

/** The owner that is marked as controller; undefined when nobody controls the object. */
export function controllerOf({metadata}: KubernetesObject) {
  return metadata?.ownerReferences?.find(({controller}) => controller === true)
}

/** UID of the owner that is marked as controller; undefined when nobody controls the object. */
export function controllerUid(object: KubernetesObject): string | undefined {
  return controllerOf(object)?.uid
}

/** The controller of a set has looked at the newest generation of its spec. */
export function isObserved({metadata, status}: StatefulSet | DaemonSet): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0)
}

/** The key of an object among those of its kind. */
export function keyOf(object: KubernetesObject): string {
  return objectKey(namespaceOf(object), nameOf(object))
}

/** A key that no two objects of one kind share. */
export function objectKey(namespace: string, name: string): string {
  return `${namespace}/${name}`
}
