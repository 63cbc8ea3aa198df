import {requestOf, storageClassOf} from '../../model/claim.ts'
import {nameOf, type PersistentVolume, type PersistentVolumeClaim} from '../../model/objects.ts'
import {quantity} from '../../model/quantity.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'

/** A volume would do, but it is Released: it still names a deleted claim, and the binder never takes such a one. */
export const releasedVolume: Rule<ClaimSubject> = (subject) => {
  const {claim, relations} = subject
  if (!claim || claim.spec?.volumeName) return undefined
  const volume = relations.snapshot.persistentVolumes.find((each) => wouldFit(each, claim))
  if (!volume) return undefined
  const former = `${volume.spec?.claimRef?.namespace}/${volume.spec?.claimRef?.name}`
  return claimFinding(subject, {
    id: 'pvc-pv-released',
    severity: 'error',
    message: `${claimText(subject)} would fit PersistentVolume ${nameOf(volume)}, which is Released: it still belongs to the deleted claim ${former}`,
    evidence: [`pv/${nameOf(volume)} status.phase=Released, spec.claimRef=${former}`],
    selfHealing: 'no',
    remedy: {
      commands: [
        kubectl('get', 'pv', nameOf(volume), '-o', 'yaml'),
        kubectl(
          'patch',
          'pv',
          nameOf(volume),
          '--type=json',
          '-p',
          '[{"op":"remove","path":"/spec/claimRef"}]',
        ),
      ],
      danger: `the volume holds the data of ${former}: make sure that nobody needs it any more, or that this claim is meant to have it`,
      rung: 1,
    },
  })
}

function wouldFit(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const size = quantity(volume.spec?.capacity?.storage) ?? 0
  const modes: readonly string[] = volume.spec?.accessModes ?? []
  return (
    volume.status?.phase === 'Released' &&
    (volume.spec?.storageClassName ?? '') === (storageClassOf(claim) ?? '') &&
    (volume.spec?.volumeMode ?? 'Filesystem') === (claim.spec?.volumeMode ?? 'Filesystem') &&
    size >= (quantity(requestOf(claim)) ?? 0) &&
    (claim.spec?.accessModes ?? []).every((mode) => modes.includes(mode))
  )
}
