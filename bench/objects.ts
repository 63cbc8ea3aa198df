/** Objects of real size, as a cloud's cluster has them: what a kubelet, the controllers and a CSI driver write. */
import {createHash} from 'node:crypto'
import type {KubernetesObject} from '../src/model/objects.ts'

/** How large a cluster is. */
export interface Size {
  readonly nodes: number
  /** StatefulSets, each with `replicas` ordinals, a claim and an attached volume each. */
  readonly sets: number
  readonly replicas: number
  /** DaemonSets that have a Pod on every node. */
  readonly daemons: number
}

/** An object to create, and its status, which is written by a second request. */
export interface Loaded {
  readonly path: string
  readonly object: KubernetesObject & {readonly status?: object}
}

export const SMALL: Size = {nodes: 100, sets: 40, replicas: 10, daemons: 3}
export const FULL: Size = {nodes: 5000, sets: 2000, replicas: 10, daemons: 3}

const ZONES = ['europe-west1-b', 'europe-west1-c', 'europe-west1-d']
const CREATED = '2026-05-01T12:00:00Z'
/** One ordinal of so many has a trouble, and one set of so many lacks one. */
const ODD = 97

const uuid = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}
const suffix = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 5)
const nodeName = (index: number): string =>
  `gke-prod-euw1-pool-${index % 7}-5f2a9c1b-${suffix(`node${index}`)}${index}`
export const namespaceName = (set: number): string => `team-${set % 50}`
const zoneOf = (index: number): string => ZONES[index % ZONES.length] as string
const managed = (manager: string, fields: string) => ({
  manager,
  operation: 'Update',
  apiVersion: 'v1',
  time: CREATED,
  fieldsType: 'FieldsV1',
  fieldsV1: Object.fromEntries(fields.split(' ').map((field) => [`f:${field}`, {}])),
})

/** Fifteen images, conditions with their texts, and labels: about six kilobytes. */
export function node(index: number): Loaded {
  const name = nodeName(index)
  const [zone, capacity] = [
    zoneOf(index),
    {cpu: '16', memory: '64Gi', 'ephemeral-storage': '98831908Ki', pods: '110'},
  ]
  const condition = (type: string, status: string) => ({
    type,
    status,
    reason: status === 'True' ? 'KubeletReady' : `KubeletHasSufficient${type.replace('Pressure', '')}`,
    message:
      status === 'True' ? 'kubelet is posting ready status' : `kubelet has sufficient ${type} available`,
    lastHeartbeatTime: CREATED,
    lastTransitionTime: CREATED,
  })
  const labels = {
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'topology.kubernetes.io/zone': zone,
    'topology.kubernetes.io/region': 'europe-west1',
    'node.kubernetes.io/instance-type': 'n2-standard-16',
    'cloud.google.com/gke-nodepool': `pool-${index % 7}`,
  }
  return {
    path: '/api/v1/nodes',
    object: {
      metadata: {
        name,
        labels,
        annotations: {'csi.volume.kubernetes.io/nodeid': `{"csi.example.test":"${name}"}`},
      },
      spec: {providerID: `gce://prod/${zone}/${name}`},
      status: {
        capacity,
        allocatable: capacity,
        conditions: [
          ...['MemoryPressure', 'DiskPressure', 'PIDPressure'].map((type) => condition(type, 'False')),
          condition('Ready', index % 501 === 500 ? 'False' : 'True'),
        ],
        addresses: [{type: 'Hostname', address: name}],
        images: Array.from({length: 15}, (_, image) => ({
          names: [
            `registry.example.test/team/image-${image}@sha256:${createHash('sha256').update(`${image}`).digest('hex')}`,
          ],
          sizeBytes: 123_456_789 + image,
        })),
      },
    } as KubernetesObject,
  }
}

const container = (image: string) => ({
  name: 'app',
  image,
  command: ['/bin/app', '--config=/etc/app/config.yaml', '--listen=0.0.0.0:8080'],
  env: Array.from({length: 12}, (_, index) => ({
    name: `SETTING_${index}`,
    value: `value-${index}-of-this-setting`,
  })),
  ports: [{name: 'http', containerPort: 8080}],
  resources: {requests: {cpu: '250m', memory: '512Mi'}, limits: {memory: '1Gi'}},
  volumeMounts: [{name: 'data', mountPath: '/var/lib/app'}],
  readinessProbe: {httpGet: {path: '/ready', port: 8080}, periodSeconds: 10},
})

