import type {V1DaemonSet, V1DaemonSetList, V1Pod, V1PodList} from '@kubernetes/client-node'
import type {ControlPlane} from '../tools/control-plane.ts'
import {until} from '../tools/until.ts'

type Api = Pick<ControlPlane, 'get' | 'request'>

/** Node by node, the names of the Pods that a DaemonSet has there. */
export type Placement = ReadonlyMap<string, readonly string[]>

/** What a namespace's DaemonSets have come to. */
export interface Settled {
  readonly daemonSets: readonly V1DaemonSet[]
  /** By name of the DaemonSet. */
  readonly placements: ReadonlyMap<string, Placement>
}

const PATIENT = {interval: 200, timeout: 120_000}

const sets = (namespace: string) => `/apis/apps/v1/namespaces/${namespace}/daemonsets`

async function daemonSetsOf({get}: Api, namespace: string): Promise<readonly V1DaemonSet[]> {
  return (await get<V1DaemonSetList>(sets(namespace))).items
}

async function podsOf({get}: Api, namespace: string): Promise<readonly V1Pod[]> {
  return (await get<V1PodList>(`/api/v1/namespaces/${namespace}/pods`)).items
}

/**
 * Raises every generation by a change without consequence and waits until all are observed: the controller has
 * then looked at each DaemonSet with none of its own creations and deletions outstanding.
 */
async function look(api: Api, namespace: string): Promise<void> {
  const touch = async ({metadata, spec}: V1DaemonSet) => {
    const path = `${sets(namespace)}/${metadata?.name}`
    const revisionHistoryLimit = (spec?.revisionHistoryLimit ?? 0) + 1
    const {code} = await api.request('PATCH', path, {spec: {revisionHistoryLimit}})
    if (code !== 200) throw new Error(`PATCH ${path}: ${code}`)
  }
  await Promise.all((await daemonSetsOf(api, namespace)).map(touch))
  await until(
    `the controller has looked at ${namespace}`,
    () => daemonSetsOf(api, namespace),
    (all) => all.every(({metadata, status}) => status?.observedGeneration === metadata?.generation),
    PATIENT,
  )
}

/** Waits until the controller has done what it will do, and kwok too. All Pods run; not all need be ready. */
export async function settled(api: Api, namespace: string): Promise<Settled> {
  await look(api, namespace)
  const isDone = ({metadata, status}: V1Pod) =>
    metadata?.deletionTimestamp === undefined && status?.phase === 'Running'
  const read = () => podsOf(api, namespace)
  await until(`the Pods of ${namespace} run`, read, (pods) => pods.every(isDone), PATIENT)
  await look(api, namespace)
  const pods = await podsOf(api, namespace)
  if (!pods.every(isDone)) return await settled(api, namespace)
  const bySet = Map.groupBy(pods, ({metadata}) => metadata?.ownerReferences?.[0]?.name ?? '')
  const placements = new Map([...bySet].map(([name, its]) => [name, placementOf(its)]))
  return {daemonSets: await daemonSetsOf(api, namespace), placements}
}

function placementOf(pods: readonly V1Pod[]): Placement {
  const byNode = Map.groupBy(pods, ({spec}) => spec?.nodeName ?? '')
  return new Map([...byNode].map(([node, its]) => [node, its.map(({metadata}) => metadata?.name ?? '')]))
}

/** Takes away a namespace's DaemonSets and Pods at once. */
export async function clear(api: Api, namespace: string): Promise<void> {
  await api.request('DELETE', `${sets(namespace)}?propagationPolicy=Background`)
  const read = async () => {
    await api.request('DELETE', `/api/v1/namespaces/${namespace}/pods?gracePeriodSeconds=0`)
    return podsOf(api, namespace)
  }
  await until(`the Pods of ${namespace} are gone`, read, ({length}) => length === 0, PATIENT)
}
