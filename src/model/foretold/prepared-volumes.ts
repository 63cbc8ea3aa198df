import {isReservedFor, requestOf, storageClassOf} from '../claim.ts'
import {selects} from '../labels.ts'
import type {PersistentVolume, PersistentVolumeClaim} from '../objects.ts'
import {quantity} from '../quantity.ts'
import type {Relations} from '../relations.ts'
import {classNameOf} from '../storage-class.ts'

/** Volumes that are there, and that a claim without one may be given (FindMatchingVolume, component-helpers 0.27 to 0.37). */
export function preparedFor(claim: PersistentVolumeClaim, relations: Relations): readonly PersistentVolume[] {
  const {persistentVolumes} = relations.snapshot
  const byClass = relations.once('volumes by class', persistentVolumes, () =>
    Map.groupBy(persistentVolumes, (volume) => storageClassOf(volume) ?? ''),
  )
  return (byClass.get(classNameOf(claim, relations)) ?? []).filter((volume) => isFor(claim, volume))
}

function isFor(claim: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  if (volume.metadata?.deletionTimestamp || !isLargeEnough(volume, claim)) return false
  if (modeOf(volume) !== modeOf(claim)) return false
  if (volume.spec?.claimRef) return isReservedFor(volume, claim)
  return volume.status?.phase === 'Available' && isChosen(volume, claim) && hasModes(volume, claim)
}

/** What can't be read as a number is taken to be enough. */
function isLargeEnough({spec}: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const [has, wanted] = [quantity(spec?.capacity?.storage), quantity(requestOf(claim))]
  return has === undefined || wanted === undefined || has >= wanted
}

function modeOf({spec}: PersistentVolume | PersistentVolumeClaim): string {
  return spec?.volumeMode ?? 'Filesystem'
}

function isChosen({metadata}: PersistentVolume, {spec}: PersistentVolumeClaim): boolean {
  return spec?.selector === undefined || selects(spec.selector, metadata?.labels ?? {})
}

function hasModes({spec}: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  return (claim.spec?.accessModes ?? []).every((mode) => spec?.accessModes?.includes(mode))
}
