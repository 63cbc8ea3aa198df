import type {
  CoreV1Event,
  V1ControllerRevision,
  V1DaemonSet,
  V1Deployment,
  V1LabelSelector,
  V1Lease,
  V1Node,
  V1NodeSelectorTerm,
  V1ObjectMeta,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1Pod,
  V1PodDisruptionBudget,
  V1PodTemplateSpec,
  V1ReplicaSet,
  V1Service,
  V1StatefulSet,
  V1StorageClass,
  V1Taint,
  V1Toleration,
  V1VolumeAttachment,
} from '@kubernetes/client-node'

/**
 * An object as the API server sends it: read-only, and its times are strings. The client's own types
 * have `Date` there because its serializer converts; we keep what was sent, so that a saved file and a
 * live cluster are the same thing.
 */
export type Plain<T> = T extends Date ? string : T extends object ? {readonly [K in keyof T]: Plain<T[K]>} : T

export type ControllerRevision = Plain<V1ControllerRevision>
export type DaemonSet = Plain<V1DaemonSet>
export type Deployment = Plain<V1Deployment>
export type Event = Plain<CoreV1Event>
export type LabelSelector = Plain<V1LabelSelector>
export type Lease = Plain<V1Lease>
export type Node = Plain<V1Node>
export type NodeSelectorTerm = Plain<V1NodeSelectorTerm>
export type ObjectMeta = Plain<V1ObjectMeta>
export type PersistentVolume = Plain<V1PersistentVolume>
export type PersistentVolumeClaim = Plain<V1PersistentVolumeClaim>
export type Pod = Plain<V1Pod>
export type PodDisruptionBudget = Plain<V1PodDisruptionBudget>
export type PodTemplate = Plain<V1PodTemplateSpec>
export type ReplicaSet = Plain<V1ReplicaSet>
export type Service = Plain<V1Service>
export type StatefulSet = Plain<V1StatefulSet>
export type StorageClass = Plain<V1StorageClass>
export type Taint = Plain<V1Taint>
export type Toleration = Plain<V1Toleration>
export type VolumeAttachment = Plain<V1VolumeAttachment>

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

/** UID of the owner that is marked as controller; undefined when nobody controls the object. */
export function controllerUid(object: KubernetesObject): string | undefined {
  return object.metadata?.ownerReferences?.find((owner) => owner.controller === true)?.uid
}

/** The key of an object among those of its kind. */
export function keyOf(object: KubernetesObject): string {
  return objectKey(namespaceOf(object), nameOf(object))
}

/** A key that no two objects of one kind share. */
export function objectKey(namespace: string, name: string): string {
  return `${namespace}/${name}`
}
