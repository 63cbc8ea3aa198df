import {claimRefText, requestOf, storageClassOf} from '../../model/claim.ts'
import {selects} from '../../model/labels.ts'
import {nameOf, type PersistentVolume, type PersistentVolumeClaim} from '../../model/objects.ts'
import {quantity} from '../../model/quantity.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'

/**
 * A volume would do, but it is Released: it still names a deleted claim, and the binder never takes such a one.
 * Where a provisioner makes volumes, it is no cause.
 */
export const releasedVolume: Rule<ClaimSubject> = (subject) => {
  const {claim} = subject
  if (!claim || claim.spec?.volumeName || isProvisioned(subject) || hasFitting(subject, 'Available'))
    return undefined
  const volume = fitting(subject, 'Released')
  if (!volume) return undefined
  const former = claimRefText(volume)
  const isNamesake = former === `${subject.namespace}/${subject.name}`
  const whose = isNamesake ? 'an earlier claim of the same name' : `the deleted claim ${former}`
  // without its uid it is kept for this claim; without all of it, anybody's claim may take it
  const path = isNamesake ? '/spec/claimRef/uid' : '/spec/claimRef'
  return claimFinding(subject, {
    id: 'pvc-pv-released',
    severity: 'error',
    message: `${claimText(subject)} would fit PersistentVolume ${nameOf(volume)}, which is Released: it still belongs to ${whose}`,
    evidence: [`pv/${nameOf(volume)} status.phase=Released, spec.claimRef=${former}`],
    selfHealing: 'no',
    remedy: {
      commands: [
        kubectl('get', 'pv', nameOf(volume), '-o', 'yaml'),
        kubectl('patch', 'pv', nameOf(volume), '--type=json', '-p', JSON.stringify([{op: 'remove', path}])),
      ],
      danger: `the volume holds the data of ${former}: make sure that nobody needs it any more, or that this claim is meant to have it`,
      rung: 1,
    },
  })
}

/** A volume in that phase satisfies the claim, and binding is a matter of moments or of its node. */
export function hasFitting(subject: ClaimSubject, phase: 'Available' | 'Released'): boolean {
  return fitting(subject, phase) !== undefined
}

function fitting({claim, relations}: ClaimSubject, phase: string): PersistentVolume | undefined {
  if (!claim) return undefined
  return relations.snapshot.persistentVolumes.find(
    (volume) => volume.status?.phase === phase && fits(volume, claim),
  )
}

/** Somebody makes volumes for the class of the claim, or it is not known that nobody does. */
function isProvisioned({claim, relations}: ClaimSubject): boolean {
  const name = claim && storageClassOf(claim)
  if (name === '') return false
  const storageClass = relations.storageClass(name ?? '')
  if (!storageClass) return !relations.sees('storageClasses')
  return storageClass.provisioner !== 'kubernetes.io/no-provisioner'
}

/** Mirrors component-helpers FindMatchingVolume (1.37), nodes apart. */
function fits(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const {metadata, spec} = volume
  const size = quantity(spec?.capacity?.storage) ?? 0
  const modes: readonly string[] = spec?.accessModes ?? []
  const selector = claim.spec?.selector
  return (
    !metadata?.deletionTimestamp &&
    (storageClassOf(volume) ?? '') === (storageClassOf(claim) ?? '') &&
    (spec?.volumeMode ?? 'Filesystem') === (claim.spec?.volumeMode ?? 'Filesystem') &&
    (spec?.volumeAttributesClassName ?? '') === (claim.spec?.volumeAttributesClassName ?? '') &&
    size >= (quantity(requestOf(claim)) ?? 0) &&
    (claim.spec?.accessModes ?? []).every((mode) => modes.includes(mode)) &&
    (!selector || selects(selector, metadata?.labels))
  )
}
