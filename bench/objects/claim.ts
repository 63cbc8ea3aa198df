import type {KubernetesObject} from '../../src/model/objects.ts'
import {DRIVER, type Loaded, nodeName, sha256, uuid, zoneOf} from './common.ts'

const COMMON = {accessModes: ['ReadWriteOnce'], storageClassName: 'fast', volumeMode: 'Filesystem'}
const STORAGE = {storage: '100Gi'}

export const storageClass: Loaded = {
  path: '/apis/storage.k8s.io/v1/storageclasses',
  object: {
    metadata: {name: 'fast'},
    provisioner: DRIVER,
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  } as KubernetesObject,
}

export const volumeClaimTemplate = {
  metadata: {name: 'data'},
  spec: {accessModes: COMMON.accessModes, storageClassName: 'fast', resources: {requests: STORAGE}},
}

/** A claim, and the labels that the StatefulSet controller gives it: those that its set selects by. */
interface ClaimFacts {
  readonly namespace: string
  readonly name: string
  readonly labels: object
}

/** A bound claim, its volume and where that is attached, as binder, provisioner and attacher leave them. */
export function claimed(facts: ClaimFacts, at: number): readonly Loaded[] {
  const {namespace, name} = facts
  const volume = `pvc-${uuid(`${namespace}/${name}`)}`
  const handle = `projects/prod/zones/${zoneOf(at)}/disks/${volume}`
  return [
    persistentVolume(volume, handle, at, {kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace, name}),
    claim(facts, volume),
    attachment(volume, handle, at),
  ]
}

function persistentVolume(name: string, volumeHandle: string, at: number, claimRef: object): Loaded {
  const zone = {key: 'topology.kubernetes.io/zone', operator: 'In', values: [zoneOf(at)]}
  const identity = `1714561200-${uuid(volumeHandle)}-${DRIVER}`
  return {
    path: '/api/v1/persistentvolumes',
    object: {
      metadata: {name, annotations: {'pv.kubernetes.io/provisioned-by': DRIVER}},
      spec: {
        ...COMMON,
        capacity: STORAGE,
        persistentVolumeReclaimPolicy: 'Delete',
        claimRef,
        csi: {
          driver: DRIVER,
          volumeHandle,
          volumeAttributes: {'storage.kubernetes.io/csiProvisionerIdentity': identity},
        },
        nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [zone]}]}},
      },
      status: {phase: 'Bound'},
    } as KubernetesObject,
  }
}

function claim({namespace, name, labels}: ClaimFacts, volumeName: string): Loaded {
  return {
    path: `/api/v1/namespaces/${namespace}/persistentvolumeclaims`,
    object: {
      metadata: {
        name,
        labels,
        annotations: {
          'pv.kubernetes.io/bind-completed': 'yes',
          'pv.kubernetes.io/bound-by-controller': 'yes',
          'volume.kubernetes.io/storage-provisioner': DRIVER,
        },
      },
      spec: {...COMMON, volumeName, resources: {requests: STORAGE}},
      status: {phase: 'Bound', accessModes: COMMON.accessModes, capacity: STORAGE},
    } as KubernetesObject,
  }
}

/** Its name is the one that the attach-detach controller gives it. */
function attachment(volume: string, handle: string, at: number): Loaded {
  const name = `csi-${sha256(`${handle}${DRIVER}${nodeName(at)}`)}`
  return {
    path: '/apis/storage.k8s.io/v1/volumeattachments',
    object: {
      metadata: {name},
      spec: {attacher: DRIVER, nodeName: nodeName(at), source: {persistentVolumeName: volume}},
      status: {attached: true},
    } as KubernetesObject,
  }
}
