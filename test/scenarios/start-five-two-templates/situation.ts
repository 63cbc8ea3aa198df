import {addNodes, threeZones} from '../../control-plane/situations/nodes.ts'
import {claim, localVolume, storageClass, zonalVolume} from '../../control-plane/situations/volumes.ts'
import {headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import {ready, type Situation} from '../situation.ts'

/** Ordinals 5 to 7, each with a disk of its node and a volume of its zone. */
export const situation: Situation = async (api) => {
  await addNodes(api, threeZones())
  await api.createNamespace('shop')
  const volumes = ['a', 'b', 'c'].flatMap((each) => [
    localVolume(`disk-${each}`, `node-${each}`),
    zonalVolume(`archive-${each}`, `zone-${each}`, {storageClass: 'zonal'}),
  ])
  const claims = [claim('data'), claim('archive', {storageClass: 'zonal'})]
  const set = statefulSet({name: 'db', namespace: 'shop', start: 5, claims})
  await api.apply([storageClass(), storageClass('zonal'), ...volumes, headlessService('db', 'shop'), set])
  await ready(api, 'shop', 'db', 3)
  return {flags: ['-n', 'shop'], age: 13}
}
