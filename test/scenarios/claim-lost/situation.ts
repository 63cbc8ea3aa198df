import type {V1PersistentVolumeClaim} from '@kubernetes/client-node'
import {addNodes, threeZones} from '../../control-plane/situations/nodes.ts'
import {claim, localVolume, storageClass} from '../../control-plane/situations/volumes.ts'
import {headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import {until} from '../../control-plane/tools/until.ts'
import {kubectl, ready, type Situation} from '../situation.ts'

/** The volume of ordinal 1 was deleted by force while its claim holds it. */
export const situation: Situation = async (api) => {
  await addNodes(api, threeZones())
  await api.createNamespace('shop')
  const volumes = ['a', 'b', 'c'].map((node) => localVolume(`disk-${node}`, `node-${node}`))
  const set = statefulSet({name: 'db', namespace: 'shop', claims: [claim('data')]})
  await api.apply([storageClass(), ...volumes, headlessService('db', 'shop'), set])
  await ready(api, 'shop', 'db', 3)
  const read = () =>
    api.get<V1PersistentVolumeClaim>('/api/v1/namespaces/shop/persistentvolumeclaims/data-db-1')
  const volume = (await read()).spec?.volumeName ?? ''
  await kubectl(api, 'delete', 'pv', volume, '--wait=false')
  await kubectl(api, 'patch', 'pv', volume, '--type=merge', '-p', '{"metadata":{"finalizers":null}}')
  await until('the claim Lost', read, ({status}) => status?.phase === 'Lost')
  return {flags: ['-n', 'shop']}
}
