import type {V1Node, V1Taint} from '@kubernetes/client-node'

export interface NodeOptions {
  readonly zone?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly taints?: readonly V1Taint[]
  readonly unschedulable?: boolean
  readonly resources?: {readonly cpu?: string; readonly memory?: string; readonly pods?: string}
}

export function node(name: string, options: NodeOptions = {}): V1Node {
  const {zone, labels, annotations, taints, unschedulable = false, resources} = options
  const capacity = {cpu: '8', memory: '32Gi', pods: '110', ...resources}
  const topology = zone === undefined ? {} : {'topology.kubernetes.io/zone': zone}
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', ...topology, ...labels},
      annotations: {...annotations},
    },
    spec: {unschedulable, taints: [...(taints ?? [])]},
    status: {capacity, allocatable: capacity, addresses: [{type: 'Hostname', address: name}]},
  }
}

/** node-a in zone-a, node-b in zone-b, node-c in zone-c. */
export function threeZones(): V1Node[] {
  return ['a', 'b', 'c'].map((letter) => node(`node-${letter}`, {zone: `zone-${letter}`}))
}
