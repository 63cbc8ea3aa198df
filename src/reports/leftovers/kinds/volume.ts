import {deletingVolume} from '../../../diagnosis/leftover/deleting.ts'
import {volumeWays} from '../../../diagnosis/leftover/volume-ways.ts'
import {claimRefText, storageClassOf} from '../../../model/claim.ts'
import type {Left} from '../../../model/leftover/verdict.ts'
import {volumeVerdict} from '../../../model/leftover/volume.ts'
import {nameOf, type PersistentVolume} from '../../../model/objects.ts'
import type {Kind, Told} from './kind.ts'

export const VOLUME: Kind<'PersistentVolume', PersistentVolume> = {
  kind: 'PersistentVolume',
  verdictOf: volumeVerdict,
  deletingOf: deletingVolume,
  told,
  ways: volumeWays,
}

function told(volume: PersistentVolume, {reason}: Left<'PersistentVolume'>): Told {
  const {persistentVolumeReclaimPolicy: policy, capacity, claimRef} = volume.spec ?? {}
  const isKept = reason === 'Released' && policy === 'Retain'
  const of = claimRef ? `of the deleted claim ${claimRefText(volume)}` : 'without a claim'
  return {
    namespace: claimRef?.namespace ?? null,
    severity: reason === 'Failed' ? 'error' : isKept ? 'info' : 'warning',
    message: reason === 'Failed' ? `Failed: it could not be reclaimed, ${of}` : `Released, ${of}`,
    size: capacity?.storage ?? null,
    storageClassName: storageClassOf(volume) ?? null,
    volumeName: nameOf(volume),
    reclaimPolicy: policy ?? null,
  }
}
