import type {CoreV1EventList, V1StatefulSet} from '@kubernetes/client-node'
import {addNodes} from '../control-plane/situations/nodes.ts'
import {untilReady} from '../control-plane/situations/waits.ts'
import {headlessService, type StatefulSetOptions, statefulSet} from '../control-plane/situations/workloads.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'
import {kubectl} from '../scenarios/situation.ts'
import {NAMESPACE} from './captured-cause.ts'

const BY_HAND = {timeout: 60_000}

/** `db` of three replicas, unless the options say otherwise. */
export function db(options: StatefulSetOptions = {}): V1StatefulSet {
  return statefulSet({namespace: NAMESPACE, ...options})
}

/** On three nodes, the set and its Service, and what else it needs. */
export async function created(
  api: ControlPlane,
  set: V1StatefulSet,
  others: readonly object[] = [],
): Promise<void> {
  await addNodes(api)
  await api.apply([headlessService(set.metadata?.name, NAMESPACE), ...others, set])
}

/** The same, and every Pod of the set is ready. */
export async function working(
  api: ControlPlane,
  set: V1StatefulSet,
  others: readonly object[] = [],
): Promise<void> {
  await created(api, set, others)
  await untilReady(api, NAMESPACE, set.metadata?.name ?? '')
}

/** Waits until an event of that reason has those words. */
export async function untilSaid({get}: ControlPlane, reason: string, words: string): Promise<void> {
  const read = async () => (await get<CoreV1EventList>(`/api/v1/namespaces/${NAMESPACE}/events`)).items
  await until(
    `event ${reason}: ${words}`,
    read,
    (events) => events.some((event) => event.reason === reason && event.message?.includes(words)),
    BY_HAND,
  )
}

/** Waits until the set is as wanted, and its controller has seen its newest generation. */
export async function untilSet(
  {get}: ControlPlane,
  isWanted: (status: NonNullable<V1StatefulSet['status']>) => boolean,
  name = 'db',
): Promise<void> {
  await until(
    `StatefulSet ${name} is as wanted`,
    () => get<V1StatefulSet>(`/apis/apps/v1/namespaces/${NAMESPACE}/statefulsets/${name}`),
    ({metadata, status}) =>
      status !== undefined && status.observedGeneration === metadata?.generation && isWanted(status),
    BY_HAND,
  )
}

/** kubectl in the namespace. */
export async function run(api: ControlPlane, ...args: readonly string[]): Promise<void> {
  await kubectl(api, ...args, '-n', NAMESPACE)
}

/** As `kubectl patch` with a merge patch. */
export async function patch(api: ControlPlane, object: string, change: object): Promise<void> {
  await run(api, 'patch', object, '--type=merge', '-p', JSON.stringify(change))
}
