import type {
  V1CSINode,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1PersistentVolumeSpec,
  V1StorageClass,
  V1VolumeAttachment,
} from '@kubernetes/client-node'
import {claimSpec} from './claim-spec.ts'
import {metadata} from './metadata.ts'
import {type Fields, projection} from './projection.ts'

export const persistentVolumeClaim = projection<V1PersistentVolumeClaim>()({
  metadata,
  spec: claimSpec,
  status: true,
})

/** Which plugin holds the bytes, and where on a node; not how it reaches them. */
const sources = {
  csi: {driver: true, volumeHandle: true},
  awsElasticBlockStore: {},
  azureDisk: {},
  azureFile: {},
  cephfs: {},
  cinder: {},
  fc: {},
  flexVolume: {},
  flocker: {},
  gcePersistentDisk: {},
  glusterfs: {},
  hostPath: {path: true},
  iscsi: {},
  local: {path: true},
  nfs: {},
  photonPersistentDisk: {},
  portworxVolume: {},
  quobyte: {},
  rbd: {},
  scaleIO: {},
  storageos: {},
  vsphereVolume: {},
} as const satisfies Fields<V1PersistentVolumeSpec>

export const persistentVolume = projection<V1PersistentVolume>()({
  metadata,
  spec: {
    ...sources,
    accessModes: true,
    capacity: true,
    claimRef: true,
    nodeAffinity: true,
    persistentVolumeReclaimPolicy: true,
    storageClassName: true,
    volumeAttributesClassName: true,
    volumeMode: true,
  },
  status: true,
})

export const storageClass = projection<V1StorageClass>()({
  metadata,
  provisioner: true,
  volumeBindingMode: true,
  allowVolumeExpansion: true,
  // where its volumes may be made
  allowedTopologies: true,
})

export const volumeAttachment = projection<V1VolumeAttachment>()({
  metadata,
  spec: {attacher: true, nodeName: true, source: {persistentVolumeName: true}},
  status: {attached: true, attachError: true, detachError: true},
})

/** How many volumes of each driver its node takes. */
export const csiNode = projection<V1CSINode>()({
  metadata,
  spec: {drivers: {name: true, allocatable: true}},
})
