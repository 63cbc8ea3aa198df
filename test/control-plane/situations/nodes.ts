import {createHash} from 'node:crypto'
import type {V1Node, V1NodeAddress, V1NodeList, V1Taint} from '@kubernetes/client-node'
import type {ControlPlane} from '../tools/control-plane.ts'
import {until} from '../tools/until.ts'

interface NodeOptions {
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
    status: {capacity, allocatable: capacity, addresses: addresses(name)},
  }
}

function addresses(name: string): V1NodeAddress[] {
  const [third, fourth] = createHash('sha256').update(name).digest()
  return [
    {type: 'InternalIP', address: `192.168.${third}.${fourth}`},
    {type: 'Hostname', address: name},
  ]
}

/** node-a in zone-a, node-b in zone-b, node-c in zone-c. */
export function threeZones(): V1Node[] {
  return ['a', 'b', 'c'].map((letter) => node(`node-${letter}`, {zone: `zone-${letter}`}))
}

/** Waits until Pods may be scheduled to them; before, each Pod has an Event about taints. */
export async function addNodes(
  controlPlane: ControlPlane,
  nodes: readonly V1Node[] = threeZones(),
): Promise<void> {
  await controlPlane.apply(nodes)
  const tainted = async () => (await controlPlane.get<V1NodeList>('/api/v1/nodes')).items.filter(isNew)
  await until('kwok has made the nodes ready', tainted, ({length}) => length === 0)
}

function isNew({spec}: V1Node): boolean {
  return (spec?.taints ?? []).some(({key}) => key === 'node.kubernetes.io/not-ready')
}
