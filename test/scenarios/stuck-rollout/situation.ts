import {behaviourOf} from '../../control-plane/situations/behaviours.ts'
import {addNodes, threeZones} from '../../control-plane/situations/nodes.ts'
import {claim, localVolume, storageClass} from '../../control-plane/situations/volumes.ts'
import {headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import {gone, kubectl, pod, ready, type Situation, waits} from '../situation.ts'

/**
 * A database was scaled from seven to five, its new image crashes in ordinal 2, and meanwhile the node of
 * ordinal 1 was deleted, with the disk that ordinal 1 lives on.
 */
export const situation: Situation = async (api) => {
  await addNodes(api, threeZones())
  await api.createNamespace('shop')
  const volumes = ['a', 'b', 'c'].flatMap((node) =>
    [0, 1, 2].map((disk) => localVolume(`disk-${node}${disk}`, `node-${node}`)),
  )
  const set = (replicas: number, image: string, annotations = {}) =>
    statefulSet({name: 'db', namespace: 'shop', replicas, image, annotations, claims: [claim('data')]})
  await api.apply([storageClass(), ...volumes, headlessService('db', 'shop'), set(7, 'db:1')])
  await ready(api, 'shop', 'db', 7)
  await api.apply(set(5, 'db:1'))
  await gone(api, 'shop', 'db-5')
  await api.apply(set(5, 'db:2', behaviourOf({2: 'crash'})))
  await pod(api, 'shop', 'db-2', waits('CrashLoopBackOff'))
  const {spec} = await pod(api, 'shop', 'db-1')
  await kubectl(api, 'delete', 'node', spec?.nodeName ?? '')
  await pod(
    api,
    'shop',
    'db-1',
    (each) => !each.spec?.nodeName && each.status?.conditions?.[0]?.status === 'False',
  )
  return {flags: ['-n', 'shop'], age: 13}
}
