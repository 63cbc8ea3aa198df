import type {V1PersistentVolumeClaim, V1StatefulSet} from '@kubernetes/client-node'
import {behaviourOf} from '../control-plane/situations/behaviours.ts'
import {claim, localVolume, storageClass} from '../control-plane/situations/volumes.ts'
import {untilPods} from '../control-plane/situations/waits.ts'
import {until} from '../control-plane/tools/until.ts'
import {gone, kubectl} from '../scenarios/situation.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {denying} from './policy.ts'
import {db, patch, run, untilSaid, untilSet, working} from './set-steps.ts'

const disks = ['a', 'b', 'c'].map((letter) => localVolume(`disk-${letter}`, `node-${letter}`))
const CLAIMS = {
  apiGroups: [''],
  apiVersions: ['v1'],
  resources: ['persistentvolumeclaims'],
  operations: ['DELETE'],
}

/** Something that a new Pod needs is terminating. */
export const terminating: CapturedCauses = {
  'claim-being-deleted': {
    ask: 'sts/db',
    proves: ['pvc-terminating-protected', 'create-pvc-being-deleted'],
    not: ['create-pvc-stale-owner', 'create-pvc-failed', 'sts-name-held-by-foreign-pod'],
    later: 10,
    arrange: async (api) => {
      await working(api, db({claims: [claim('data')]}), [storageClass(), ...disks])
      const backup = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {name: 'backup', namespace: NAMESPACE},
        spec: {
          containers: [{name: 'backup', image: 'backup:1'}],
          volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data-db-1', readOnly: true}}],
        },
      }
      await api.apply(backup)
      await untilPods(api, NAMESPACE, 4)
      await run(api, 'delete', 'pvc', 'data-db-1', '--wait=false')
      await run(api, 'delete', 'pod', 'db-1')
      await untilSaid(api, 'FailedCreate', 'is being deleted')
    },
  },
  // The garbage collector is to delete the claim of a Pod that a scale-down took, and a policy does not let it.
  'claim-of-former-pod': {
    ask: 'sts/db',
    proves: ['create-pvc-stale-owner'],
    not: ['create-pvc-being-deleted', 'create-pvc-failed', 'sts-name-held-by-foreign-pod'],
    later: 10,
    arrange: async (api) => {
      const persistentVolumeClaimRetentionPolicy = {whenScaled: 'Delete', whenDeleted: 'Retain'}
      const spec = {persistentVolumeClaimRetentionPolicy}
      await working(api, db({claims: [claim('data')], spec}), [storageClass(), ...disks])
      const probe = ['DELETE', 'persistentvolumeclaims/data-db-2'] as const
      await denying(api, CLAIMS, 'only the backup team deletes claims', probe)
      await run(api, 'scale', 'sts/db', '--replicas=2')
      await gone(api, NAMESPACE, 'db-2')
      const path = `/api/v1/namespaces/${NAMESPACE}/persistentvolumeclaims/data-db-2`
      await until(
        'the claim is owned by its Pod',
        () => api.get<V1PersistentVolumeClaim>(path),
        ({metadata}) => metadata?.ownerReferences?.some(({kind}) => kind === 'Pod') ?? false,
      )
      await run(api, 'scale', 'sts/db', '--replicas=3')
      await untilSet(api, () => true)
    },
  },
  // Nobody may create an event in it, so that none says why its Pods do not come again: only what blocks it can be seen.
  'namespace-held-by-pod': {
    ask: 'sts/db',
    proves: ['term-container-wont-die'],
    not: ['sts-being-deleted', 'sts-sync-error-silent', 'sts-ordered-revision-deadlock'],
    later: 10,
    arrange: async (api) => {
      await working(api, db({annotations: behaviourOf({1: 'hang-terminating'})}))
      await kubectl(api, 'delete', 'namespace', NAMESPACE, '--wait=false')
      await gone(api, NAMESPACE, 'db-0')
    },
  },
  'namespace-held-by-operator': {
    ask: 'sts/db',
    proves: ['sts-being-deleted'],
    not: ['sts-sync-error-silent', 'sts-generation-lag-controller-down'],
    later: 10,
    arrange: async (api) => {
      await working(api, db())
      await patch(api, 'sts/db', {metadata: {finalizers: ['operator.example/backup']}})
      await kubectl(api, 'delete', 'namespace', NAMESPACE, '--wait=false')
      const set = () => api.get<V1StatefulSet>(`/apis/apps/v1/namespaces/${NAMESPACE}/statefulsets/db`)
      await until('the set is terminating', set, ({metadata}) => metadata?.deletionTimestamp !== undefined)
    },
  },
}
