import {addNodes, threeZones} from '../../control-plane/situations/nodes.ts'
import {claim, localVolume, storageClass} from '../../control-plane/situations/volumes.ts'
import {headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import {kubectl, ready, type Situation} from '../situation.ts'

/** Somebody deleted a claim while its Pod runs: it goes with the next restart, and nothing warns. */
export const situation: Situation = async (api) => {
  await addNodes(api, threeZones())
  await api.createNamespace('shop')
  const volumes = ['a', 'b', 'c'].map((node) => localVolume(`disk-${node}`, `node-${node}`))
  const set = statefulSet({name: 'db', namespace: 'shop', claims: [claim('data')]})
  await api.apply([storageClass(), ...volumes, headlessService('db', 'shop'), set])
  await ready(api, 'shop', 'db', 3)
  await kubectl(api, 'delete', 'pvc', '-n', 'shop', 'data-db-1', '--wait=false')
  return {flags: ['-n', 'shop']}
}
