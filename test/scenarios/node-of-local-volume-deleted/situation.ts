import {addNodes, threeZones} from '../../control-plane/situations/nodes.ts'
import {claim, localVolume, storageClass} from '../../control-plane/situations/volumes.ts'
import {headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import {kubectl, pod, ready, type Situation} from '../situation.ts'

/** One node is deleted permanently, another is cordoned and its member restarted: both members wait for their disks. */
export const situation: Situation = async (api) => {
  await addNodes(api, threeZones())
  await api.createNamespace('shop')
  const volumes = ['a', 'b', 'c'].map((node) => localVolume(`disk-${node}`, `node-${node}`))
  const spec = {podManagementPolicy: 'Parallel'}
  const set = statefulSet({name: 'db', namespace: 'shop', claims: [claim('data')], spec})
  await api.apply([storageClass(), ...volumes, headlessService('db', 'shop'), set])
  await ready(api, 'shop', 'db', 3)
  const nodeOf = async (name: string) => (await pod(api, 'shop', name)).spec?.nodeName ?? ''
  await kubectl(api, 'delete', 'node', await nodeOf('db-2'))
  await kubectl(api, 'cordon', await nodeOf('db-1'))
  await kubectl(api, 'delete', 'pod', '-n', 'shop', 'db-1')
  for (const name of ['db-1', 'db-2']) {
    await pod(
      api,
      'shop',
      name,
      ({spec, status}) => !spec?.nodeName && status?.conditions?.[0]?.status === 'False',
    )
  }
  return {flags: ['-n', 'shop']}
}
