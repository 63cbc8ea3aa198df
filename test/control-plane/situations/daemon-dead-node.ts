import type {V1DaemonSetSpec, V1NodeList, V1Pod, V1PodList} from '@kubernetes/client-node'
import type {ApiClient} from '../tools/api-client.ts'
import type {ControlPlane} from '../tools/control-plane.ts'
import {until} from '../tools/until.ts'
import {behaviour, behaviourOf, setNodeBehaviour, setPodStatus} from './behaviours.ts'
import {addNodes, node} from './nodes.ts'
import {untilPods} from './waits.ts'
import {daemonSet} from './workloads.ts'

const STRATEGIES = {
  unavailable: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable: 1}},
  surge: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable: 0, maxSurge: 1}},
  'on-delete': {type: 'OnDelete'},
} as const satisfies Record<string, V1DaemonSetSpec['updateStrategy']>

/** One DaemonSet `agent` in each, of another update strategy. */
export type Namespace = keyof typeof STRATEGIES

const NAMESPACES = Object.keys(STRATEGIES) as Namespace[]

export const LIVE = ['node-a', 'node-b', 'node-c']

/** Three live nodes and a dead one, whose Pods do not end; and a new template that came after it had died. */
export async function updateWithDeadNode(controlPlane: ControlPlane): Promise<void> {
  await addNodes(
    controlPlane,
    [...LIVE, 'dead'].map((name) => node(name)),
  )
  await Promise.all(NAMESPACES.map(controlPlane.createNamespace))
  await controlPlane.apply(NAMESPACES.map((namespace) => agent(namespace, 1)))
  for (const namespace of NAMESPACES) await untilPods(controlPlane, namespace, 4)
  await setNodeBehaviour(controlPlane, 'dead', 'unreachable')
  const pods = (await Promise.all(NAMESPACES.map((namespace) => podsOf(controlPlane, namespace)))).flat()
  const lost = pods.filter(({spec}) => spec?.nodeName === 'dead')
  await Promise.all(lost.map((pod) => markNotReady(controlPlane, pod)))
  const nodes = () => controlPlane.get<V1NodeList>('/api/v1/nodes')
  await until('the dead node is tainted', nodes, ({items}) =>
    items.some(({spec}) => spec?.taints?.some(({effect}) => effect === 'NoSchedule')),
  )
  await anotherSecond(pods)
  await controlPlane.apply(NAMESPACES.map((namespace) => agent(namespace, 2)))
}

/** Times in objects are whole seconds: of two Pods that were created in the same one nobody can say which is older. */
async function anotherSecond(pods: readonly V1Pod[]): Promise<void> {
  const youngest = Math.max(...pods.map(({metadata}) => Date.parse(String(metadata?.creationTimestamp))))
  await until(
    'another second',
    async () => Date.now(),
    (now) => now >= youngest + 1000,
  )
}

/** With maxSurge it is wanted on dead nodes as well, and no Pod of its second version becomes ready. */
function agent(namespace: Namespace, version: number) {
  const labels = {version: String(version)}
  const tolerations = namespace === 'surge' ? [{operator: 'Exists'}] : []
  const isStalled = namespace === 'surge' && version === 2
  const annotations = isStalled ? behaviour('creating') : behaviourOf({dead: 'hang-terminating'})
  const {spec, ...rest} = daemonSet({namespace, labels, annotations, podSpec: {tolerations}})
  return {...rest, spec: {...spec, updateStrategy: STRATEGIES[namespace]}}
}

/** As the node-lifecycle controller does with the Pods of a node whose kubelet has fallen silent. */
async function markNotReady(api: ApiClient, {metadata, status}: V1Pod): Promise<void> {
  const conditions = (status?.conditions ?? []).map((each) =>
    each.type === 'Ready' ? {...each, status: 'False'} : each,
  )
  await setPodStatus(api, metadata?.namespace ?? '', metadata?.name ?? '', {conditions})
}

async function podsOf({get}: ApiClient, namespace: Namespace): Promise<readonly V1Pod[]> {
  return (await get<V1PodList>(`/api/v1/namespaces/${namespace}/pods`)).items
}

/** Has whatever Pod hangs there, on its way in or out, go on. */
export async function release(api: ApiClient, namespace: Namespace): Promise<void> {
  const annotations = {...behaviour('ready'), ...behaviourOf({dead: 'ready'})}
  for (const {metadata} of await podsOf(api, namespace))
    await api.request('PATCH', `/api/v1/namespaces/${namespace}/pods/${metadata?.name}`, {
      metadata: {annotations},
    })
}
