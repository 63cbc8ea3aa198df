import type {KubernetesObject} from '../../src/model/objects.ts'
import {DRIVER, LONG_AGO, type Loaded, minutesAgo, nodeName, sha256, zoneOf} from './common.ts'
import {isDown} from './trouble.ts'

/** A node as its kubelet and the cloud leave it: labels, conditions with their texts, fifteen images. */
export function node(index: number): Loaded {
  const name = nodeName(index)
  const taints = isDown(index)
    ? ['NoSchedule', 'NoExecute'].map((effect) => ({key: 'node.kubernetes.io/unreachable', effect}))
    : []
  return {
    path: '/api/v1/nodes',
    object: {
      metadata: {
        name,
        labels: labels(name, index),
        annotations: {'csi.volume.kubernetes.io/nodeid': `{"${DRIVER}":"${name}"}`},
      },
      spec: {providerID: `gce://prod/${zoneOf(index)}/${name}`, taints},
      status: status(name, index),
    } as KubernetesObject,
  }
}

function labels(name: string, index: number): Readonly<Record<string, string>> {
  return {
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'topology.kubernetes.io/zone': zoneOf(index),
    'topology.kubernetes.io/region': 'europe-west1',
    'node.kubernetes.io/instance-type': 'n2-standard-16',
    'cloud.google.com/gke-nodepool': `pool-${index % 7}`,
  }
}

function status(name: string, index: number): object {
  const capacity = {cpu: '16', memory: '64Gi', 'ephemeral-storage': '98831908Ki', pods: '110'}
  return {
    capacity,
    allocatable: capacity,
    conditions: isDown(index) ? silent : healthy,
    addresses: [
      {type: 'Hostname', address: name},
      {type: 'InternalIP', address: `10.${128 + ((index >> 8) % 64)}.${index % 256}.2`},
    ],
    nodeInfo: {
      architecture: 'amd64',
      bootID: '',
      containerRuntimeVersion: 'containerd://2.1.4',
      kernelVersion: '6.6.87+',
      kubeProxyVersion: '',
      kubeletVersion: 'v1.34.1',
      machineID: sha256(name).slice(0, 32),
      operatingSystem: 'linux',
      osImage: 'Container-Optimized OS from Google',
      systemUUID: '',
    },
    images: Array.from({length: 15}, (_, image) => ({
      names: [`registry.example.test/team/image-${image}@sha256:${sha256(`${image}`)}`],
      sizeBytes: 123_456_789 + image,
    })),
  }
}

const PRESSURES = ['MemoryPressure', 'DiskPressure', 'PIDPressure'] as const
const healthy = [
  ...PRESSURES.map((type) => {
    const what = type.replace('Pressure', '')
    return condition(type, 'False', `KubeletHasSufficient${what}`, `kubelet has sufficient ${what} available`)
  }),
  condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
]
const silent = [...PRESSURES, 'Ready'].map((type) => ({
  ...condition(type, 'Unknown', 'NodeStatusUnknown', 'Kubelet stopped posting node status.'),
  lastHeartbeatTime: minutesAgo(41),
  lastTransitionTime: minutesAgo(40),
}))

function condition(type: string, word: string, reason: string, message: string): object {
  const times = {lastHeartbeatTime: minutesAgo(1), lastTransitionTime: LONG_AGO}
  return {type, status: word, reason, message, ...times}
}
