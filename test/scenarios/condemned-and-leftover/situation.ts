import {behaviourOf} from '../../control-plane/situations/behaviours.ts'
import {addNodes, threeZones} from '../../control-plane/situations/nodes.ts'
import {claim, localVolume, storageClass} from '../../control-plane/situations/volumes.ts'
import {headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import {gone, kubectl, pod, ready, type Situation} from '../situation.ts'

/** Scaled from five to two: ordinal 4 has gone and left its claim, ordinal 3 does not end, ordinal 2 waits for it. */
export const situation: Situation = async (api) => {
  await addNodes(api, threeZones())
  await api.createNamespace('shop')
  const volumes = ['a', 'b', 'c'].flatMap((node) =>
    [0, 1].map((disk) => localVolume(`disk-${node}${disk}`, `node-${node}`)),
  )
  const annotations = behaviourOf({3: 'hang-terminating'})
  const set = statefulSet({name: 'db', namespace: 'shop', replicas: 5, annotations, claims: [claim('data')]})
  await api.apply([storageClass(), ...volumes, headlessService('db', 'shop'), set])
  await ready(api, 'shop', 'db', 5)
  await kubectl(api, 'scale', 'sts/db', '-n', 'shop', '--replicas=2')
  await gone(api, 'shop', 'db-4')
  await pod(api, 'shop', 'db-3', ({metadata}) => metadata?.deletionTimestamp !== undefined)
  return {flags: ['-n', 'shop']}
}
