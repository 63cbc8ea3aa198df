import {behaviour} from '../control-plane/situations/behaviours.ts'
import {addNodes, node, threeZones} from '../control-plane/situations/nodes.ts'
import {claim, storageClass, zonalVolume} from '../control-plane/situations/volumes.ts'
import {untilPods} from '../control-plane/situations/waits.ts'
import {gone, kubectl, pod, ready} from '../scenarios/situation.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {asking, container, db, neighbour, refused, scale, withDevices} from './scheduling-steps.ts'

const ZONE_TAKEN = {nodeSelector: {'topology.kubernetes.io/zone': 'zone-a'}}

/** Nodes have too little left of something. */
export const room: CapturedCauses = {
  'insufficient-cpu': {
    ask: 'sts/db',
    proves: ['sched-insufficient-cpu'],
    not: ['sched-too-many-pods', 'sched-insufficient-memory', 'sts-ordered-revision-deadlock'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a', {resources: {cpu: '4'}}), node('node-b', {resources: {cpu: '4'}})])
      await api.apply(db({replicas: 3, podSpec: asking({cpu: '3'})}))
      await refused(api, 'db-2')
    },
  },
  'insufficient-memory': {
    ask: 'sts/db',
    proves: ['sched-insufficient-memory'],
    not: ['sched-insufficient-cpu'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a'), node('node-b')])
      await api.apply(db({podSpec: asking({memory: '48Gi'})}))
      await refused(api)
    },
  },
  'insufficient-extended': {
    ask: 'sts/db',
    proves: ['sched-insufficient-extended'],
    not: ['sched-insufficient-cpu', 'sched-node-affinity'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [withDevices(node('node-a'), 'example.com/fpga', '0'), node('node-b')])
      await api.apply(db({podSpec: asking({'example.com/fpga': '1'})}))
      await refused(api)
    },
  },
  'too-many-pods': {
    ask: 'sts/db',
    proves: ['sched-too-many-pods'],
    not: ['sched-insufficient-cpu'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a', {resources: {pods: '2'}})])
      await api.apply(db({replicas: 3}))
      await refused(api, 'db-2')
    },
  },
  'zone-is-full': {
    ask: 'sts/db',
    proves: ['sched-insufficient-cpu'],
    not: ['sched-pv-node-affinity', 'sched-no-pv-to-bind', 'pvc-wffc-pod-unscheduled'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, threeZones())
      const claims = [claim('data')]
      const volumeMounts = [{name: 'data', mountPath: '/data'}]
      const podSpec = {containers: [container({volumeMounts, resources: {requests: {cpu: '4'}}})]}
      await api.apply([storageClass(), zonalVolume('disk-a', 'zone-a'), ...db({claims, podSpec})])
      await ready(api, NAMESPACE, 'db', 1)
      await scale(api, 0)
      await gone(api, NAMESPACE, 'db-0')
      await api.apply(neighbour('report', {...asking({cpu: '6'}), ...ZONE_TAKEN}))
      await untilPods(api, NAMESPACE, 1)
      await scale(api, 1)
      await refused(api)
    },
  },
  'nominated-after-preemption': {
    ask: 'sts/db',
    proves: ['sched-nominated'],
    not: ['sched-insufficient-cpu', 'sched-no-scheduler'],
    later: 2,
    arrange: async (api) => {
      await addNodes(api, [node('node-a', {resources: {cpu: '4'}})])
      const first = {apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: {name: 'first'}}
      const slow = {...asking({cpu: '3'}), terminationGracePeriodSeconds: 600}
      await api.apply([{...first, value: 1000}, neighbour('report', slow, behaviour('hang-terminating'))])
      await untilPods(api, NAMESPACE, 1)
      await api.apply(db({podSpec: {...asking({cpu: '3'}), priorityClassName: 'first'}}))
      await pod(api, NAMESPACE, 'db-0', ({status}) => status?.nominatedNodeName === 'node-a')
      await refused(api)
    },
  },
  'no-nodes': {
    ask: 'sts/db',
    proves: ['sched-no-nodes'],
    not: ['sched-no-scheduler', 'sched-insufficient-cpu'],
    later: 10,
    arrange: async (api) => {
      await api.apply(db())
      await refused(api)
    },
  },
  'all-cordoned': {
    ask: 'sts/db',
    proves: ['sched-node-cordoned'],
    not: ['sched-taint', 'sched-insufficient-cpu'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a'), node('node-b')])
      await kubectl(api, 'cordon', 'node-a', 'node-b')
      await api.apply(db())
      await refused(api)
    },
  },
  'untolerated-taint': {
    ask: 'sts/db',
    proves: ['sched-taint'],
    not: ['sched-node-cordoned', 'sched-node-affinity'],
    later: 10,
    arrange: async (api) => {
      const taints = [{key: 'dedicated', value: 'analytics', effect: 'NoSchedule'}]
      await addNodes(api, [node('node-a', {taints}), node('node-b', {taints})])
      await kubectl(api, 'cordon', 'node-b')
      await api.apply(db())
      await refused(api)
    },
  },
}
