import {setTimeout as sleep} from 'node:timers/promises'
import type {
  V1Node,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1VolumeAttachment,
} from '@kubernetes/client-node'
import type {ControlPlane} from '../tools/control-plane.ts'
import type {Cloud} from './cloud.ts'

const ATTACHMENTS = '/apis/storage.k8s.io/v1/volumeattachments'

/**
 * Does what a cloud's external-provisioner and external-attacher do, as long as this process lives; all other steps
 * are the controllers' own.
 */
export function playDriver(api: ControlPlane, cloud: Cloud): void {
  void playing(async () => {
    await provision(api, cloud)
    await attach(api, cloud)
    await detach(api)
  })
}

/** A round that failed is made again. */
async function playing(round: () => Promise<void>): Promise<never> {
  for (;;) {
    await round().catch(() => {})
    await sleep(200, undefined, {ref: false})
  }
}

async function provision(api: ControlPlane, cloud: Cloud): Promise<void> {
  const {items} = await api.get<{items: V1PersistentVolumeClaim[]}>('/api/v1/persistentvolumeclaims')
  for (const claim of items) {
    const chosen = claim.metadata?.annotations?.['volume.kubernetes.io/selected-node']
    if (claim.spec?.volumeName || !chosen || claim.spec?.storageClassName !== cloud.storageClass) continue
    const {metadata} = await api.get<V1Node>(`/api/v1/nodes/${chosen}`)
    const volume = volumeFor(claim, metadata?.labels?.[cloud.zoneLabel] ?? '', cloud)
    await api.request('POST', '/api/v1/persistentvolumes', volume)
  }
}

function volumeFor(
  {metadata, spec}: V1PersistentVolumeClaim,
  zone: string,
  cloud: Cloud,
): V1PersistentVolume {
  const name = `pvc-${metadata?.uid}`
  const {driver, zoneLabel: key, storageClass: storageClassName} = cloud
  const claimRef = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    uid: metadata?.uid ?? '',
  }
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {name, annotations: {'pv.kubernetes.io/provisioned-by': driver}},
    spec: {
      csi: {driver, volumeHandle: cloud.handle(name, zone), fsType: 'ext4'},
      capacity: {storage: spec?.resources?.requests?.storage ?? ''},
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName,
      claimRef,
      nodeAffinity: {
        required: {nodeSelectorTerms: [{matchExpressions: [{key, operator: 'In', values: [zone]}]}]},
      },
    },
  }
}

async function attach(api: ControlPlane, {driver}: Cloud): Promise<void> {
  const waiting = await attachments(
    api,
    ({metadata, status}) => !metadata?.deletionTimestamp && !status?.attached,
  )
  for (const {metadata} of waiting) {
    const path = `${ATTACHMENTS}/${metadata?.name}`
    const finalizers = [`external-attacher/${driver.replaceAll('.', '-')}`]
    await api.request('PATCH', path, {metadata: {finalizers}})
    await api.request('PATCH', `${path}/status`, {status: {attached: true}})
  }
}

async function detach(api: ControlPlane): Promise<void> {
  for (const {metadata} of await attachments(api, (each) => each.metadata?.deletionTimestamp !== undefined)) {
    await api.request('PATCH', `${ATTACHMENTS}/${metadata?.name}`, {metadata: {finalizers: null}})
  }
}

async function attachments(
  api: ControlPlane,
  isWanted: (attachment: V1VolumeAttachment) => boolean,
): Promise<readonly V1VolumeAttachment[]> {
  return (await api.get<{items: V1VolumeAttachment[]}>(ATTACHMENTS)).items.filter(isWanted)
}
