import type {V1Container, V1Node, V1Pod, V1PodSpec, V1StatefulSet} from '@kubernetes/client-node'
import {isUnschedulable} from '../control-plane/situations/waits.ts'
import {
  deployment,
  headlessService,
  type StatefulSetOptions,
  statefulSet,
} from '../control-plane/situations/workloads.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'
import {kubectl, pod} from '../scenarios/situation.ts'
import {NAMESPACE} from './captured-cause.ts'

/** `sts/db` and its Service; one replica, unless something else is said. */
export function db(options: StatefulSetOptions = {}): object[] {
  return [headlessService('db', NAMESPACE), statefulSet({namespace: NAMESPACE, replicas: 1, ...options})]
}

/** The container of a template, with more in it than every template has. */
export function container(more: Partial<V1Container>, image = 'registry.example/db:1'): V1Container {
  return {name: 'app', image, ...more}
}

/** For the Pods of a template: what each of them asks for. */
export function asking(requests: Readonly<Record<string, string>>): {containers: V1Container[]} {
  // a resource that is not Kubernetes' own is asked for by its limit
  return {containers: [container({resources: {requests: {...requests}, limits: {...requests}}})]}
}

/** A node with something that only a device plugin knows of. */
export function withDevices(node: V1Node, resource: string, count: string): V1Node {
  const capacity = {...node.status?.capacity, [resource]: count}
  return {...node, status: {...node.status, capacity, allocatable: capacity}}
}

/** Another workload that is in the way: one Pod, unless something else is said. */
export function neighbour(
  name: string,
  podSpec: Partial<V1PodSpec>,
  annotations: Readonly<Record<string, string>> = {},
): object {
  return deployment({
    name,
    namespace: NAMESPACE,
    image: `registry.example/${name}:1`,
    annotations,
    spec: {replicas: 1},
    podSpec,
  })
}

/** Waits until the scheduler has refused that Pod and its event is there. */
export async function refused(api: ControlPlane, name = 'db-0'): Promise<V1Pod> {
  const seen = await pod(api, NAMESPACE, name, (each) => !each.spec?.nodeName && isUnschedulable(each))
  const events = () => api.kubectl(['events', '-n', NAMESPACE, '--for', `pod/${name}`])
  await until(`${name} has its event`, events, ({stdout}) => stdout.includes('FailedScheduling'))
  return seen
}

export async function scale(api: ControlPlane, replicas: number): Promise<void> {
  await kubectl(api, 'scale', 'sts/db', '-n', NAMESPACE, `--replicas=${replicas}`)
  const read = () => api.get<V1StatefulSet>(`/apis/apps/v1/namespaces/${NAMESPACE}/statefulsets/db`)
  const isSeen = ({metadata, status}: V1StatefulSet) => status?.observedGeneration === metadata?.generation
  await until('the scaling is seen', read, isSeen)
}
