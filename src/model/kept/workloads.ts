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
import {type RevisionData, revisionData} from './revision-data.ts'

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

const revision = projection<V1ControllerRevision>()({metadata, revision: true})

/** Without the template that it holds: whether two hold the same one is all that is looked at. */
export function controllerRevision(
  object: Plain<V1ControllerRevision>,
): ReturnType<typeof revision> & {readonly data?: RevisionData} {
  return {...revision(object), ...(object.data && {data: revisionData(object.data)})}
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
