import type {
  V1ControllerRevision,
  V1DaemonSet,
  V1Deployment,
  V1PodDisruptionBudget,
  V1ReplicaSet,
  V1StatefulSet,
} from '@kubernetes/client-node'
import {claimSpec} from './claim-spec.ts'
import {changedMetadata, metadata} from './metadata.ts'
import {podTemplate} from './pod-spec.ts'
import {type Plain, projection} from './projection.ts'
import {
  type RevisionData,
  revisionData,
  revisionDataWithTemplate,
  savedRevisionData,
} from './revision-data.ts'

export const statefulSet = projection<V1StatefulSet>()({
  metadata: changedMetadata,
  spec: {
    replicas: true,
    ordinals: true,
    serviceName: true,
    podManagementPolicy: true,
    selector: true,
    minReadySeconds: true,
    template: podTemplate,
    volumeClaimTemplates: {metadata, spec: claimSpec},
    updateStrategy: true,
    persistentVolumeClaimRetentionPolicy: true,
  },
  status: true,
})

export const daemonSet = projection<V1DaemonSet>()({
  metadata: changedMetadata,
  spec: {selector: true, minReadySeconds: true, template: podTemplate, updateStrategy: true},
  status: true,
})

const revision = projection<V1ControllerRevision>()({metadata: changedMetadata, revision: true})

/** Without the template that it holds: whether two hold the same one is all that is looked at. */
export function controllerRevision(
  object: Plain<V1ControllerRevision>,
): ReturnType<typeof revision> & {readonly data?: RevisionData} {
  return {...revision(object), ...(object.data && {data: revisionData(object.data)})}
}

/** With its template, for who asks what has changed. */
export function controllerRevisionWithTemplate(
  object: Plain<V1ControllerRevision>,
): ReturnType<typeof controllerRevision> {
  return {...revision(object), ...(object.data && {data: revisionDataWithTemplate(object.data)})}
}

/** With as much of its template as may be saved and handed on. */
export function savedRevision(object: Plain<V1ControllerRevision>): ReturnType<typeof controllerRevision> {
  return {...revision(object), ...(object.data && {data: savedRevisionData(object.data)})}
}

export const deployment = projection<V1Deployment>()({
  metadata,
  spec: {replicas: true, minReadySeconds: true, selector: true},
})

export const replicaSet = projection<V1ReplicaSet>()({
  metadata,
  spec: {replicas: true, minReadySeconds: true, selector: true},
})

export const podDisruptionBudget = projection<V1PodDisruptionBudget>()({
  metadata,
  spec: true,
  status: true,
})
