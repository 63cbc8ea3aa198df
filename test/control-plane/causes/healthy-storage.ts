import {setTimeout as sleep} from 'node:timers/promises'
import type {
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1PersistentVolumeClaimList,
  V1StorageClass,
} from '@kubernetes/client-node'
import {ask} from '../lockstep/play.ts'
import {localVolume, storageClass} from '../situations/volumes.ts'
import type {ApiClient} from '../tools/api-client.ts'

/** Where claims get their volumes from: disks that are there, or a driver that takes its time. */
export type Storage = 'none' | 'local' | 'local-immediate' | 'provisioned' | 'provisioned-immediate'

export const STORAGES: readonly Storage[] = [
  'none',
  'none',
  'local',
  'local-immediate',
  'provisioned',
  'provisioned-immediate',
]

const SLOW_DRIVER = 'slow.example.com'

/** The class is called like the namespace. */
export function classOf(namespace: string, storage: Storage): V1StorageClass {
  return {
    ...storageClass(namespace),
    ...(storage.startsWith('provisioned') && {provisioner: SLOW_DRIVER}),
    ...(storage.endsWith('immediate') && {volumeBindingMode: 'Immediate'}),
  }
}

export function disks(namespace: string, nodes: readonly string[], count: number): V1PersistentVolume[] {
  return Array.from({length: count}, (_, index) => {
    const node = nodes[index % nodes.length] ?? ''
    return localVolume(`${namespace}-${index}`, node, {storageClass: namespace})
  })
}

const BEFORE_IT_LOOKS = 200
const BEFORE_IT_IS_CREATED = 1500

/** As a storage driver does: some time after a claim asks, it has its volume. */
export function slowDriver(api: ApiClient, namespace: string, nodes: readonly string[]) {
  let isOver = false
  const known = new Set<string>()
  const create = async (claim: V1PersistentVolumeClaim) => {
    await sleep(BEFORE_IT_IS_CREATED)
    await ask(api, 'POST', '/api/v1/persistentvolumes', volumeFor(claim, nodes[0] ?? ''))
  }
  const run = async () => {
    const creations: Promise<void>[] = []
    for (; !isOver; await sleep(BEFORE_IT_LOOKS)) {
      const path = `/api/v1/namespaces/${namespace}/persistentvolumeclaims`
      const {items} = await api.get<V1PersistentVolumeClaimList>(path)
      for (const claim of items.filter(isWaiting)) {
        const {uid = ''} = claim.metadata ?? {}
        if (!known.has(uid)) creations.push(create(claim))
        known.add(uid)
      }
    }
    await Promise.all(creations)
  }
  const running = run()
  running.catch(() => {})
  return async () => {
    isOver = true
    await running
  }
}

const SELECTED = 'volume.kubernetes.io/selected-node'
const DRIVER = 'volume.kubernetes.io/storage-provisioner'

/** The binder has named the driver, and the scheduler the node where one is waited for. */
function isWaiting({metadata, spec, status}: V1PersistentVolumeClaim): boolean {
  const {annotations = {}, namespace = ''} = metadata ?? {}
  const isRequested = annotations[DRIVER] === SLOW_DRIVER && spec?.storageClassName === namespace
  return isRequested && status?.phase === 'Pending' && spec?.volumeName === undefined
}

function volumeFor({metadata, spec}: V1PersistentVolumeClaim, somewhere: string): V1PersistentVolume {
  const {name = '', namespace = '', uid = '', annotations = {}} = metadata ?? {}
  const node = annotations[SELECTED] ?? somewhere
  const created = localVolume(`pvc-${uid}`, node, {storageClass: spec?.storageClassName ?? ''})
  return {
    ...created,
    metadata: {...created.metadata, annotations: {'pv.kubernetes.io/provisioned-by': SLOW_DRIVER}},
    spec: {
      ...created.spec,
      claimRef: {kind: 'PersistentVolumeClaim', apiVersion: 'v1', name, namespace, uid},
    },
  }
}
