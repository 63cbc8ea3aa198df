import type {V1Affinity} from '@kubernetes/client-node'
import {addNodes, node, threeZones} from '../control-plane/situations/nodes.ts'
import {claim, localVolume, storageClass, zonalVolume} from '../control-plane/situations/volumes.ts'
import {untilClaim, untilPods} from '../control-plane/situations/waits.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {lose} from './nodes-lost.ts'
import {db, neighbour, refused} from './scheduling-steps.ts'

const HOST = 'kubernetes.io/hostname'
const ZONE = 'topology.kubernetes.io/zone'
/** Binds as soon as there is a claim, wherever its Pod may run. */
const EARLY = {...storageClass('early'), volumeBindingMode: 'Immediate'}
const early = {storageClass: 'early'}

function required(
  kind: 'podAffinity' | 'podAntiAffinity',
  app: string,
  topologyKey: string,
): {affinity: V1Affinity} {
  const term = {topologyKey, labelSelector: {matchLabels: {app}}}
  return {affinity: {[kind]: {requiredDuringSchedulingIgnoredDuringExecution: [term]}}}
}

async function bound(api: ControlPlane, ...claims: readonly string[]): Promise<void> {
  for (const name of claims) await untilClaim(api, NAMESPACE, name, 'Bound')
}

/** Where the volumes are, and where else the Pod must be. */
export const zones: CapturedCauses = {
  'volumes-in-two-zones': {
    ask: 'sts/db',
    proves: ['sched-pv-node-affinity'],
    not: ['sched-no-pv-to-bind', 'sched-node-affinity', 'sched-pv-zone'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, threeZones())
      await api.apply([EARLY, zonalVolume('disk-a', 'zone-a', early), zonalVolume('disk-b', 'zone-b', early)])
      await api.apply(db({claims: [claim('data', early), claim('wal', early)]}))
      await bound(api, 'data-db-0', 'wal-db-0')
      await refused(api)
    },
  },
  'volume-bound-before-its-pod': {
    ask: 'sts/db',
    proves: ['sched-pv-node-affinity'],
    not: ['sched-node-affinity', 'sched-no-pv-to-bind'],
    later: 10,
    arrange: async (api) => {
      const pool = {labels: {pool: 'db'}, zone: 'zone-a'}
      await addNodes(api, [node('node-a', pool), node('node-b', {zone: 'zone-b'})])
      await api.apply([EARLY, zonalVolume('disk-b', 'zone-b', early)])
      await api.apply(db({claims: [claim('data', early)], podSpec: {nodeSelector: {pool: 'db'}}}))
      await bound(api, 'data-db-0')
      await refused(api)
    },
  },
  'pod-affinity-away-from-volume': {
    ask: 'sts/db',
    proves: ['sched-pod-affinity'],
    not: ['sched-pv-node-affinity', 'sched-node-affinity'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, threeZones())
      await api.apply(neighbour('cache', {nodeSelector: {[ZONE]: 'zone-b'}}))
      await untilPods(api, NAMESPACE, 1, ({status}) => status?.phase === 'Running')
      await api.apply([EARLY, zonalVolume('disk-c', 'zone-c', early)])
      await api.apply(db({claims: [claim('data', early)], podSpec: required('podAffinity', 'cache', ZONE)}))
      await bound(api, 'data-db-0')
      await refused(api)
    },
  },
  'anti-affinity-in-zone-of-volumes': {
    ask: 'sts/db',
    proves: ['sched-anti-affinity'],
    not: ['sched-pv-node-affinity', 'sched-existing-anti-affinity'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, threeZones())
      await api.apply([EARLY, zonalVolume('disk-1', 'zone-a', early), zonalVolume('disk-2', 'zone-a', early)])
      const podSpec = required('podAntiAffinity', 'db', ZONE)
      await api.apply(db({replicas: 2, claims: [claim('data', early)], podSpec}))
      await refused(api, 'db-1')
    },
  },
  'anti-affinity-on-the-only-node-of-a-zone': {
    ask: 'sts/db',
    proves: ['sched-anti-affinity'],
    not: ['sched-pv-node-affinity', 'sched-existing-anti-affinity'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, threeZones())
      await api.apply([EARLY, zonalVolume('disk-1', 'zone-a', early), zonalVolume('disk-2', 'zone-a', early)])
      const podSpec = required('podAntiAffinity', 'db', HOST)
      await api.apply(db({replicas: 2, claims: [claim('data', early)], podSpec}))
      await refused(api, 'db-1')
    },
  },
  'only-disk-on-lost-node': {
    ask: 'sts/db',
    proves: ['sched-no-pv-to-bind'],
    not: ['pvc-external-wait', 'sched-pv-node-affinity', 'pvc-wffc-pod-unscheduled'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a'), node('node-b')])
      await api.apply([storageClass(), localVolume('disk-a', 'node-a')])
      await lose(api, 'node-a')
      await api.apply(db({claims: [claim('data')]}))
      await refused(api)
    },
  },
}
