import type {V1OwnerReference, V1PersistentVolumeClaim, V1StatefulSet} from '@kubernetes/client-node'
import {behaviour} from '../control-plane/situations/behaviours.ts'
import {addNodes, node} from '../control-plane/situations/nodes.ts'
import {
  claim,
  handMadeClaim,
  handMadeVolume,
  localVolume,
  storageClass,
} from '../control-plane/situations/volumes.ts'
import {untilClaim, untilGone, untilVolume} from '../control-plane/situations/waits.ts'
import {statefulSet} from '../control-plane/situations/workloads.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {gone, kubectl, pod, ready} from '../scenarios/situation.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {db, refused, scale} from './scheduling-steps.ts'
import {claimEvent, claimPath} from './storage-steps.ts'

const STATIC = {claims: [claim('data', {storageClass: ''})]}

/** As a backup brings it back: bound to its volume, with whatever its metadata said. */
function restored(volumeName: string, owner?: V1OwnerReference): V1PersistentVolumeClaim {
  const made = handMadeClaim('data-db-0', NAMESPACE, {volumeName})
  const annotations = {
    'pv.kubernetes.io/bind-completed': 'yes',
    'pv.kubernetes.io/bound-by-controller': 'yes',
  }
  return {...made, metadata: {...made.metadata, annotations, ...(owner && {ownerReferences: [owner]})}}
}

/** One member ran on that volume, and its claim was deleted with the namespace, or by hand. */
async function formerLife(api: ControlPlane): Promise<void> {
  await addNodes(api, [node('node-a')])
  await api.apply([handMadeVolume('disk-a'), ...db(STATIC)])
  await ready(api, NAMESPACE, 'db', 1)
  await scale(api, 0)
  await gone(api, NAMESPACE, 'db-0')
  await kubectl(api, 'delete', 'pvc', '-n', NAMESPACE, 'data-db-0')
  await untilGone(api, claimPath())
  await untilVolume(api, 'disk-a', 'Released')
}

/** A set of that name in another namespace, which the claims of a backup name as their owner. */
async function ownerElsewhere(api: ControlPlane): Promise<V1OwnerReference> {
  await api.createNamespace('origin')
  await api.apply(statefulSet({namespace: 'origin', replicas: 0}))
  const {metadata} = await api.get<V1StatefulSet>('/apis/apps/v1/namespaces/origin/statefulsets/db')
  return {apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: metadata?.uid ?? ''}
}

/** Claims and Pods that did not come about as a set makes them. */
export const restoredClaims: CapturedCauses = {
  'claim-lost-volume-of-former-claim': {
    ask: 'sts/db',
    proves: ['pvc-lost'],
    not: ['pvc-pv-released', 'pvc-pv-claimed-by-other', 'pvc-misbound'],
    later: 10,
    arrange: async (api) => {
      await formerLife(api)
      await api.apply(restored('disk-a'))
      await untilClaim(api, NAMESPACE, 'data-db-0', 'Lost')
      await scale(api, 1)
      await pod(api, NAMESPACE, 'db-0')
    },
  },
  'restored-claim-collected': {
    ask: 'sts/db',
    proves: ['pvc-pv-released'],
    not: ['pvc-lost', 'pvc-class-empty-static'],
    later: 10,
    arrange: async (api) => {
      await formerLife(api)
      const owner = await ownerElsewhere(api)
      await kubectl(
        api,
        'patch',
        'pv',
        'disk-a',
        '--type=json',
        '-p',
        '[{"op":"remove","path":"/spec/claimRef"}]',
      )
      await api.apply(restored('disk-a', owner))
      await claimEvent(api, 'OwnerRefInvalidNamespace')
      await untilGone(api, claimPath())
      await untilVolume(api, 'disk-a', 'Released')
      await scale(api, 1)
      await refused(api)
    },
  },
  'node-name-in-template': {
    ask: 'sts/db',
    proves: ['pvc-wffc-pod-bound'],
    not: ['pvc-wffc-pod-unscheduled', 'pvc-wffc-no-consumer', 'sched-no-pv-to-bind'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([storageClass(), localVolume('disk-a', 'node-a')])
      const template = {podSpec: {nodeName: 'node-a'}, annotations: behaviour('creating')}
      await api.apply(db({claims: [claim('data')], ...template}))
      await pod(api, NAMESPACE, 'db-0')
      await claimEvent(api, 'WaitForFirstConsumer')
    },
  },
}
