import {addNodes, threeZones} from '../../control-plane/situations/nodes.ts'
import {claim, localVolume, storageClass} from '../../control-plane/situations/volumes.ts'
import {headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import {ready, type Situation} from '../situation.ts'

/** Twelve members over three zones, each on a disk of its node. */
export const situation: Situation = async (api) => {
  await addNodes(api, threeZones())
  await api.createNamespace('shop')
  const volumes = ['a', 'b', 'c'].flatMap((node) =>
    [0, 1, 2, 3].map((disk) => localVolume(`disk-${node}${disk}`, `node-${node}`)),
  )
  const spec = {podManagementPolicy: 'Parallel'}
  const set = statefulSet({name: 'db', namespace: 'shop', replicas: 12, claims: [claim('data')], spec})
  await api.apply([storageClass(), ...volumes, headlessService('db', 'shop'), set])
  await ready(api, 'shop', 'db', 12)
  return {flags: ['-n', 'shop']}
}
