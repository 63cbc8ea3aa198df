import type {V1Pod, V1PodStatus} from '@kubernetes/client-node'
import {behaviourOf, setPodStatus} from '../situations/behaviours.ts'
import {untilPods, untilReady} from '../situations/waits.ts'
import {headlessService} from '../situations/workloads.ts'
import {type Cure, create, type Sandbox, service} from './cure.ts'
import {set} from './cures-sets.ts'

/** As if its containers had been started so many seconds ago: nobody waits that long here. */
async function runsSince({api, namespace}: Sandbox, name: string, seconds: number): Promise<void> {
  const pod = await api.get<V1Pod>(`/api/v1/namespaces/${namespace}/pods/${name}`)
  const startedAt = new Date(Date.now() - seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
  const containerStatuses = (pod.status?.containerStatuses ?? []).map((status) => ({
    ...status,
    state: {running: {startedAt}},
  }))
  const conditions = (pod.status?.conditions ?? []).map((condition) => ({
    ...condition,
    lastTransitionTime: startedAt,
  }))
  await setPodStatus(api, namespace, name, {containerStatuses, conditions} as unknown as V1PodStatus)
}

export const serviceCures: Readonly<Record<string, Cure>> = {
  'svc-missing': {
    about: 'sts/db',
    arrange: async (place) => {
      await create(place, set(place, {replicas: 1}))
      await untilReady(place.api, place.namespace, 'db')
    },
  },
  'svc-selector-mismatch': {
    about: 'sts/db',
    arrange: async (place) => {
      await create(place, headlessService('db', place.namespace, {app: 'web'}), set(place, {replicas: 1}))
      await untilReady(place.api, place.namespace, 'db')
    },
  },
  'svc-unready-not-published': {
    about: 'sts/db',
    arrange: async (place) => {
      const annotations = behaviourOf({0: 'not-ready'})
      await create(place, service(place), set(place, {replicas: 2, annotations}))
      await untilPods(place.api, place.namespace, 1, ({status}) => status?.phase === 'Running')
      await runsSince(place, 'db-0', 300)
    },
    // to find each other is the members' own affair
    ends: async () => true,
  },
}
