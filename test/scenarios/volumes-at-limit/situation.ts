import type {V1CSINode, V1PersistentVolume} from '@kubernetes/client-node'
import {addNodes, threeZones} from '../../control-plane/situations/nodes.ts'
import {claim, storageClass, zonalVolume} from '../../control-plane/situations/volumes.ts'
import {headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import {ready, type Situation} from '../situation.ts'

const DRIVER = 'disk.example.com'
const ZONE = 'zone-a'

/** Two nodes of a zone with as many volumes of a driver as they take, and a third one in another zone. */
export const situation: Situation = async (api) => {
  const [first, second, third] = threeZones()
  const nodes = [first, second].flatMap((node) => (node ? [inZone(node)] : []))
  await addNodes(api, third ? [...nodes, third] : nodes)
  await api.createNamespace('shop')
  const disks = [1, 2, 3, 4].map((index) => disk(`disk-${index}`))
  const set = statefulSet({
    name: 'db',
    namespace: 'shop',
    replicas: 4,
    claims: [claim('data')],
    podSpec: {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: {matchLabels: {app: 'db'}},
        },
      ],
    },
  })
  await api.apply([...['node-a', 'node-b', 'node-c'].map(taking), storageClass(), ...disks])
  await api.apply([headlessService('db', 'shop'), set])
  await ready(api, 'shop', 'db', 4)
  return {flags: ['-n', 'shop']}
}

function inZone(node: ReturnType<typeof threeZones>[number]) {
  const labels = {...node.metadata?.labels, 'topology.kubernetes.io/zone': ZONE}
  return {...node, metadata: {...node.metadata, labels}}
}

function taking(name: string): V1CSINode {
  const driver = {name: DRIVER, nodeID: name, allocatable: {count: 2}}
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: {name},
    spec: {drivers: [driver]},
  }
}

function disk(name: string): V1PersistentVolume {
  const {spec, ...volume} = zonalVolume(name, ZONE)
  const {hostPath: _, ...rest} = spec ?? {}
  return {...volume, spec: {...rest, csi: {driver: DRIVER, volumeHandle: name}}}
}
