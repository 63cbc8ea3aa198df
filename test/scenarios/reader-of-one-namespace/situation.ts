import {addNodes, threeZones} from '../../control-plane/situations/nodes.ts'
import {claim, localVolume, storageClass} from '../../control-plane/situations/volumes.ts'
import {headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import {kubectl, ready, type Situation} from '../situation.ts'

/** The same as anywhere, seen by somebody who may read one namespace and nothing of the cluster. */
export const situation: Situation = async (api) => {
  await addNodes(api, threeZones())
  await api.createNamespace('shop')
  const volumes = ['a', 'b', 'c'].map((node) => localVolume(`disk-${node}`, `node-${node}`))
  const set = statefulSet({name: 'db', namespace: 'shop', claims: [claim('data')]})
  await api.apply([storageClass(), ...volumes, headlessService('db', 'shop'), set])
  await ready(api, 'shop', 'db', 3)
  await kubectl(api, 'create', 'rolebinding', '-n', 'shop', 'reader', '--clusterrole=view', '--user=reader')
  return {flags: ['-n', 'shop'], kubeconfig: api.user('reader').kubeconfig, age: 13}
}
