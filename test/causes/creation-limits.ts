import type {V1LimitRange, V1ResourceQuota, V1ResourceRequirements} from '@kubernetes/client-node'
import {claim, localVolume, storageClass} from '../control-plane/situations/volumes.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {created, db, untilSaid} from './set-steps.ts'

/** From when it is counted on the API server holds everybody to it. */
export async function quota(api: ControlPlane, hard: Readonly<Record<string, string>>): Promise<void> {
  const metadata = {name: 'team-shop', namespace: NAMESPACE}
  await api.apply({apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: {hard}})
  const read = () => api.get<V1ResourceQuota>(`/api/v1/namespaces/${NAMESPACE}/resourcequotas/team-shop`)
  await until('the quota is counted', read, ({status}) => status?.used !== undefined)
}

const asking = (resources: V1ResourceRequirements) => ({
  containers: [{name: 'app', image: 'registry.example/db:1', resources}],
})

/** The namespace allows no more. */
export const limits: CapturedCauses = {
  'quota-exceeded': {
    ask: 'sts/db',
    proves: ['create-quota-exceeded'],
    not: ['create-quota-needs-requests', 'create-limitrange', 'create-pvc-failed', 'create-rbac'],
    later: 10,
    arrange: async (api) => {
      await quota(api, {'requests.cpu': '2', 'requests.memory': '8Gi'})
      await created(api, db({podSpec: asking({requests: {cpu: '1', memory: '2Gi'}})}))
      await untilSaid(api, 'FailedCreate', 'exceeded quota')
    },
  },
  'quota-needs-requests': {
    ask: 'sts/db',
    proves: ['create-quota-needs-requests'],
    not: ['create-quota-exceeded', 'create-limitrange', 'create-rbac'],
    later: 10,
    arrange: async (api) => {
      await quota(api, {'limits.memory': '16Gi', 'requests.cpu': '4'})
      await created(api, db())
      await untilSaid(api, 'FailedCreate', 'must specify')
    },
  },
  'limit-range': {
    ask: 'sts/db',
    proves: ['create-limitrange'],
    not: ['create-quota-exceeded', 'create-quota-needs-requests', 'create-rbac'],
    later: 10,
    arrange: async (api) => {
      const range: V1LimitRange = {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: {name: 'small', namespace: NAMESPACE},
        spec: {limits: [{type: 'Container', max: {cpu: '1'}}]},
      }
      await created(api, db({podSpec: asking({limits: {cpu: '2'}})}), [range])
      await untilSaid(api, 'FailedCreate', 'maximum cpu usage per Container')
    },
  },
  'claim-over-quota': {
    ask: 'sts/db',
    proves: ['create-quota-exceeded'],
    not: ['pvc-no-class', 'create-pvc-being-deleted', 'create-rbac'],
    later: 10,
    arrange: async (api) => {
      const volumes = ['a', 'b', 'c'].map((letter) => localVolume(`disk-${letter}`, `node-${letter}`))
      await quota(api, {'requests.storage': '20Gi'})
      await created(api, db({claims: [claim('data')]}), [storageClass(), ...volumes])
      await untilSaid(api, 'FailedCreate', 'failed to create PVC')
    },
  },
  'claim-template-invalid': {
    ask: 'sts/db',
    proves: ['create-pvc-failed'],
    not: ['create-pod-invalid', 'create-quota-exceeded'],
    later: 10,
    arrange: async (api) => {
      const {metadata, ...data} = claim('data')
      await created(
        api,
        db({claims: [{...data, metadata: {...metadata, annotations: {'what for?': 'data'}}}]}),
      )
      await untilSaid(api, 'FailedCreate', 'failed to create PVC')
    },
  },
  'name-too-long': {
    ask: `sts/${'orders-'.repeat(8)}db`,
    proves: ['create-name-too-long'],
    not: ['create-pod-invalid', 'create-name-not-dns'],
    later: 10,
    arrange: async (api) => {
      await created(api, db({name: `${'orders-'.repeat(8)}db`}))
      await untilSaid(api, 'FailedCreate', 'must be no more than 63')
    },
  },
}
