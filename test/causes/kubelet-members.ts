import type {V1Container, V1Pod, V1PodSpec} from '@kubernetes/client-node'
import {type Behaviour, behaviourOf} from '../control-plane/situations/behaviours.ts'
import {addNodes} from '../control-plane/situations/nodes.ts'
import {untilPods} from '../control-plane/situations/waits.ts'
import {headlessService, type StatefulSetOptions, statefulSet} from '../control-plane/situations/workloads.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'
import {NAMESPACE} from './captured-cause.ts'

type Arrange = (api: ControlPlane) => Promise<void>
type Is = (pod: V1Pod) => boolean

/** The only container of the set's Pods, with what the situation is about. */
export function only(container: Partial<V1Container>): Partial<V1PodSpec> {
  return {containers: [{name: 'app', image: 'registry.example/db:1', ...container}]}
}

/** Three members, of which the second gets into that state. */
export function second(word: Behaviour, isThere: Is, options: StatefulSetOptions = {}): Arrange {
  return members({annotations: behaviourOf({1: word}), ...options}, isThere)
}

/** Until one of them is as wanted, and the kubelet has told all that it has to tell. */
export function members(options: StatefulSetOptions, isThere: Is, events = 1): Arrange {
  return async (api) => {
    await addNodes(api)
    await api.apply([headlessService('db', NAMESPACE), statefulSet({namespace: NAMESPACE, ...options})])
    await untilPods(api, NAMESPACE, 1, isThere)
    await untilTold(api, events)
  }
}

interface Events {
  readonly items: readonly {readonly source?: {readonly component?: string}}[]
}

/** kwok writes the events after the status that they explain. */
export async function untilTold({get}: Pick<ControlPlane, 'get'>, count: number): Promise<void> {
  const read = () => get<Events>(`/api/v1/namespaces/${NAMESPACE}/events`)
  await until(`${count} events of kubelets`, read, ({items}) => {
    return items.filter(({source}) => source?.component === 'kubelet').length >= count
  })
}

/** One of its containers waits, and this is why. */
export function waitsFor(reason: string): Is {
  return ({status}) =>
    status?.containerStatuses?.some(({state}) => state?.waiting?.reason === reason) ?? false
}

export const isLooping = waitsFor('CrashLoopBackOff')
