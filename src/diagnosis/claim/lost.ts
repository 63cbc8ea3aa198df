import {claimRefText} from '../../model/claim.ts'
import {latestOf} from '../../model/events.ts'
import {nameOf, type PersistentVolume} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimEvents, claimFinding, claimText} from './claim-finding.ts'
import {freeVolume, readVolume} from './free-volume.ts'

export const causes = {
  'pvc-lost': {
    title: 'claim has lost its volume',
    applies: ['PersistentVolumeClaim'],
    sign: 'The phase of the claim is `Lost`: the PersistentVolume that it was bound to is gone, or its `claimRef` has the UID of an earlier claim, as after a restore. The event says that the data is lost, which is true only if the storage behind it is gone too.',
    remedy:
      'If the PersistentVolume is still there, see whose claim its `claimRef` names, and that its reclaim policy is `Retain`; then remove `spec.claimRef` with `kubectl patch pv`. If it is gone and the storage survives, create it again with the same name, the same handle and a `claimRef` to this claim.',
    avoid: 'delete the claim: its ordinal would get a new, empty volume',
  },
} satisfies Causes

/** The claim has no volume for the API; the bytes may still be there, even under a volume that is kept for an earlier claim. */
export const lost: Rule<ClaimSubject> = (subject) => {
  const {claim, volume, name} = subject
  if (claim?.status?.phase !== 'Lost') return undefined
  const wanted = claim.spec?.volumeName
  const since = latestOf(claimEvents(subject), 'ClaimLost', 'ClaimMisbound')?.firstTimestamp
  return claimFinding(subject, {
    id: 'pvc-lost',
    severity: isFree(volume) ? 'warning' : 'error',
    message: `${whyLost(subject)} (${claimText(subject)} is Lost)`,
    ...(since && {since}),
    evidence: [
      `pvc/${name} status.phase=Lost, spec.volumeName=${wanted || '<none>'}`,
      ...(volume ? [claimRefEvidence(volume)] : []),
    ],
    selfHealing: isFree(volume) ? 'yes' : 'no',
    remedy: volume ? remedyFor(subject, volume) : lookAtStorage(subject),
  })
}

/** Nobody's: the controller binds it to its claim again when it next looks (syncBoundClaim, 1.37: each 15 s). */
function isFree(volume: PersistentVolume | undefined): boolean {
  return volume !== undefined && !volume.spec?.claimRef && !volume.metadata?.deletionTimestamp
}

function claimRefEvidence(volume: PersistentVolume): string {
  const {claimRef, persistentVolumeReclaimPolicy: policy} = volume.spec ?? {}
  const ref = claimRef ? `${claimRefText(volume)}, uid ${claimRef.uid ?? '<none>'}` : '<none>'
  return `pv/${nameOf(volume)} status.phase=${volume.status?.phase ?? '<none>'}, spec.claimRef=${ref}, persistentVolumeReclaimPolicy=${policy ?? '<none>'}`
}

function whyLost(subject: ClaimSubject): string {
  const {claim, volume, relations} = subject
  const wanted = claim?.spec?.volumeName
  if (!wanted) return 'The claim no longer says to which PersistentVolume it was bound'
  const its = `PersistentVolume ${wanted}`
  if (!volume) {
    return relations.sees('persistentVolumes', wanted)
      ? `${its} does not exist any more`
      : `${its} is no longer that of the claim`
  }
  if (volume.metadata?.deletionTimestamp) return `${its} is being deleted`
  const {claimRef} = volume.spec ?? {}
  if (!claimRef) return `${its} is not kept for any claim any more`
  return `${its} exists, but is kept for ${isNamesake(subject, volume) ? 'an earlier claim of the same name' : `claim ${claimRefText(volume)}`}`
}

function isNamesake({namespace, name}: ClaimSubject, {spec}: PersistentVolume): boolean {
  return spec?.claimRef?.namespace === namespace && spec.claimRef.name === name
}

/** The claim that it is kept for is there, and is that very one: the data is not this claim's. */
function hasOwner(subject: ClaimSubject, volume: PersistentVolume): boolean {
  const {namespace = '', name = '', uid} = volume.spec?.claimRef ?? {}
  const owner = subject.relations.claim(namespace, name)
  return owner !== undefined && !isNamesake(subject, volume) && (!uid || owner.metadata?.uid === uid)
}

function remedyFor(subject: ClaimSubject, volume: PersistentVolume): Finding['remedy'] {
  const {namespace, name} = subject
  const look = [kubectl('describe', 'pvc', '-n', namespace, name), readVolume(volume)]
  const {avoid} = causes['pvc-lost']
  if (hasOwner(subject, volume) || volume.metadata?.deletionTimestamp) {
    const text = volume.metadata?.deletionTimestamp
      ? 'copy the data, or have its storage kept, before the volume is gone: a deletion can not be undone'
      : `find out whose the data is before you change anything: the volume is that of claim ${claimRefText(volume)}, which exists`
    return {look, act: [{text, commands: []}], risk: '', avoid, rung: 0}
  }
  if (isFree(volume)) return {look, act: [WAIT], risk: '', avoid, rung: 0}
  const condition = `if nobody else needs the volume (claimRef ${claimRefText(volume)}), let this claim have it again, with the data that is on it`
  return {look, act: [freeVolume(volume, '/spec/claimRef', condition)], risk: '', avoid, rung: 1}
}

const WAIT = {
  text: 'wait: the controller binds the claim to its volume again within half a minute; if it does not, see whether the controller manager runs',
  commands: [],
}

function lookAtStorage({claim, namespace, name}: ClaimSubject): Finding['remedy'] {
  const volume = `PersistentVolume ${claim?.spec?.volumeName || 'of the claim'}`
  return {
    look: [kubectl('describe', 'pvc', '-n', namespace, name)],
    act: [
      {
        text: `if the storage system still has the data: create ${volume} again, with the same backing volume and a claimRef to this claim`,
        commands: [],
      },
    ],
    risk: '',
    avoid: causes['pvc-lost'].avoid,
    rung: 0,
  }
}