function podStatus(isReady: boolean, image: string, ip: string) {
  const word = isReady ? 'True' : 'False'
  const condition = (type: string, status: string) => ({type, status, lastTransitionTime: CREATED})
  return {
    phase: 'Running',
    podIP: ip,
    startTime: CREATED,
    conditions: [
      condition('Initialized', 'True'),
      condition('Ready', word),
      condition('ContainersReady', word),
      condition('PodScheduled', 'True'),
    ],
    containerStatuses: [
      {
        name: 'app',
        ready: isReady,
        started: isReady,
        restartCount: isReady ? 0 : 12,
        image,
        imageID: `${image}@sha256:${createHash('sha256').update(image).digest('hex')}`,
        containerID: `containerd://${createHash('sha256').update(ip).digest('hex')}`,
        state: isReady
          ? {running: {startedAt: CREATED}}
          : {waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container=app'}},
        ...(!isReady && {lastState: {terminated: {exitCode: 1, reason: 'Error', finishedAt: CREATED}}}),
      },
    ],
  }
}

interface Owner {
  readonly kind: 'StatefulSet' | 'DaemonSet'
  readonly name: string
  readonly uid: string
}

/** A Pod as the controller and a kubelet leave it. */
export function pod(
  owner: Owner,
  namespace: string,
  name: string,
  at: number,
  labels: object,
  isReady = true,
): Loaded {
  const image = `registry.example.test/team/${owner.name}:1.2.3`
  const isOfSet = owner.kind === 'StatefulSet'
  const volumes = isOfSet
    ? [{name: 'data', persistentVolumeClaim: {claimName: `data-${name}`}}]
    : [{name: 'data', hostPath: {path: '/var/lib/app'}}]
  return {
    path: `/api/v1/namespaces/${namespace}/pods`,
    object: {
      metadata: {
        name,
        labels: {...labels},
        annotations: {
          'prometheus.io/scrape': 'true',
          'checksum/config': createHash('sha256').update(name).digest('hex'),
        },
        ownerReferences: [{apiVersion: 'apps/v1', ...owner, controller: true, blockOwnerDeletion: true}],
        managedFields: [
          managed('kube-controller-manager', 'metadata spec status labels annotations containers volumes'),
        ],
      },
      spec: {
        nodeName: nodeName(at),
        containers: [container(image)],
        volumes,
        automountServiceAccountToken: false,
        tolerations: isOfSet ? [] : [{operator: 'Exists'}],
      },
      status: podStatus(isReady, image, `10.${(at >> 8) % 256}.${at % 256}.${name.length}`),
    } as KubernetesObject,
  }
}

/** Whether this ordinal crashes. */
export function isBroken(set: number, ordinal: number): boolean {
  return (set * 31 + ordinal) % ODD === ODD - 1
}

/** Whether this ordinal has no Pod. */
export function isHole(set: number, ordinal: number): boolean {
  return set % ODD === ODD - 2 && ordinal === 1
}

/** A bound claim, its volume and where that is attached, as binder, provisioner and attacher leave them. */
export function claimOf(namespace: string, name: string, at: number): readonly Loaded[] {
  const volume = `pvc-${uuid(`${namespace}/${name}`)}`
  const handle = `projects/prod/zones/${zoneOf(at)}/disks/${volume}`
  const attachment = `csi-${createHash('sha256')
    .update(`${handle}csi.example.test${nodeName(at)}`)
    .digest('hex')}`
  const common = {accessModes: ['ReadWriteOnce'], storageClassName: 'fast', volumeMode: 'Filesystem'}
  return [
    {
      path: '/api/v1/persistentvolumes',
      object: {
        metadata: {name: volume, annotations: {'pv.kubernetes.io/provisioned-by': 'csi.example.test'}},
        spec: {
          ...common,
          capacity: {storage: '100Gi'},
          persistentVolumeReclaimPolicy: 'Delete',
          claimRef: {kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace, name},
          csi: {
            driver: 'csi.example.test',
            volumeHandle: handle,
            volumeAttributes: {
              'storage.kubernetes.io/csiProvisionerIdentity': `1714561200-${uuid(handle)}-csi.example.test`,
            },
          },
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [
                {
                  matchExpressions: [
                    {key: 'topology.kubernetes.io/zone', operator: 'In', values: [zoneOf(at)]},
                  ],
                },
              ],
            },
          },
        },
        status: {phase: 'Bound'},
      } as KubernetesObject,
    },
    {
      path: `/api/v1/namespaces/${namespace}/persistentvolumeclaims`,
      object: {
        metadata: {
          name,
          annotations: {
            'pv.kubernetes.io/bind-completed': 'yes',
            'pv.kubernetes.io/bound-by-controller': 'yes',
            'volume.kubernetes.io/storage-provisioner': 'csi.example.test',
          },
        },
        spec: {...common, volumeName: volume, resources: {requests: {storage: '100Gi'}}},
        status: {phase: 'Bound', accessModes: common.accessModes, capacity: {storage: '100Gi'}},
      } as KubernetesObject,
    },
    {
      path: '/apis/storage.k8s.io/v1/volumeattachments',
      object: {
        metadata: {name: attachment},
        spec: {attacher: 'csi.example.test', nodeName: nodeName(at), source: {persistentVolumeName: volume}},
        status: {attached: true},
      } as KubernetesObject,
    },
  ]
}

export function template(labels: object, image: string, isOfSet: boolean) {
  const volumes = isOfSet ? [] : [{name: 'data', hostPath: {path: '/var/lib/app'}}]
  return {
    metadata: {labels},
    spec: {containers: [container(image)], volumes, tolerations: isOfSet ? [] : [{operator: 'Exists'}]},
  }
}
