import type {V1PersistentVolume, V1StatefulSet} from '@kubernetes/client-node'
import {addNodes} from '../../control-plane/situations/nodes.ts'
import {
  claim,
  handMadeClaim,
  handMadeVolume,
  storageClass,
  zonalVolume,
} from '../../control-plane/situations/volumes.ts'
import {untilClaim, untilVolume} from '../../control-plane/situations/waits.ts'
import {
  headlessService,
  type StatefulSetOptions,
  statefulSet,
} from '../../control-plane/situations/workloads.ts'
import type {ControlPlane} from '../../control-plane/tools/control-plane.ts'
import {until} from '../../control-plane/tools/until.ts'
import {gone, kubectl, ready, type Situation} from '../situation.ts'

const set = (name: string, replicas: number, more: StatefulSetOptions = {}) =>
  statefulSet({name, namespace: 'shop', replicas, claims: [claim('data')], ...more})

/** Of which deleting its claim deletes the disk. */
function deleted(volume: V1PersistentVolume): V1PersistentVolume {
  return {...volume, spec: {...volume.spec, persistentVolumeReclaimPolicy: 'Delete'}}
}

/** Volumes whose claims are deleted: nobody can delete the disk of one, and the other is kept. */
const freed = ['kept', 'failed'].flatMap((name) => {
  const volume = handMadeVolume(`disk-${name}`, {claimRef: {namespace: 'shop', name}})
  return [
    name === 'failed' ? deleted(volume) : volume,
    handMadeClaim(name, 'shop', {volumeName: `disk-${name}`}),
  ]
})

/**
 * What remains of sets that are gone, or smaller, or parked, and of a node; and `db` between three revisions: ordinals are of
 * each of them.
 */
export const situation: Situation = async (api) => {
  await addNodes(api)
  await api.createNamespace('shop')
  const volumes = ['a', 'b', 'c'].flatMap((zone) =>
    [0, 1, 2, 3].map((disk) => zonalVolume(`disk-${zone}${disk}`, `zone-${zone}`)),
  )
  const others = {old: 2, cache: 3, parked: 1, queue: 1}
  await api.apply([
    storageClass(),
    ...volumes.map((volume, index) => (index % 2 === 0 ? deleted(volume) : volume)),
    ...freed,
    ...Object.entries(others).map(([name, replicas]) => set(name, replicas)),
    headlessService('db', 'shop'),
    db('db:1', 3),
  ])
  for (const [name, replicas] of Object.entries({...others, db: 3})) await ready(api, 'shop', name, replicas)
  await leaveBehind(api)
  await roll(api, 'db:2', 2)
  await roll(api, 'db:3', 1)
  await kubectl(api, 'patch', 'sts/db', '-n', 'shop', '--type=merge', '-p', PARTITION_3)
  await api.apply(db('db:4', 3))
  return {flags: ['-A'], age: 11}
}

const PARTITION_3 = '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":3}}}}'

function db(image: string, partition: number): V1StatefulSet {
  const updateStrategy = {type: 'RollingUpdate', rollingUpdate: {partition}}
  return statefulSet({name: 'db', namespace: 'shop', replicas: 3, image, spec: {updateStrategy}})
}

/** One more ordinal at that image. */
async function roll(api: ControlPlane, image: string, partition: number): Promise<void> {
  await api.apply(db(image, partition))
  await until(
    `db is at ${image} from ordinal ${partition} up`,
    () => api.get<V1StatefulSet>('/apis/apps/v1/namespaces/shop/statefulsets/db'),
    ({metadata, status}) =>
      status?.observedGeneration === metadata?.generation &&
      status?.updatedReplicas === 3 - partition &&
      status.readyReplicas === 3,
    {timeout: 60_000},
  )
}

async function leaveBehind(api: ControlPlane): Promise<void> {
  for (const name of ['kept', 'failed']) {
    await untilClaim(api, 'shop', name, 'Bound')
    await kubectl(api, 'delete', 'pvc', '-n', 'shop', name)
  }
  await kubectl(api, 'delete', 'sts', '-n', 'shop', 'old')
  await kubectl(api, 'scale', 'sts/cache', '-n', 'shop', '--replicas=1')
  await kubectl(api, 'scale', 'sts/parked', '-n', 'shop', '--replicas=0')
  await kubectl(api, 'delete', 'sts', '-n', 'shop', 'queue', '--cascade=orphan')
  for (const name of ['old-0', 'old-1', 'cache-1', 'cache-2', 'parked-0']) await gone(api, 'shop', name)
  await untilVolume(api, 'disk-kept', 'Released')
  await untilVolume(api, 'disk-failed', 'Failed')
  const source = {persistentVolumeName: 'disk-a0'}
  await api.apply({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: {name: 'to-a-node-that-is-gone'},
    spec: {attacher: 'disk.example.com', nodeName: 'node-z', source},
  })
}
