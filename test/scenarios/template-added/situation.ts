import {addNodes, threeZones} from '../../control-plane/situations/nodes.ts'
import {claim, localVolume, storageClass} from '../../control-plane/situations/volumes.ts'
import {headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import {kubectl, ready, type Situation} from '../situation.ts'

/**
 * The set was deleted without its Pods and created again with a second claim template and a larger first one:
 * neither reaches the Pods and claims that are there.
 */
export const situation: Situation = async (api) => {
  await addNodes(api, threeZones())
  await api.createNamespace('shop')
  const volumes = ['a', 'b', 'c'].flatMap((node) => [
    localVolume(`disk-${node}`, `node-${node}`),
    localVolume(`log-${node}`, `node-${node}`),
  ])
  const set = (...claims: Parameters<typeof claim>[]) =>
    statefulSet({name: 'db', namespace: 'shop', claims: claims.map((each) => claim(...each))})
  await api.apply([storageClass(), ...volumes, headlessService('db', 'shop'), set(['data', {size: '5Gi'}])])
  await ready(api, 'shop', 'db', 3)
  await kubectl(api, 'delete', 'sts', '-n', 'shop', 'db', '--cascade=orphan')
  await api.apply(set(['data', {size: '10Gi'}], ['log']))
  await ready(api, 'shop', 'db', 3)
  return {flags: ['-n', 'shop']}
}
