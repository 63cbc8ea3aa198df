import {setTimeout as sleep} from 'node:timers/promises'
import type {V1Pod, V1PodList} from '@kubernetes/client-node'
import type {ApiClient} from '../tools/api-client.ts'

/** How long a kubelet waits before the fifth restart, and before each one after it; kwok makes the first four at once. */
const BACK_OFFS = [160_000, 300_000]

/** Lets a cluster stand for real minutes; as a kubelet would, what crashes is started again meanwhile. */
export async function stand(api: ApiClient, minutes: number): Promise<void> {
  const end = performance.now() + minutes * 60_000
  for (let restarts = 5; ; restarts++) {
    const backOff = BACK_OFFS[Math.min(restarts - 5, BACK_OFFS.length - 1)] ?? 0
    if (performance.now() + backOff > end) break
    await sleep(backOff)
    await restartCrashing(api, restarts)
  }
  await sleep(Math.max(0, end - performance.now()))
}

async function restartCrashing(api: ApiClient, restarts: number): Promise<void> {
  const {items} = await api.get<V1PodList>('/api/v1/pods')
  for (const {metadata} of items.filter(isCrashing)) {
    const path = `/api/v1/namespaces/${metadata?.namespace}/pods/${metadata?.name}`
    const annotations = {'kubectl-stateful.test/restarts': String(restarts)}
    await api.request('PATCH', path, {metadata: {annotations}})
    // kwok crashes what does not wait for its next start
    await api.request('PATCH', `${path}/status`, {status: {containerStatuses: null}})
  }
}

function isCrashing({status}: V1Pod): boolean {
  return (status?.containerStatuses ?? []).some(({state}) => state?.waiting?.reason === 'CrashLoopBackOff')
}
