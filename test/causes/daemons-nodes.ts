import {addNodes, node} from '../control-plane/situations/nodes.ts'
import {isUnschedulable, untilPods} from '../control-plane/situations/waits.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {agent, FIVE, untilStatus} from './daemons-agents.ts'
import {only} from './kubelet-members.ts'
import {neighbour} from './scheduling-steps.ts'

const four = {nodeSelector: {'kubernetes.io/hostname': 'worker-4'}}
const port = only({ports: [{containerPort: 9100, hostPort: 9100}]})

export const daemonsAndNodes: CapturedCauses = {
  'daemon-wanted-nowhere': {
    ask: 'ds/agent',
    proves: ['ds-wanted-nowhere'],
    not: ['ds-node-missing-pod', 'ds-excluded-selector', 'ds-status-stale-1-33'],
    later: 10,
    arrange: async (api) => {
      const nodes = FIVE.map((name) => node(name, {labels: {'shop.example/stage': 'old'}}))
      await addNodes(api, nodes)
      await api.apply(agent({podSpec: {nodeSelector: {'shop.example/stage': 'new'}}}))
      await untilStatus(api, ({desiredNumberScheduled}) => desiredNumberScheduled === 0)
    },
  },
  'daemon-host-port-held': {
    ask: 'node/worker-4',
    proves: ['sched-host-port'],
    not: ['ds-surge-hostport', 'ds-unschedulable-pinned', 'sched-node-affinity'],
    later: 10,
    arrange: async (api) => {
      await addNodes(
        api,
        FIVE.map((name) => node(name)),
      )
      await api.apply(neighbour('legacy', {...four, ...port}))
      await untilPods(api, NAMESPACE, 1, ({spec}) => spec?.nodeName === 'worker-4')
      await api.apply(agent({podSpec: port}))
      await untilPods(api, NAMESPACE, 1, isUnschedulable)
    },
  },
  'daemon-node-is-full': {
    ask: 'node/worker-4',
    proves: ['sched-too-many-pods'],
    not: ['ds-node-missing-pod', 'sched-host-port', 'ds-unschedulable-pinned'],
    later: 10,
    arrange: async (api) => {
      await addNodes(
        api,
        FIVE.map((name) => node(name, name === 'worker-4' ? {resources: {pods: '1'}} : {})),
      )
      await api.apply(neighbour('legacy', four))
      await untilPods(api, NAMESPACE, 1, ({spec}) => spec?.nodeName === 'worker-4')
      await api.apply(agent())
      await untilPods(api, NAMESPACE, 1, isUnschedulable)
    },
  },
  'daemon-narrowed-by-admission': {
    ask: 'ds/agent',
    proves: ['ds-pod-beyond-template'],
    not: ['sched-node-affinity', 'ds-node-missing-pod', 'ds-excluded-selector'],
    later: 10,
    apiServerArgs: ['--enable-admission-plugins=PodNodeSelector'],
    arrange: async (api) => {
      const nodes = FIVE.map((name) => node(name, {labels: name === 'worker-4' ? {} : {team: 'shop'}}))
      await addNodes(api, nodes)
      const annotation = 'scheduler.alpha.kubernetes.io/node-selector=team=shop'
      await api.kubectl(['annotate', 'namespace', NAMESPACE, annotation])
      await api.apply(agent())
      await untilPods(api, NAMESPACE, FIVE.length - 1)
      await untilPods(api, NAMESPACE, 1, isUnschedulable)
    },
  },
}
