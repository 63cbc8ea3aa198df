import type {V1DaemonSet, V1Pod} from '@kubernetes/client-node'
import {addNodes, node} from '../control-plane/situations/nodes.ts'
import {untilPods} from '../control-plane/situations/waits.ts'
import {type DaemonSetOptions, daemonSet} from '../control-plane/situations/workloads.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'
import {NAMESPACE} from './captured-cause.ts'

export const FIVE = [1, 2, 3, 4, 5].map((number) => `worker-${number}`)

export const agent = (options: DaemonSetOptions = {}): V1DaemonSet =>
  daemonSet({name: 'agent', namespace: NAMESPACE, image: 'registry.example/agent:1', ...options})

/** Five nodes, each with its agent. */
export async function agents(api: ControlPlane, options: DaemonSetOptions = {}): Promise<void> {
  await addNodes(
    api,
    FIVE.map((name) => node(name, {zone: 'zone-a'})),
  )
  await api.apply(agent(options))
  await untilPods(api, NAMESPACE, FIVE.length)
}

/** A new template; the rollout has begun when one of its Pods is as wanted. */
export async function update(
  api: ControlPlane,
  options: DaemonSetOptions,
  isThere: (pod: V1Pod) => boolean,
  count = 1,
): Promise<void> {
  await api.apply(agent({image: 'registry.example/agent:2', ...options}))
  await untilPods(api, NAMESPACE, count, isThere)
}

export const isSecond = ({spec}: V1Pod): boolean => spec?.containers[0]?.image?.endsWith(':2') ?? false

export async function untilStatus(
  {get}: Pick<ControlPlane, 'get'>,
  isThere: (status: NonNullable<V1DaemonSet['status']>) => boolean,
): Promise<void> {
  const read = () => get<V1DaemonSet>(`/apis/apps/v1/namespaces/${NAMESPACE}/daemonsets/agent`)
  await until('the status of the agents', read, ({metadata, status}) =>
    Boolean(status && status.observedGeneration === metadata?.generation && isThere(status)),
  )
}
