import {localVolume} from '../situations/volumes.ts'
import {isUnschedulable, untilClaim, untilPods, untilReady, untilVolume} from '../situations/waits.ts'
import {type StatefulSetOptions, statefulSet} from '../situations/workloads.ts'
import {
  CLASS,
  type Cure,
  create,
  data,
  disks,
  kubectl,
  onItsNodes,
  ownData,
  type Sandbox,
  service,
} from './cure.ts'

const set = (place: Sandbox, claims: StatefulSetOptions['claims'] = [data()]) =>
  statefulSet({namespace: place.namespace, replicas: 1, podSpec: onItsNodes(place), claims})

/** The Pod and its disk are on the first node alone. */
async function onOneDisk(place: Sandbox): Promise<void> {
  await create(place, ...disks(place).slice(0, 1), service(place), set(place))
  await untilReady(place.api, place.namespace, 'db')
}

async function pending(place: Sandbox): Promise<void> {
  await untilPods(place.api, place.namespace, 1, isUnschedulable)
}

async function withVolumeOf(place: Sandbox, former: {name: string; uid: string}): Promise<void> {
  const claimRef = {apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: place.namespace, ...former}
  const disk = localVolume(`disk-${place.namespace}`, place.nodes[0], {storageClass: CLASS})
  const metadata = {...disk.metadata, labels: {...place.lane}}
  await create(place, {...disk, metadata, spec: {...disk.spec, claimRef}})
  await untilVolume(place.api, `disk-${place.namespace}`, 'Released')
}

const FORMER = '11111111-2222-3333-4444-555555555555'

export const volumeCures: Readonly<Record<string, Cure>> = {
  'pvc-pv-released': {
    about: 'sts/db',
    arrange: async (place) => {
      await withVolumeOf(place, {name: 'data-old-0', uid: FORMER})
      await create(place, service(place), set(place, [ownData(place)]))
      await pending(place)
    },
  },
  'pvc-pv-claimed-by-other': {
    about: 'sts/db',
    arrange: async (place) => {
      await withVolumeOf(place, {name: 'data-db-0', uid: FORMER})
      const {spec, ...wanted} = data()
      const claim = {...wanted, spec: {...spec, volumeName: `disk-${place.namespace}`}}
      await create(place, service(place), set(place, [claim]))
      await pending(place)
    },
  },
  'pvc-lost': {
    about: 'sts/db',
    arrange: async (place) => {
      await withVolumeOf(place, {name: 'data-db-0', uid: FORMER})
      const annotations = {'pv.kubernetes.io/bind-completed': 'yes'}
      const metadata = {name: 'data-db-0', namespace: place.namespace, annotations}
      const spec = {...data().spec, volumeName: `disk-${place.namespace}`}
      await create(place, {apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec})
      await untilClaim(place.api, place.namespace, 'data-db-0', 'Lost')
      await create(place, service(place), set(place))
      await pending(place)
    },
  },
  'pvc-no-class': {
    about: 'sts/db',
    arrange: async (place) => {
      const {spec: {storageClassName: _, ...spec} = {}, ...wanted} = data()
      await create(place, ...disks(place), service(place), set(place, [{...wanted, spec}]))
      await untilClaim(place.api, place.namespace, 'data-db-0', 'Pending')
    },
  },
  'pvc-selected-node-stale': {
    about: 'pvc/data-db-0',
    arrange: async (place) => {
      const annotations = {'volume.kubernetes.io/selected-node': 'gone'}
      const metadata = {name: 'data-db-0', namespace: place.namespace, annotations}
      await create(place, ...disks(place), {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata,
        spec: data().spec,
      })
      await create(place, service(place), set(place))
      await pending(place)
    },
  },
  'sched-node-cordoned (volume)': {
    about: 'sts/db',
    arrange: async (place) => {
      await onOneDisk(place)
      await kubectl(place, 'cordon', place.nodes[0])
      await kubectl(place, 'delete', 'pod', 'db-0')
      await pending(place)
    },
  },
  'sched-node-cordoned': {
    about: 'sts/db',
    arrange: async (place) => {
      for (const name of place.nodes) await kubectl(place, 'cordon', name)
      await create(place, service(place), set(place, []))
      await pending(place)
    },
  },
}
