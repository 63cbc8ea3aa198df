import {deletesDisk} from '../../model/leftover/volume.ts'
import {nameOf, type PersistentVolume, type PersistentVolumeClaim} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'

/** What deleting something would do, said before anybody deletes it. */
export interface Deleting {
  readonly effect: 'DestroysData' | 'KeepsData' | 'StopsPod' | 'NoData' | 'Unknown'
  readonly message: string
}

/** Of a claim: its volume's reclaim policy decides. What was not seen is not safe. */
export function deletingClaim(claim: PersistentVolumeClaim, relations: Relations): Deleting {
  const name = claim.spec?.volumeName
  if (!name) {
    const isPending = claim.status?.phase === 'Pending'
    return isPending
      ? {
          effect: 'NoData',
          message: 'it has no volume, and so no data; whoever wants it has to create it again',
        }
      : {effect: 'Unknown', message: 'it names no volume: whether it has data is not known'}
  }
  const volume = relations.volume(name)
  if (volume) return byPolicy(volume)
  return relations.sees('persistentVolumes', name)
    ? {effect: 'Unknown', message: `its volume ${name} is gone: what became of the disk is not known`}
    : {
        effect: 'Unknown',
        message: `its volume ${name} was not seen, and so not its reclaim policy: its data may be gone permanently`,
      }
}

function byPolicy(volume: PersistentVolume): Deleting {
  const name = nameOf(volume)
  switch (volume.spec?.persistentVolumeReclaimPolicy) {
    case 'Delete':
      return {
        effect: 'DestroysData',
        message: `destroys volume ${name}, its disk and all data on it permanently (reclaim policy Delete)`,
      }
    case 'Recycle':
      return recycling(volume)
    case 'Retain':
      return {
        effect: 'KeepsData',
        message: `volume ${name} stays with its data, Released, and no claim gets it by itself again (reclaim policy Retain)`,
      }
    default:
      return {
        effect: 'Unknown',
        message: `the reclaim policy of volume ${name} is not known: its data may be gone permanently`,
      }
  }
}

/** Mirrors FindRecyclablePluginBySpec (1.37): two plugins can, and a volume of another is Failed and left alone. */
function recycling(volume: PersistentVolume): Deleting {
  const {nfs, hostPath} = volume.spec ?? {}
  const name = nameOf(volume)
  return nfs || hostPath
    ? {
        effect: 'DestroysData',
        message: `deletes all files on volume ${name} permanently; any other claim may then get it (reclaim policy Recycle)`,
      }
    : {
        effect: 'KeepsData',
        message: `volume ${name} stays with its data, Failed: nobody can wipe one of its kind (reclaim policy Recycle)`,
      }
}

/** Of a volume whose claim is gone. */
export function deletingVolume(volume: PersistentVolume): Deleting {
  if (volume.spec?.persistentVolumeReclaimPolicy === 'Recycle') return {effect: 'Unknown', message: RECYCLED}
  switch (deletesDisk(volume)) {
    case true:
      return {
        effect: 'DestroysData',
        message: 'its driver deletes the disk and all data on it first (reclaim policy Delete)',
      }
    case false:
      return {
        effect: 'KeepsData',
        message:
          'the disk stays in the storage system, unseen and paid for: nothing in the cluster names it any more (reclaim policy Retain)',
      }
    default:
      return {
        effect: 'Unknown',
        message:
          'its disk and all data on it may be gone permanently, or stay behind unseen and paid for: no finalizer makes its driver delete it first',
      }
  }
}

const RECYCLED =
  'its disk stays in the storage system, unseen; whether its files are deleted already is not known (reclaim policy Recycle)'

export const deletingAttachment: Deleting = {
  effect: 'NoData',
  message:
    'deletes no data; but a machine that still runs and writes to the disk corrupts it once another node gets it',
}

export const deletingPod: Deleting = {
  effect: 'StopsPod',
  message: 'what it runs stops, and no controller creates it again',
}

/** Of a Pod whose name a set needs. */
export function deletingHolder(set: string, ordinal: number | undefined): Deleting {
  return {
    effect: 'StopsPod',
    message: `what it runs stops, and the controller creates ordinal ${ordinal} of StatefulSet ${set} instead`,
  }
}

export const deletingLostPod: Deleting = {
  effect: 'NoData',
  message: 'frees its name and its claims; a machine that still runs goes on writing',
}

export const deletingRevision: Deleting = {
  effect: 'NoData',
  message: 'deletes the Pod template that it holds: nothing can be rolled back to it',
}
