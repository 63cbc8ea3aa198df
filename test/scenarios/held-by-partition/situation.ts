import type {V1StatefulSet} from '@kubernetes/client-node'
import {addNodes} from '../../control-plane/situations/nodes.ts'
import {headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import {until} from '../../control-plane/tools/until.ts'
import {ready, type Situation} from '../situation.ts'

/** A canary: the upper three of six have the new image, the partition keeps the others from it. */
export const situation: Situation = async (api) => {
  await addNodes(api)
  await api.createNamespace('shop')
  const updateStrategy = {type: 'RollingUpdate', rollingUpdate: {partition: 3}}
  const set = (image: string) =>
    statefulSet({name: 'db', namespace: 'shop', replicas: 6, image, spec: {updateStrategy}})
  await api.apply([headlessService('db', 'shop'), set('db:1')])
  await ready(api, 'shop', 'db', 6)
  await api.apply(set('db:2'))
  await until(
    'three updated and ready',
    () => api.get<V1StatefulSet>('/apis/apps/v1/namespaces/shop/statefulsets/db'),
    ({status}) => status?.updatedReplicas === 3 && status.readyReplicas === 6,
    {timeout: 60_000},
  )
  return {flags: ['-n', 'shop'], age: 13}
}
