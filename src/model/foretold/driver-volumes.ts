import {type Node, nameOf, namespaceOf, type PersistentVolumeClaim, type Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {classNameOf} from '../storage-class.ts'
import {claimsOf} from './claims.ts'

/** Old plugins that a driver has replaced everywhere (isCSIMigrationOn, nodevolumelimits 1.37), with what volumes call them. */
const MIGRATED = [
  ['awsElasticBlockStore', 'kubernetes.io/aws-ebs', 'ebs.csi.aws.com'],
  ['azureDisk', 'kubernetes.io/azure-disk', 'disk.csi.azure.com'],
  ['cinder', 'kubernetes.io/cinder', 'cinder.csi.openstack.org'],
  ['gcePersistentDisk', 'kubernetes.io/gce-pd', 'pd.csi.storage.gke.io'],
  ['portworxVolume', 'kubernetes.io/portworx-volume', 'pxd.portworx.com'],
] as const

/** A volume that a driver attaches. */
export interface DriverVolume {
  readonly driver: string
  /** Equal for the same volume. */
  readonly id: string
}

/** Volumes of drivers that a Pod looks for a node with, those included that its claims do not have yet. */
export function driverVolumes(pod: Pod, relations: Relations): readonly DriverVolume[] {
  return relations.once('volumes of drivers', pod, () =>
    claimsOf(pod, relations).flatMap((claim) => volumeFor(claim, relations) ?? []),
  )
}

/** The same of one that is on a node: where nobody makes volumes, its claims have got some of those that there were. */
export function volumesInUse(pod: Pod, relations: Relations): readonly DriverVolume[] {
  const {persistentVolumes} = relations.snapshot
  const drivers = relations.once('drivers of classes', persistentVolumes, () => {
    const pairs = persistentVolumes.flatMap(({spec}) =>
      spec?.csi ? [[spec.storageClassName, spec.csi.driver] as const] : [],
    )
    return new Map(pairs)
  })
  return relations.once('volumes in use', pod, () =>
    claimsOf(pod, relations).flatMap((claim) => {
      const volume = volumeFor(claim, relations)
      if (volume?.driver !== NO_PROVISIONER) return volume ?? []
      const driver = drivers.get(classNameOf(claim, relations))
      return driver === undefined ? [] : [{...volume, driver}]
    }),
  )
}

const NO_PROVISIONER = 'kubernetes.io/no-provisioner'

/** As CSILimits.getCSIDriverInfo finds it (1.37): by the volume, else by what makes volumes of the class. */
function volumeFor(claim: PersistentVolumeClaim, relations: Relations): DriverVolume | undefined {
  const volumeName = claim.spec?.volumeName ?? ''
  const volume = relations.volume(volumeName)
  if (!volume) return volumeToBe(claim, relations)
  const {csi} = volume.spec ?? {}
  if (csi) return {driver: csi.driver, id: csi.volumeHandle}
  const [, , driver] = MIGRATED.find(([source]) => volume.spec?.[source]) ?? []
  return driver && {driver, id: volumeName}
}

function volumeToBe(claim: PersistentVolumeClaim, relations: Relations): DriverVolume | undefined {
  const provisioner = relations.storageClass(classNameOf(claim, relations))?.provisioner
  if (!provisioner) return undefined
  const [, , driver = provisioner] = MIGRATED.find(([, plugin]) => plugin === provisioner) ?? []
  return {driver, id: `of ${namespaceOf(claim)}/${nameOf(claim)}`}
}

/** Volumes that are attached to a node and that no Pod on it mounts: somebody has gone, and his volume has not. */
export function strayVolumes({metadata}: Node, relations: Relations): readonly DriverVolume[] {
  const {volumeAttachments} = relations.snapshot
  const byNode = relations.once('attachments by node', volumeAttachments, () =>
    Map.groupBy(volumeAttachments, ({spec}) => spec?.nodeName),
  )
  return (byNode.get(metadata?.name ?? '') ?? []).flatMap((attachment) => {
    const {attacher = '', source} = attachment.spec ?? {}
    const volume = relations.volume(source?.persistentVolumeName ?? '')
    const {namespace = '', name = ''} = volume?.spec?.claimRef ?? {}
    const claim = relations.claim(namespace, name)
    const users = claim ? relations.podsMounting(claim) : []
    const isUsed = users.some(({spec}) => spec?.nodeName === metadata?.name)
    const isGoing = attachment.metadata?.deletionTimestamp !== undefined
    const handle = volume?.spec?.csi?.volumeHandle
    return handle === undefined || isUsed || isGoing ? [] : [{driver: attacher, id: handle}]
  })
}
