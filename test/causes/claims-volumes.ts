import {addNodes, node, threeZones} from '../control-plane/situations/nodes.ts'
import {
  claim,
  handMadeClaim,
  handMadeVolume,
  localVolume,
  storageClass,
} from '../control-plane/situations/volumes.ts'
import {untilClaim, untilGone, untilVolume} from '../control-plane/situations/waits.ts'
import {gone, kubectl, pod, ready} from '../scenarios/situation.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {db, refused, scale} from './scheduling-steps.ts'
import {claimEvent, claimPath} from './storage-steps.ts'

const STATIC = {claims: [claim('data', {storageClass: ''})]}
/** As somebody writes it who wants that very volume. */
const wanting = (volumeName: string) => handMadeClaim('data-db-0', NAMESPACE, {volumeName})

/** There is a volume, or was, and the claim does not get it. */
export const claimedVolumes: CapturedCauses = {
  'volume-released': {
    ask: 'sts/db',
    proves: ['pvc-pv-released'],
    not: ['pvc-pv-claimed-by-other', 'pvc-lost', 'pvc-external-wait'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([storageClass(), localVolume('disk-a', 'node-a'), ...db({claims: [claim('data')]})])
      await ready(api, NAMESPACE, 'db', 1)
      await scale(api, 0)
      await gone(api, NAMESPACE, 'db-0')
      await kubectl(api, 'delete', 'pvc', '-n', NAMESPACE, 'data-db-0')
      await untilVolume(api, 'disk-a', 'Released')
      await scale(api, 1)
      await refused(api)
    },
  },
  'volume-kept-for-former-claim': {
    ask: 'sts/db',
    proves: ['pvc-pv-claimed-by-other'],
    not: ['pvc-volumename-missing-pv', 'pvc-pv-mismatch', 'pvc-pv-released'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([handMadeVolume('disk-a'), wanting('disk-a'), ...db(STATIC)])
      await ready(api, NAMESPACE, 'db', 1)
      await scale(api, 0)
      await gone(api, NAMESPACE, 'db-0')
      await kubectl(api, 'delete', 'pvc', '-n', NAMESPACE, 'data-db-0')
      await untilGone(api, claimPath())
      await api.apply(wanting('disk-a'))
      await scale(api, 1)
      await refused(api)
      await claimEvent(api, 'FailedBinding')
    },
  },
  'volume-of-another-claim': {
    ask: 'sts/db',
    proves: ['pvc-pv-claimed-by-other'],
    not: ['pvc-volumename-missing-pv', 'pvc-pv-mismatch', 'pvc-pv-released'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([handMadeVolume('disk-a'), handMadeClaim('reports', NAMESPACE, {volumeName: 'disk-a'})])
      await untilClaim(api, NAMESPACE, 'reports', 'Bound')
      await api.apply([wanting('disk-a'), ...db(STATIC)])
      await refused(api)
      await claimEvent(api, 'FailedBinding')
    },
  },
  'volume-mismatch': {
    ask: 'sts/db',
    proves: ['pvc-pv-mismatch'],
    not: ['pvc-pv-claimed-by-other', 'pvc-volumename-missing-pv'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([handMadeVolume('disk-a', {capacity: {storage: '5Gi'}}), wanting('disk-a')])
      await claimEvent(api, 'VolumeMismatch')
      await api.apply(db(STATIC))
      await refused(api)
    },
  },
  'named-volume-missing': {
    ask: 'sts/db',
    proves: ['pvc-volumename-missing-pv'],
    not: ['pvc-pv-claimed-by-other', 'pvc-class-empty-static', 'pvc-lost'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([wanting('disk-gone'), ...db(STATIC)])
      await refused(api)
    },
  },
  'claim-lost': {
    ask: 'sts/db',
    proves: ['pvc-lost'],
    not: ['pvc-volumename-missing-pv', 'pvc-pv-released', 'sched-unbound-immediate-pvc'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, threeZones())
      const disks = ['a', 'b', 'c'].map((letter) => localVolume(`disk-${letter}`, `node-${letter}`))
      await api.apply([storageClass(), ...disks, ...db({replicas: 3, claims: [claim('data')]})])
      await ready(api, NAMESPACE, 'db', 3)
      const {spec} = await api.get<{spec?: {volumeName?: string}}>(claimPath('data-db-1'))
      const disk = spec?.volumeName ?? ''
      await kubectl(api, 'delete', 'pv', disk, '--wait=false')
      await kubectl(api, 'patch', 'pv', disk, '--type=merge', '-p', '{"metadata":{"finalizers":null}}')
      await untilClaim(api, NAMESPACE, 'data-db-1', 'Lost')
      await kubectl(api, 'delete', 'pod', '-n', NAMESPACE, 'db-1')
      await refused(api, 'db-1')
    },
  },
  'volume-not-deleted': {
    ask: 'sts/db',
    proves: ['pv-failed-delete'],
    not: ['pvc-pv-released', 'pvc-leftover'],
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      const doomed = localVolume('disk-a', 'node-a')
      // nothing in the cluster can delete a disk of a node
      const spec = {...doomed.spec, persistentVolumeReclaimPolicy: 'Delete'}
      await api.apply([storageClass(), {...doomed, spec}, ...db({claims: [claim('data')]})])
      await ready(api, NAMESPACE, 'db', 1)
      await scale(api, 0)
      await gone(api, NAMESPACE, 'db-0')
      await kubectl(api, 'delete', 'pvc', '-n', NAMESPACE, 'data-db-0')
      await untilVolume(api, 'disk-a', 'Failed')
      await api.apply(localVolume('disk-b', 'node-a'))
      await scale(api, 1)
      await ready(api, NAMESPACE, 'db', 1)
    },
  },
  'claim-not-made-by-anyone': {
    ask: 'sts/db',
    proves: ['sched-pvc-not-found'],
    not: ['pvc-missing-for-pending-pod', 'pvc-volumename-missing-pv'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      const volumes = [{name: 'data', persistentVolumeClaim: {claimName: 'shared'}}]
      await api.apply(db({podSpec: {volumes}}))
      await refused(api)
      await pod(api, NAMESPACE, 'db-0')
    },
  },
}
