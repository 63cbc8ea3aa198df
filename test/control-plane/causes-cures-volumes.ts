import {
  CLASS,
  type Cure,
  data,
  disks,
  kubectl,
  make,
  onItsNodes,
  ownData,
  type Place,
  service,
} from './causes-cure.ts'
import {localVolume} from './situations/volumes.ts'
import {isUnschedulable, untilClaim, untilPods, untilReady, untilVolume} from './situations/waits.ts'
import {type StatefulSetOptions, statefulSet} from './situations/workloads.ts'

const set = (place: Place, claims: StatefulSetOptions['claims'] = [data()]) =>
  statefulSet({namespace: place.namespace, replicas: 1, podSpec: onItsNodes(place), claims})

/** The Pod and its disk are on the first node alone. */
async function onOneDisk(place: Place): Promise<void> {
  await make(place, ...disks(place).slice(0, 1), service(place), set(place))
  await untilReady(place.api, place.namespace, 'db')
}

async function unscheduled(place: Place): Promise<void> {
  await untilPods(place.api, place.namespace, 1, isUnschedulable)
}

async function withVolumeOf(place: Place, former: {name: string; uid: string}): Promise<void> {
  const claimRef = {apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: place.namespace, ...former}
  const disk = localVolume(`disk-${place.namespace}`, place.nodes[0], {storageClass: CLASS})
  const metadata = {...disk.metadata, labels: {...place.lane}}
  await make(place, {...disk, metadata, spec: {...disk.spec, claimRef}})
  await untilVolume(place.api, `disk-${place.namespace}`, 'Released')
}

const FORMER = '11111111-2222-3333-4444-555555555555'

export const volumeCures: Readonly<Record<string, Cure>> = {
  'pvc-pv-released': {
    about: 'sts/db',
    arrange: async (place) => {
      await withVolumeOf(place, {name: 'data-old-0', uid: FORMER})
      await make(place, service(place), set(place, [ownData(place)]))
      await unscheduled(place)
    },
  },
  'pvc-pv-claimed-by-other': {
    about: 'sts/db',
    arrange: async (place) => {
      await withVolumeOf(place, {name: 'data-db-0', uid: FORMER})
      const {spec, ...wanted} = data()
      const claim = {...wanted, spec: {...spec, volumeName: `disk-${place.namespace}`}}
      await make(place, service(place), set(place, [claim]))
      await unscheduled(place)
    },
  },
  'pvc-no-class': {
    about: 'sts/db',
    arrange: async (place) => {
      const {spec: {storageClassName: _, ...spec} = {}, ...wanted} = data()
      await make(place, ...disks(place), service(place), set(place, [{...wanted, spec}]))
      await untilClaim(place.api, place.namespace, 'data-db-0', 'Pending')
    },
  },
  'pvc-selected-node-stale': {
    about: 'pvc/data-db-0',
    arrange: async (place) => {
      const annotations = {'volume.kubernetes.io/selected-node': 'gone'}
      const metadata = {name: 'data-db-0', namespace: place.namespace, annotations}
      await make(place, ...disks(place), {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata,
        spec: data().spec,
      })
      await make(place, service(place), set(place))
      await unscheduled(place)
    },
  },
  'sched-node-cordoned (volume)': {
    about: 'sts/db',
    arrange: async (place) => {
      await onOneDisk(place)
      await kubectl(place, 'cordon', place.nodes[0])
      await kubectl(place, 'delete', 'pod', 'db-0')
      await unscheduled(place)
    },
  },
  'sched-node-cordoned': {
    about: 'sts/db',
    arrange: async (place) => {
      for (const name of place.nodes) await kubectl(place, 'cordon', name)
      await make(place, service(place), set(place, []))
      await unscheduled(place)
    },
  },
}
