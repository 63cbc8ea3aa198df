import {setTimeout as sleep} from 'node:timers/promises'
import {behaviour, behaviourOf} from '../control-plane/situations/behaviours.ts'
import {addNodes, node, threeZones} from '../control-plane/situations/nodes.ts'
import {claim, handMadeVolume, localVolume, storageClass} from '../control-plane/situations/volumes.ts'
import {isTerminating} from '../control-plane/situations/waits.ts'
import {until} from '../control-plane/tools/until.ts'
import {gone, kubectl, pod, ready, waits} from '../scenarios/situation.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {db, refused, scale} from './scheduling-steps.ts'
import {claimPath, drivenClass, drivenVolume, driver, patch} from './storage-steps.ts'

const CLAIMS = [claim('data')]
const DISKS = ['a', 'b', 'c'].map((letter) => localVolume(`disk-${letter}`, `node-${letter}`))

/** Claims that go, or are not what one believes them to be. */
export const terminatingClaims: CapturedCauses = {
  'claim-deleted-under-pod': {
    ask: 'sts/db',
    proves: ['pvc-terminating-protected'],
    not: ['pvc-terminating-other-finalizer', 'sched-pvc-being-deleted', 'create-pvc-being-deleted'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, threeZones())
      await api.apply([storageClass(), ...DISKS, ...db({replicas: 3, claims: CLAIMS})])
      await ready(api, NAMESPACE, 'db', 3)
      await kubectl(api, 'delete', 'pvc', '-n', NAMESPACE, 'data-db-1', '--wait=false')
    },
  },
  'claim-kept-by-backup': {
    ask: 'sts/db',
    proves: ['pvc-terminating-other-finalizer', 'create-pvc-being-deleted'],
    not: ['pvc-terminating-protected', 'pvc-lost'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([storageClass(), localVolume('disk-a', 'node-a'), ...db({claims: CLAIMS})])
      await ready(api, NAMESPACE, 'db', 1)
      await scale(api, 0)
      await gone(api, NAMESPACE, 'db-0')
      const finalizers = ['kubernetes.io/pvc-protection', 'backup.example/snapshot']
      await patch(api, claimPath(), {metadata: {finalizers}})
      await kubectl(api, 'delete', 'pvc', '-n', NAMESPACE, 'data-db-0', '--wait=false')
      await scale(api, 1)
      const said = () => api.kubectl(['events', '-n', NAMESPACE, '--for', 'statefulset/db'])
      await until('the set says so', said, ({stdout}) => stdout.includes('is being deleted'))
    },
  },
  'claim-by-hand-going': {
    ask: 'sts/db',
    proves: ['pvc-terminating-other-finalizer'],
    not: ['pvc-terminating-protected', 'create-pvc-being-deleted', 'sched-pvc-not-found'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      const shared = {...claim('shared', {storageClass: ''})}
      const metadata = {name: 'shared', namespace: NAMESPACE, finalizers: ['backup.example/snapshot']}
      await api.apply([handMadeVolume('disk-a'), {...shared, metadata}])
      await kubectl(api, 'delete', 'pvc', '-n', NAMESPACE, 'shared', '--wait=false')
      const volumes = [{name: 'data', persistentVolumeClaim: {claimName: 'shared'}}]
      await api.apply(db({podSpec: {volumes}}))
      await refused(api)
    },
  },
  'claim-of-former-life': {
    ask: 'sts/db',
    proves: ['crash-loop', 'pvc-reused-from-former-life'],
    not: ['pvc-lost', 'pvc-leftover', 'sts-ordered-revision-deadlock'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([storageClass(), localVolume('disk-a', 'node-a'), ...db({claims: CLAIMS})])
      await ready(api, NAMESPACE, 'db', 1)
      await kubectl(api, 'delete', 'sts', '-n', NAMESPACE, 'db')
      await gone(api, NAMESPACE, 'db-0')
      // what is created within a minute counts as created together
      await sleep(65_000)
      await api.apply(db({claims: CLAIMS, annotations: behaviour('crash')}))
      await pod(api, NAMESPACE, 'db-0', waits('CrashLoopBackOff'))
    },
  },
  'template-drift': {
    ask: 'sts/db',
    proves: ['pvc-template-drift'],
    not: ['resize-no-resizer', 'sts-adopted-pod-volume-mismatch', 'pvc-reused-from-former-life'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      const volumes = [drivenVolume('pvc-1'), drivenVolume('pvc-2')]
      await api.apply([driver(), drivenClass({allowVolumeExpansion: true}), ...volumes])
      const wanting = (size: string) =>
        db({replicas: 2, claims: [claim('data', {storageClass: 'fast', size})]})
      await api.apply(wanting('10Gi'))
      await ready(api, NAMESPACE, 'db', 2)
      await kubectl(api, 'delete', 'sts', '-n', NAMESPACE, 'db', '--cascade=orphan')
      await api.apply(wanting('20Gi'))
      await ready(api, NAMESPACE, 'db', 2)
    },
  },
  'deleted-on-scale': {
    ask: 'sts/db',
    proves: ['pvc-retention-delete-on-scale'],
    not: ['pvc-leftover', 'pvc-terminating-protected', 'create-pvc-stale-owner'],
    arrange: async (api) => {
      await addNodes(api, threeZones())
      const spec = {persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete', whenDeleted: 'Retain'}}
      const options = {spec, claims: CLAIMS, annotations: behaviourOf({2: 'hang-terminating'})}
      await api.apply([storageClass(), ...DISKS, ...db({replicas: 3, ...options})])
      await ready(api, NAMESPACE, 'db', 3)
      await scale(api, 1)
      await pod(api, NAMESPACE, 'db-2', isTerminating)
    },
  },
  'claim-of-a-foreign-owner': {
    ask: 'sts/db',
    proves: ['pvc-retention-foreign-controller'],
    not: ['pvc-retention-delete-on-scale', 'create-pvc-stale-owner'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      const keeper = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'keeper', namespace: NAMESPACE}}
      await api.apply([storageClass(), localVolume('disk-a', 'node-a'), keeper])
      const {metadata} = await api.get<{metadata: {uid: string}}>(
        `/api/v1/namespaces/${NAMESPACE}/configmaps/keeper`,
      )
      const owner = {apiVersion: 'v1', kind: 'ConfigMap', name: 'keeper', uid: metadata.uid, controller: true}
      const kept = {
        ...claim('data'),
        metadata: {name: 'data-db-0', namespace: NAMESPACE, ownerReferences: [owner]},
      }
      const spec = {persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete', whenDeleted: 'Delete'}}
      await api.apply([kept, ...db({spec, claims: CLAIMS})])
      await ready(api, NAMESPACE, 'db', 1)
    },
  },
}
