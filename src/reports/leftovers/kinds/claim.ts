import {claimWays} from '../../../diagnosis/leftover/claim-ways.ts'
import {deletingClaim} from '../../../diagnosis/leftover/deleting.ts'
import {sizeOf, storageClassOf} from '../../../model/claim.ts'
import {claimVerdict, unusedSince} from '../../../model/leftover/claim.ts'
import type {Left} from '../../../model/leftover/verdict.ts'
import {namespaceOf, type PersistentVolumeClaim} from '../../../model/objects.ts'
import type {Relations} from '../../../model/relations.ts'
import type {Leftover} from '../report.ts'
import type {Kind, Told} from './kind.ts'

type Claim = Left<'PersistentVolumeClaim'>

export const CLAIM: Kind<'PersistentVolumeClaim', PersistentVolumeClaim> = {
  kind: 'PersistentVolumeClaim',
  verdictOf: claimVerdict,
  deletingOf: (claim, _, relations) => deletingClaim(claim, relations),
  told,
  ways: claimWays,
}

function told(claim: PersistentVolumeClaim, verdict: Claim, relations: Relations): Told {
  const volume = relations.volume(claim.spec?.volumeName ?? '')
  const [set = ''] = verdict.sets ?? []
  return {
    severity: verdict.reason === 'NoSet' ? 'warning' : 'info',
    message: messageOf(claim, verdict),
    size: sizeOf(claim) ?? null,
    storageClassName: storageClassOf(claim) ?? null,
    unusedAt: unusedSince(claim) ?? null,
    retentionPolicy: verdict.reason === 'NoSet' ? null : retentionOf(namespaceOf(claim), set, relations),
    volumeName: claim.spec?.volumeName ?? null,
    reclaimPolicy: volume?.spec?.persistentVolumeReclaimPolicy ?? null,
  }
}

function messageOf(claim: PersistentVolumeClaim, {reason, sets = [], ordinal}: Claim): string {
  const set = `StatefulSet ${sets[0]}`
  switch (reason) {
    case 'BeyondOrdinals':
      return `${set} has no ordinal ${ordinal} any more; it would be reused if the set grows again`
    case 'BelowStart':
      return `the ordinals of ${set} begin above ${ordinal}; it would be reused only if spec.ordinals.start were lowered`
    case 'NoTemplate':
      return `${set} has no volumeClaimTemplate that makes claims of this name: however it grows, it does not use it`
    case 'NoSet':
      return `no StatefulSet ${setsText(sets)} in ${namespaceOf(claim)}, and no Pod mounts it`
  }
}

/** A claim's name does not tell where its template's name ends. */
function setsText([first = '', ...others]: readonly string[]): string {
  if (others.length < 2) return [first, ...others].join(' or ')
  return `${first}, nor one whose name is an ending of that,`
}

/** What the API sets where nothing is said. */
function retentionOf(namespace: string, name: string, relations: Relations): Leftover['retentionPolicy'] {
  const set = relations.statefulSet(namespace, name)
  if (!set) return null
  const {whenDeleted = 'Retain', whenScaled = 'Retain'} = set.spec?.persistentVolumeClaimRetentionPolicy ?? {}
  return {whenDeleted, whenScaled}
}
