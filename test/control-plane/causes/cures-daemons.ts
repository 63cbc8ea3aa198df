import type {V1Pod, V1PodList} from '@kubernetes/client-node'
import {behaviour, behaviourOf, setNodeBehaviour, setPodStatus} from '../situations/behaviours.ts'
import {isUnschedulable, untilPods} from '../situations/waits.ts'
import {type DaemonSetOptions, daemonSet} from '../situations/workloads.ts'
import {until} from '../tools/until.ts'
import {behave, type Cure, create, edit, kubectl, onItsNodes, roll, type Sandbox} from './cure.ts'

const DS = 'daemonsets'

const podsOf = async ({api, namespace}: Sandbox): Promise<readonly V1Pod[]> =>
  (await api.get<V1PodList>(`/api/v1/namespaces/${namespace}/pods`)).items

const nameOf = ({metadata}: V1Pod) => metadata?.name ?? ''

async function working(place: Sandbox, options: DaemonSetOptions = {}): Promise<void> {
  const {namespace} = place
  await create(
    place,
    daemonSet({namespace, podSpec: onItsNodes(place), annotations: behaviour('ready'), ...options}),
  )
  await untilPods(place.api, namespace, 3)
}

const unavailable = (maxUnavailable: number) => ({
  updateStrategy: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable}},
})

async function deadNode(place: Sandbox): Promise<void> {
  const {api, namespace, nodes} = place
  await working(place, {annotations: behaviourOf({[nodes[0]]: 'hang-terminating'}), spec: unavailable(1)})
  const lost = (await podsOf(place)).find(({spec}) => spec?.nodeName === nodes[0])
  await setNodeBehaviour(api, nodes[0], 'unreachable')
  const conditions = [{type: 'Ready', status: 'False'}]
  await setPodStatus(api, namespace, nameOf(lost ?? {}), {conditions})
  await kubectl(place, 'wait', `node/${nodes[0]}`, '--for=condition=Ready=Unknown', '--timeout=20s')
  await edit(place, DS, {template: {metadata: {labels: {version: '2'}}}})
}

/** The controller deletes the first failed Pods at once, and each later one after a longer delay. Without a reason: the kubelet's own would be the cause. */
async function failing(place: Sandbox): Promise<void> {
  const {api, namespace, nodes} = place
  await create(
    place,
    daemonSet({namespace, podSpec: onItsNodes(place), annotations: behaviourOf({[nodes[0]]: 'manual'})}),
  )
  const isNew = ({metadata, spec, status}: V1Pod) =>
    spec?.nodeName === nodes[0] && status?.phase === 'Pending' && !metadata?.deletionTimestamp
  for (let times = 0; times < 5; times++) {
    const pod = (await untilPods(api, namespace, 1, isNew)).find(isNew)
    await setPodStatus(api, namespace, nameOf(pod ?? {}), {phase: 'Failed'})
  }
}

export const daemonCures: Readonly<Record<string, Cure>> = {
  'ds-ondelete': {
    about: 'ds/agent',
    arrange: async (place) => {
      await working(place, {spec: {updateStrategy: {type: 'OnDelete'}}})
      await roll(place, DS, 2)
    },
  },
  'ds-new-pod-unavailable': {
    about: 'ds/agent',
    arrange: async (place) => {
      await working(place)
      await roll(place, DS, 2, 'image-pull')
    },
  },
  'ds-surge-hostport': {
    about: 'ds/agent',
    arrange: async (place) => {
      const ports = [{containerPort: 9100, hostPort: 9100}]
      const containers = [{name: 'app', image: 'registry.example/agent:1', ports}]
      const rollingUpdate = {maxSurge: 1, maxUnavailable: 0}
      await working(place, {
        podSpec: {...onItsNodes(place), containers},
        spec: {updateStrategy: {type: 'RollingUpdate', rollingUpdate}},
      })
      await roll(place, DS, 2)
      await untilPods(place.api, place.namespace, 1, isUnschedulable)
    },
  },
  'ds-dead-node-eats-budget': {
    about: 'ds/agent',
    arrange: deadNode,
    ends: async (place) => {
      const live = (await podsOf(place)).filter(({spec}) => spec?.nodeName !== place.nodes[0])
      return live.length === 2 && live.every(({metadata}) => metadata?.labels?.version === '2')
    },
  },
  'ds-misscheduled-leftover': {
    about: 'ds/agent',
    arrange: async (place) => {
      await working(place)
      await kubectl(place, 'taint', 'node', place.nodes[0], 'dedicated=backup:NoSchedule')
    },
    ends: async (place) => (await podsOf(place)).length === 2,
  },
  'term-out-of-service-left-behind': {
    about: 'ds/agent',
    arrange: async (place) => {
      await working(place)
      const pod = (await podsOf(place)).find(({spec}) => spec?.nodeName === place.nodes[0])
      await behave(place, nameOf(pod ?? {}), 'hang-terminating')
      const taint = 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute'
      await kubectl(place, 'taint', 'node', place.nodes[0], taint)
      await until(
        'the Pod is driven away',
        () => podsOf(place),
        (pods) => pods.some(({metadata}) => metadata?.deletionTimestamp),
      )
    },
    ends: async (place) => {
      for (const pod of await podsOf(place)) await behave(place, nameOf(pod), 'ready').catch(() => {})
      return (await podsOf(place)).length === 3
    },
  },
  'ds-failed-pod-backoff': {
    about: 'ds/agent',
    arrange: failing,
    ends: async (place) => {
      const pods = await podsOf(place)
      for (const pod of pods) await behave(place, nameOf(pod), 'ready').catch(() => {})
      return pods.length === 3
    },
  },
  'ds-excluded-selector': {
    about: 'node',
    arrange: async (place) => {
      const {namespace, api, nodes} = place
      await kubectl(place, 'label', 'node', nodes[1], `disk-${namespace}=ssd`)
      const nodeSelector = {[`disk-${namespace}`]: 'ssd'}
      await create(place, daemonSet({namespace, podSpec: {nodeSelector}}))
      await untilPods(api, namespace, 1)
    },
    ends: async (place) => (await podsOf(place)).length === 2,
  },
}
