import type {PersistentVolume} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {leftover, settled, type Verdict} from './verdict.ts'

/** Whether a volume has lost its claim. To delete or wipe it takes its time, and so does to want one that is kept again. */
export function volumeVerdict(
  volume: PersistentVolume,
  {snapshot}: Relations,
): Verdict<'PersistentVolume'> | undefined {
  const {phase, lastPhaseTransitionTime} = volume.status ?? {}
  if (phase === 'Failed') return settled(volume, leftover('Failed'), snapshot)
  if (phase !== 'Released') return undefined
  return settled(volume, leftover('Released'), snapshot, lastPhaseTransitionTime)
}

/** Finalizers of those who delete the disk before the PersistentVolume goes (HonorPVReclaimPolicy, on from 1.31). */
const GUARDS = ['external-provisioner.volume.kubernetes.io/finalizer', 'kubernetes.io/pv-controller']

/** Whether to delete the PersistentVolume itself deletes its disk too; undefined: it may stay behind. */
export function deletesDisk({metadata, spec}: PersistentVolume): boolean | undefined {
  if (spec?.persistentVolumeReclaimPolicy === 'Retain') return false
  const isGuarded = metadata?.finalizers?.some((each) => GUARDS.includes(each)) ?? false
  return spec?.persistentVolumeReclaimPolicy === 'Delete' && isGuarded ? true : undefined
}
