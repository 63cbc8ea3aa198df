import {selects} from './labels.ts'
import type {PersistentVolume, PersistentVolumeClaim, StatefulSet, StorageClass} from './objects.ts'
import {quantity} from './quantity.ts'
import type {Relations} from './relations.ts'
import {classNameOf} from './storage-class.ts'

type Asked = Pick<PersistentVolumeClaim, 'spec'>

/** Nobody makes volumes of such a class: those that somebody has prepared are all that there are. */
export function isPreparedOnly({provisioner}: StorageClass): boolean {
  return provisioner === 'kubernetes.io/no-provisioner'
}

/** A new member of the set needs a volume that is prepared already. */
export function takesPrepared(set: StatefulSet, relations: Relations): boolean {
  return (set.spec?.volumeClaimTemplates ?? []).some((claim) => {
    const storageClass = relations.storageClass(classNameOf(claim, relations))
    return storageClass !== undefined && isPreparedOnly(storageClass)
  })
}

/** Volumes of that class that a new claim like this could get. Mirrors volume.FindMatchingVolume (component-helpers 0.37). */
export function freeVolumes(
  asked: Asked,
  className: string,
  relations: Relations,
): readonly PersistentVolume[] {
  const {persistentVolumes} = relations.snapshot
  const free = relations.once('free volumes by class', persistentVolumes, () =>
    Map.groupBy(persistentVolumes.filter(isFree), ({spec}) => spec?.storageClassName ?? ''),
  )
  return (free.get(className) ?? []).filter((volume) => isEnough(volume, asked))
}

function isFree({metadata, spec, status}: PersistentVolume): boolean {
  return status?.phase === 'Available' && !spec?.claimRef && !metadata?.deletionTimestamp
}

function isEnough({metadata, spec}: PersistentVolume, asked: Asked): boolean {
  const {accessModes = [], resources, selector, volumeMode} = asked.spec ?? {}
  const size = quantity(resources?.requests?.storage) ?? 0
  return (
    (quantity(spec?.capacity?.storage) ?? 0) >= size &&
    (spec?.volumeMode ?? 'Filesystem') === (volumeMode ?? 'Filesystem') &&
    accessModes.every((mode) => spec?.accessModes?.includes(mode)) &&
    (!selector || selects(selector, metadata?.labels ?? {}))
  )
}
