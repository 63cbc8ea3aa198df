import {claimRefText, isReservedFor, storageClassOf} from '../../model/claim.ts'
import {nameOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {binderSays} from './binder-events.ts'
import {claimFinding, claimText} from './claim-finding.ts'
import {noClass} from './no-class.ts'
import {noVolumeLeft} from './no-volume-left.ts'
import {releasedVolume} from './released-volume.ts'
import {waitsForPod} from './waits-for-pod.ts'

/** `spec.volumeName` names a volume that does not exist. No controller ever says so. */
const namesMissingVolume: Rule<ClaimSubject> = (subject) => {
  const {claim, volume, relations, name} = subject
  const wanted = claim?.spec?.volumeName
  if (!wanted || volume || !relations.sees('persistentVolumes')) return undefined
  return claimFinding(subject, {
    id: 'pvc-volumename-missing-pv',
    severity: 'error',
    message: `${claimText(subject)} asks for PersistentVolume ${wanted}, which does not exist`,
    evidence: [`pvc/${name} spec.volumeName=${wanted}`, `pv/${wanted} not found`],
    selfHealing: 'no',
    remedy: inspect(
      subject,
      `create PersistentVolume ${wanted}, or re-create the claim without a volume name`,
    ),
  })
}

/** The wanted volume is another claim's, or it is kept for an earlier claim of the same name. */
const volumeIsTaken: Rule<ClaimSubject> = (subject) => {
  const {claim, volume, name, namespace} = subject
  const owner = volume?.spec?.claimRef
  if (!claim || !volume || !owner || isReservedFor(volume, claim)) return undefined
  const isNamesake = owner.name === name && owner.namespace === namespace
  const whose = isNamesake ? 'an earlier claim of the same name' : claimRefText(volume)
  return claimFinding(subject, {
    id: 'pvc-pv-claimed-by-other',
    severity: 'error',
    message: `${claimText(subject)} asks for PersistentVolume ${nameOf(volume)}, which is kept for ${whose}`,
    evidence: [`pv/${nameOf(volume)} spec.claimRef=${claimRefText(volume)} uid ${owner.uid ?? '<none>'}`],
    selfHealing: 'no',
    remedy: isNamesake ? release(nameOf(volume)) : keepAway(subject, whose),
  })
}

function keepAway({namespace, name}: ClaimSubject, owner: string): Finding['remedy'] {
  return {
    commands: [kubectl('describe', 'pvc', '-n', namespace, name)],
    advice: `find out whose the data is; if it is for ${owner}, re-create this claim with another volumeName, or with none`,
    danger: 'a claim without volumeName gets a new, empty volume',
    rung: 0,
  }
}

function release(volume: string): Finding['remedy'] {
  const patch = '[{"op":"remove","path":"/spec/claimRef/uid"}]'
  return {
    commands: [
      kubectl('get', 'pv', volume, '-o', 'yaml'),
      kubectl('patch', 'pv', volume, '--type=json', '-p', patch),
    ],
    danger: 'the claim gets the volume with the data of its former life: make sure that nobody else needs it',
    rung: 1,
  }
}

function inspect({namespace, name}: ClaimSubject, advice: string): Finding['remedy'] {
  return {commands: [kubectl('describe', 'pvc', '-n', namespace, name)], advice, danger: '', rung: 0}
}

/** The class that the claim names does not exist; until it does, the scheduler treats it as immediate. */
const classMissing: Rule<ClaimSubject> = (subject) => {
  const {claim, relations, name} = subject
  const wanted = claim && storageClassOf(claim)
  if (!wanted || relations.storageClass(wanted) || !relations.sees('storageClasses')) return undefined
  return claimFinding(subject, {
    id: 'pvc-class-missing',
    severity: 'error',
    message: `${claimText(subject)} wants StorageClass ${wanted}, which does not exist`,
    evidence: [`pvc/${name} spec.storageClassName=${wanted}`, `storageclass/${wanted} not found`],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('get', 'storageclass')],
      advice: `create StorageClass ${wanted}, or re-create claim and set with another class: neither can be changed in place`,
      danger: 'a re-created claim is a new, empty volume',
      rung: 0,
    },
  })
}

/** Why a claim is not bound: the most specific cause that objects prove, then what the binder says. */
const causes = firstCause([
  namesMissingVolume,
  volumeIsTaken,
  releasedVolume,
  noClass,
  classMissing,
  noVolumeLeft,
  waitsForPod,
  binderSays,
])

export const pending: Rule<ClaimSubject> = (subject) => {
  const {claim} = subject
  if (!claim || claim.metadata?.deletionTimestamp || claim.status?.phase !== 'Pending') return undefined
  return causes(subject)
}
