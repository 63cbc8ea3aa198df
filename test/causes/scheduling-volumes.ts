import type {V1CSINode} from '@kubernetes/client-node'
import {addNodes, node, threeZones} from '../control-plane/situations/nodes.ts'
import {claim, handMadeVolume, localVolume, storageClass} from '../control-plane/situations/volumes.ts'
import {untilClaim, untilPods} from '../control-plane/situations/waits.ts'
import {gone, kubectl, pod, ready} from '../scenarios/situation.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {db, neighbour, refused, scale} from './scheduling-steps.ts'
import {claimEvent, DRIVER, drivenClass, drivenVolume, driver} from './storage-steps.ts'

const LAZY = {volumeBindingMode: 'WaitForFirstConsumer'}

/** From 1.36, which the client's types do not know yet. */
const STRICT: Parameters<typeof driver>[0] & {preventPodSchedulingIfMissing: boolean} = {
  preventPodSchedulingIfMissing: true,
}

/** What a kubelet writes of the drivers on its node. */
function csiNode(name: string, count: number): V1CSINode {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: {name},
    spec: {drivers: [{name: DRIVER, nodeID: name, allocatable: {count}}]},
  }
}

/** Volumes keep the Pod off the nodes. */
export const volumes: CapturedCauses = {
  'node-of-local-volume-gone': {
    ask: 'sts/db',
    proves: ['sched-pv-node-affinity'],
    not: ['sched-insufficient-cpu', 'sched-no-pv-to-bind', 'sched-node-affinity'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, threeZones())
      const disks = ['a', 'b', 'c'].map((letter) => localVolume(`disk-${letter}`, `node-${letter}`))
      await api.apply([storageClass(), ...disks, ...db({replicas: 3, claims: [claim('data')]})])
      await ready(api, NAMESPACE, 'db', 3)
      const {spec} = await pod(api, NAMESPACE, 'db-1')
      await kubectl(api, 'delete', 'node', spec?.nodeName ?? '')
      // nobody is left to stop it, and the garbage collector takes its time
      await kubectl(api, 'delete', 'pod', '-n', NAMESPACE, 'db-1', '--force', '--grace-period=0')
      await refused(api, 'db-1')
    },
  },
  'volume-of-another-zone': {
    ask: 'sts/db',
    proves: ['sched-pv-zone'],
    not: ['sched-pv-node-affinity', 'sched-no-pv-to-bind'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, threeZones())
      const legacy = handMadeVolume('disk-old', {claimRef: {namespace: NAMESPACE, name: 'data-db-0'}})
      const labels = {'topology.kubernetes.io/zone': 'zone-d'}
      await api.apply([
        {...legacy, metadata: {name: 'disk-old', labels}},
        ...db({claims: [claim('data', {storageClass: ''})]}),
      ])
      await untilClaim(api, NAMESPACE, 'data-db-0', 'Bound')
      await refused(api)
    },
  },
  'one-pod-claim-in-use': {
    ask: 'sts/db',
    proves: ['sched-rwop-in-use'],
    not: ['attach-multi-pod', 'sched-pv-node-affinity'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      const single = claim('data', {storageClass: ''})
      const accessModes = ['ReadWriteOncePod']
      const claims = [{...single, spec: {...single.spec, accessModes}}]
      await api.apply([handMadeVolume('disk-a', {accessModes}), ...db({claims})])
      await ready(api, NAMESPACE, 'db', 1)
      await scale(api, 0)
      await gone(api, NAMESPACE, 'db-0')
      const data = {name: 'data', persistentVolumeClaim: {claimName: 'data-db-0'}}
      await api.apply(neighbour('backup', {volumes: [data]}))
      await untilPods(api, NAMESPACE, 1)
      await scale(api, 1)
      await refused(api)
    },
  },
  'max-volumes': {
    ask: 'sts/db',
    proves: ['sched-max-volumes'],
    not: ['sched-csi-driver-missing', 'sched-no-pv-to-bind'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([
        driver(),
        csiNode('node-a', 1),
        drivenClass(),
        drivenVolume('pvc-1'),
        drivenVolume('pvc-2'),
      ])
      await api.apply(db({replicas: 2, claims: [claim('data', {storageClass: 'fast'})]}))
      await refused(api, 'db-1')
    },
  },
  'csi-driver-not-on-node': {
    ask: 'sts/db',
    proves: ['sched-csi-driver-missing'],
    not: ['sched-max-volumes', 'sched-no-pv-to-bind'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([driver(STRICT), drivenClass(), drivenVolume('pvc-1')])
      await api.apply(db({claims: [claim('data', {storageClass: 'fast'})]}))
      await refused(api)
    },
  },
  'storage-is-full': {
    ask: 'sts/db',
    proves: ['sched-csi-capacity'],
    not: ['sched-no-pv-to-bind', 'pvc-external-wait'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      const capacity = {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'CSIStorageCapacity',
        metadata: {name: 'fast-all', namespace: NAMESPACE},
        storageClassName: 'fast',
        nodeTopology: {},
        capacity: '4Gi',
      }
      await api.apply([driver({storageCapacity: true}), drivenClass(LAZY), capacity])
      await api.apply(db({claims: [claim('data', {storageClass: 'fast'})]}))
      await refused(api)
    },
  },
  'no-local-disk-left': {
    ask: 'sts/db',
    proves: ['sched-no-pv-to-bind'],
    not: ['sched-pv-node-affinity', 'pvc-external-wait'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a'), node('node-b')])
      await api.apply([storageClass(), localVolume('disk-a', 'node-a')])
      await api.apply(db({replicas: 2, claims: [claim('data')]}))
      await refused(api, 'db-1')
    },
  },
  'claim-waits-for-unschedulable-pod': {
    ask: 'pvc/data-db-0',
    proves: ['sched-node-affinity', 'pvc-wffc-pod-unscheduled'],
    not: ['sched-no-pv-to-bind', 'pvc-wffc-no-consumer', 'pvc-external-wait'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([storageClass(), localVolume('disk-a', 'node-a')])
      await api.apply(db({claims: [claim('data')], podSpec: {nodeSelector: {disk: 'nvme'}}}))
      await refused(api)
      await claimEvent(api, 'WaitForFirstConsumer')
    },
  },
}
