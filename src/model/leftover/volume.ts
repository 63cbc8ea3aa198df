import type {PersistentVolume} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {isRecent, leftover, spared, type Verdict} from './verdict.ts'

/** Whether a volume has lost its claim. One that is to be deleted is given the time that its driver needs. */
export function volumeVerdict(
  volume: PersistentVolume,
  {snapshot}: Relations,
): Verdict<'PersistentVolume'> | undefined {
  const {phase, lastPhaseTransitionTime} = volume.status ?? {}
  if (phase === 'Failed') return leftover('Failed')
  if (phase !== 'Released') return undefined
  const isDeleted = volume.spec?.persistentVolumeReclaimPolicy === 'Delete'
  return isDeleted && isRecent(snapshot.observedAt, lastPhaseTransitionTime)
    ? spared('Recent')
    : leftover('Released')
}

/** Finalizers of those who delete the disk before the PersistentVolume goes (HonorPVReclaimPolicy, on from 1.31). */
const GUARDS = ['external-provisioner.volume.kubernetes.io/finalizer', 'kubernetes.io/pv-controller']

/** Whether to delete the PersistentVolume itself deletes its disk too; undefined: it may stay behind. */
export function deletesDisk({metadata, spec}: PersistentVolume): boolean | undefined {
  if (spec?.persistentVolumeReclaimPolicy === 'Retain') return false
  const isGuarded = metadata?.finalizers?.some((each) => GUARDS.includes(each)) ?? false
  return spec?.persistentVolumeReclaimPolicy === 'Delete' && isGuarded ? true : undefined
}
