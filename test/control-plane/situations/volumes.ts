import type {
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1PersistentVolumeClaimSpec,
  V1PersistentVolumeSpec,
  V1StorageClass,
  V1VolumeNodeAffinity,
} from '@kubernetes/client-node'

export interface VolumeOptions {
  readonly size?: string
  readonly storageClass?: string
}

/** Its volumes exist beforehand and are bound once a Pod that claims one is scheduled. */
export function storageClass(name = 'local'): V1StorageClass {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {name},
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  }
}

/** A disk of one node. */
export function localVolume(name: string, nodeName: string, options?: VolumeOptions): V1PersistentVolume {
  const source = {local: {path: `/mnt/${name}`}}
  return volume(name, source, 'kubernetes.io/hostname', nodeName, options)
}

/** A disk that every node of one zone can reach. */
export function zonalVolume(name: string, zone: string, options?: VolumeOptions): V1PersistentVolume {
  const source = {hostPath: {path: `/mnt/${name}`}}
  return volume(name, source, 'topology.kubernetes.io/zone', zone, options)
}

function volume(
  name: string,
  source: Pick<V1PersistentVolumeSpec, 'local' | 'hostPath'>,
  label: string,
  value: string,
  {size = '10Gi', storageClass: storageClassName = 'local'}: VolumeOptions = {},
): V1PersistentVolume {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {name},
    spec: {
      ...source,
      capacity: {storage: size},
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName,
      nodeAffinity: only(label, value),
    },
  }
}

function only(label: string, value: string): V1VolumeNodeAffinity {
  const matchExpressions = [{key: label, operator: 'In', values: [value]}]
  return {required: {nodeSelectorTerms: [{matchExpressions}]}}
}

/** For the volumeClaimTemplates of a StatefulSet. */
export function claim(name: string, options: VolumeOptions = {}): V1PersistentVolumeClaim {
  const {size = '10Gi', storageClass: storageClassName = 'local'} = options
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {name},
    spec: {accessModes: ['ReadWriteOnce'], storageClassName, resources: {requests: {storage: size}}},
  }
}

/** A volume without class that every node can reach, as a person would write it. */
export function handMadeVolume(name: string, spec: Partial<V1PersistentVolumeSpec> = {}): V1PersistentVolume {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {name},
    spec: {
      hostPath: {path: `/mnt/${name}`},
      capacity: {storage: '10Gi'},
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: '',
      ...spec,
    },
  }
}

/** A claim outside any template; of no class, unless it names one. */
export function handMadeClaim(
  name: string,
  namespace: string,
  spec: Partial<V1PersistentVolumeClaimSpec> = {},
): V1PersistentVolumeClaim {
  const made = claim(name, {storageClass: ''})
  return {...made, metadata: {name, namespace}, spec: {...made.spec, ...spec}}
}
