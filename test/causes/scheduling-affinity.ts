import type {V1Affinity, V1Container} from '@kubernetes/client-node'
import {addNodes, node} from '../control-plane/situations/nodes.ts'
import {untilPods} from '../control-plane/situations/waits.ts'
import {kubectl, ready} from '../scenarios/situation.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {container, db, neighbour, refused} from './scheduling-steps.ts'

const HOST = 'kubernetes.io/hostname'
const ZONE = 'topology.kubernetes.io/zone'

/** Beside which Pods, or not beside which, a Pod must run. */
function required(kind: 'podAffinity' | 'podAntiAffinity', app: string): {affinity: V1Affinity} {
  const term = {topologyKey: HOST, labelSelector: {matchLabels: {app}}}
  return {affinity: {[kind]: {requiredDuringSchedulingIgnoredDuringExecution: [term]}}}
}

function spreadOver(topologyKey: string) {
  const labelSelector = {matchLabels: {app: 'db'}}
  return {
    topologySpreadConstraints: [{topologyKey, maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', labelSelector}],
  }
}

function listening(image: string): {containers: V1Container[]} {
  return {containers: [container({ports: [{containerPort: 5432, hostPort: 5432}]}, image)]}
}

/** What else runs on the nodes, or does not, keeps the Pod away. */
export const affinity: CapturedCauses = {
  'anti-affinity': {
    ask: 'sts/db',
    proves: ['sched-anti-affinity'],
    not: ['sched-existing-anti-affinity', 'sched-pod-affinity', 'sched-topology-spread'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a'), node('node-b')])
      await api.apply(db({replicas: 3, podSpec: required('podAntiAffinity', 'db')}))
      await refused(api, 'db-2')
    },
  },
  'existing-anti-affinity': {
    ask: 'sts/db',
    proves: ['sched-existing-anti-affinity'],
    not: ['sched-anti-affinity', 'sched-pod-affinity'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply(neighbour('trading', required('podAntiAffinity', 'db')))
      await untilPods(api, NAMESPACE, 1)
      await api.apply(db())
      await refused(api)
    },
  },
  'pod-affinity': {
    ask: 'sts/db',
    proves: ['sched-pod-affinity'],
    not: ['sched-anti-affinity', 'sched-node-affinity'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a'), node('node-b')])
      await api.apply(db({podSpec: required('podAffinity', 'cache')}))
      await refused(api)
    },
  },
  'topology-spread': {
    ask: 'sts/db',
    proves: ['sched-topology-spread'],
    not: ['sched-anti-affinity'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a', {zone: 'zone-a'}), node('node-b', {zone: 'zone-b'})])
      await kubectl(api, 'cordon', 'node-b')
      await api.apply(db({replicas: 2, podSpec: spreadOver(ZONE)}))
      await refused(api, 'db-1')
    },
  },
  'topology-label-missing': {
    ask: 'sts/db',
    proves: ['sched-topology-spread'],
    not: ['sched-node-affinity'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a'), node('node-b')])
      await api.apply(db({podSpec: spreadOver(ZONE)}))
      await refused(api)
    },
  },
  'host-port': {
    ask: 'sts/db',
    proves: ['sched-host-port'],
    not: ['sched-insufficient-cpu', 'sched-anti-affinity'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply(neighbour('legacy', listening('registry.example/legacy:1')))
      await untilPods(api, NAMESPACE, 1)
      await api.apply(db({podSpec: listening('registry.example/db:1')}))
      await refused(api)
    },
  },
  'node-affinity': {
    ask: 'sts/db',
    proves: ['sched-node-affinity'],
    not: ['sched-pv-node-affinity', 'sched-taint'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a', {labels: {disk: 'hdd'}}), node('node-b')])
      await api.apply(db({podSpec: {nodeSelector: {disk: 'nvme'}}}))
      await refused(api)
    },
  },
  'node-label-lost': {
    ask: 'sts/db',
    proves: ['sched-node-affinity'],
    not: ['sched-insufficient-cpu'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a', {labels: {disk: 'nvme'}}), node('node-b')])
      await api.apply(db({podSpec: {nodeSelector: {disk: 'nvme'}}}))
      await ready(api, NAMESPACE, 'db', 1)
      await kubectl(api, 'label', 'node', 'node-a', 'disk-')
      await kubectl(api, 'delete', 'pod', '-n', NAMESPACE, 'db-0')
      await refused(api)
    },
  },
}
