import {
  behaviour,
  behaviourOf,
  STOPS,
  setBehaviour,
  setNodeBehaviour,
} from '../control-plane/situations/behaviours.ts'
import {addNodes, node} from '../control-plane/situations/nodes.ts'
import {untilPods} from '../control-plane/situations/waits.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {agent, agents, FIVE} from './daemons-agents.ts'
import {waitsFor} from './kubelet-members.ts'
import {lose, stop, untilTainted, untilTerminating} from './nodes-lost.ts'

const onFour = behaviourOf({'worker-4': 'hang-terminating'})

/** Daemon Pods that failed, do not terminate, or whose node is lost. */
export const lostDaemons: CapturedCauses = {
  'daemon-fails-again-and-again': {
    ask: 'ds/agent',
    proves: ['node-admit-out-of'],
    not: ['ds-failed-pod-backoff', 'ds-node-missing-pod', 'ds-unschedulable-pinned', 'crash-loop'],
    later: 5,
    arrange: async (api) => {
      await addNodes(
        api,
        FIVE.map((name) => node(name)),
      )
      await api.apply(agent({annotations: behaviourOf({'worker-4': 'creating'})}))
      await untilPods(api, NAMESPACE, 1, waitsFor('ContainerCreating'))
      await untilPods(api, NAMESPACE, 4)
      await api.stopComponent('kube-controller-manager')
      await refuse(api)
    },
  },
  'daemon-held-by-finalizer': {
    ask: 'ds/agent',
    proves: ['term-finalizer'],
    not: ['term-container-wont-die', 'ds-node-missing-pod', 'term-node-unreachable'],
    later: 10,
    arrange: async (api) => {
      const set = agent({annotations: {...behaviour('hang-terminating'), ...STOPS}})
      const template = set.spec?.template.metadata
      if (template) template.finalizers = ['network.example.com/release']
      await addNodes(
        api,
        FIVE.map((name) => node(name)),
      )
      await api.apply(set)
      const pods = await untilPods(api, NAMESPACE, 5)
      const pod = pods.find(({spec}) => spec?.nodeName === 'worker-4')
      const name = pod?.metadata?.name ?? ''
      await stop(api, name)
      await untilTerminating(api, ({status}) => status?.phase === 'Failed')
      await setBehaviour(api, NAMESPACE, name, 'ready')
      await untilTerminating(api, ({metadata}) => metadata?.deletionGracePeriodSeconds === 0)
    },
  },
  'daemon-node-not-ready': {
    ask: 'ds/agent',
    proves: ['node-notready-not-evicted'],
    not: ['ds-misscheduled-leftover', 'ds-node-missing-pod', 'term-node-unreachable'],
    later: 10,
    arrange: async (api) => {
      await agents(api, {annotations: onFour, podSpec: {tolerations: [{operator: 'Exists'}]}})
      await lose(api, 'worker-4')
    },
  },
  'daemon-node-shown-misscheduled': {
    ask: 'ds/agent',
    proves: ['ds-notready-shown-misscheduled'],
    not: ['ds-misscheduled-leftover', 'ds-noexecute-evicted', 'ds-node-missing-pod'],
    later: 10,
    arrange: async (api) => {
      await agents(api, {annotations: onFour})
      await setNodeBehaviour(api, 'worker-4', 'not-ready')
      await untilTainted(api, 'worker-4', 'NoSchedule')
    },
  },
  'daemon-node-gone': {
    ask: 'ds/agent',
    proves: ['term-node-object-gone'],
    not: ['ds-node-missing-pod', 'ds-dead-node-eats-budget', 'term-node-unreachable'],
    arrange: async (api) => {
      await agents(api, {annotations: onFour})
      await lose(api, 'worker-4')
      await api.kubectl(['delete', 'node', 'worker-4'])
    },
  },
}

async function refuse(api: Parameters<typeof agents>[0]): Promise<void> {
  const pods = await untilPods(api, NAMESPACE, 1, waitsFor('ContainerCreating'))
  const pod = pods.find(({spec}) => spec?.nodeName === 'worker-4')
  const annotations = behaviourOf({'worker-4': 'out-of-cpu'})
  await api.request('PATCH', `/api/v1/namespaces/${NAMESPACE}/pods/${pod?.metadata?.name}`, {
    metadata: {annotations},
  })
  await untilPods(api, NAMESPACE, 1, ({status}) => status?.phase === 'Failed')
}
