import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'

/** The claim's volume is gone for the API; its bytes may still be with the storage system. */
export const lost: Rule<ClaimSubject> = (subject) => {
  const {claim, namespace, name, relations} = subject
  if (claim?.status?.phase !== 'Lost') return undefined
  const volume = claim.spec?.volumeName
  const isGone = !subject.volume && relations.sees('persistentVolumes')
  const why = volume
    ? `it is bound to PersistentVolume ${volume}, which ${isGone ? 'does not exist any more' : 'is no longer its own'}`
    : 'it was bound, and no longer says to which PersistentVolume'
  return claimFinding(subject, {
    id: 'pvc-lost',
    severity: 'error',
    message: `${claimText(subject)} is Lost: ${why}`,
    evidence: [`pvc/${name} status.phase=Lost, spec.volumeName=${volume || '<none>'}`],
    selfHealing: 'no',
    remedy: {
      commands: [
        kubectl('describe', 'pvc', '-n', namespace, name),
        ...(volume && !isGone ? [kubectl('get', 'pv', volume, '-o', 'yaml')] : []),
      ],
      advice: `the data may still be in the storage system: re-create PersistentVolume ${volume || 'of the claim'} with the same backing volume and claimRef`,
      danger: 'deleting the claim gives the ordinal a new, empty volume',
      rung: 0,
    },
  })
}
