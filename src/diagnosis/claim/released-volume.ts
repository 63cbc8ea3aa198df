import {claimRefText, requestOf, storageClassOf} from '../../model/claim.ts'
import {selects} from '../../model/labels.ts'
import {nameOf, type PersistentVolume, type PersistentVolumeClaim} from '../../model/objects.ts'
import {quantity} from '../../model/quantity.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'
import {collectedEvent, collectedEvidence} from './collected.ts'
import {freeVolume, readVolume} from './free-volume.ts'

export const causes = {
  'pvc-pv-released': {
    title: 'fitting volume is still reserved',
    applies: ['PersistentVolumeClaim'],
    sign: 'The claim is pending, and a volume that would fit is `Released`: its `spec.claimRef` points to a claim that was deleted, so it is not considered.',
    remedy:
      'Find out whose data it holds, then remove `spec.claimRef.uid` if it is for a claim of the same name, or create another volume.',
    risk: 'the data is that of the former owner: it may be wanted, or may not be yours to see',
  },
} satisfies Causes

/**
 * A volume would do, but it is Released: it still names a deleted claim, and the binder never takes such a one.
 * Where a provisioner creates volumes, it is no cause.
 */
export const releasedVolume: Rule<ClaimSubject> = (subject) => {
  const {claim} = subject
  if (!claim || claim.spec?.volumeName || isProvisioned(subject) || hasFitting(subject, 'Available'))
    return undefined
  const [volume] = fittingVolumes(subject, 'Released')
  if (!volume) return undefined
  const former = claimRefText(volume)
  const isNamesake = former === `${subject.namespace}/${subject.name}`
  const whose = isNamesake ? 'an earlier claim of the same name' : `the deleted claim ${former}`
  const collected = isNamesake ? collectedEvent(subject) : undefined
  // without its uid it is kept for this claim; without all of it, anybody's claim may take it
  const path: Parameters<typeof freeVolume>[1] = isNamesake ? '/spec/claimRef/uid' : '/spec/claimRef'
  return claimFinding(subject, {
    id: 'pvc-pv-released',
    severity: 'error',
    message: `PersistentVolume ${nameOf(volume)} would fit, but is Released and still belongs to ${whose} (${claimText(subject)})`,
    evidence: [
      `pv/${nameOf(volume)} status.phase=Released, spec.claimRef=${former}`,
      ...(collected ? [collectedEvidence(subject, collected)] : []),
    ],
    selfHealing: 'no',
    remedy: {
      look: [readVolume(volume)],
      act: [freeVolume(volume, path, 'only if this claim should have the data that is on the volume')],
      risk: `the volume holds the data of ${former}, which may still be wanted, or may not be yours to see`,
      avoid: '',
      rung: 1,
    },
  })
}

/** A volume in that phase satisfies the claim, and binding is a matter of moments or of its node. */
export function hasFitting(subject: ClaimSubject, phase: 'Available' | 'Released'): boolean {
  return fittingVolumes(subject, phase).length > 0
}

/** Volumes in that phase that satisfy the claim, wherever they are. */
export function fittingVolumes(
  {claim, relations}: ClaimSubject,
  phase: 'Available' | 'Released',
): readonly PersistentVolume[] {
  if (!claim) return []
  const volumes = relations.snapshot.persistentVolumes
  const free = relations.once(phase, volumes, () =>
    Map.groupBy(
      volumes.filter((volume) => volume.status?.phase === phase),
      (volume) => storageClassOf(volume) ?? '',
    ),
  )
  const ofClass = free.get(storageClassOf(claim) ?? '') ?? []
  return relations.once(`fitting ${JSON.stringify(wishOf(claim))}`, ofClass, () =>
    ofClass.filter((volume) => fits(volume, claim)),
  )
}

/** All that `fits` looks at: claims of one template wish for the same. */
function wishOf({spec}: PersistentVolumeClaim): unknown {
  return [
    spec?.accessModes,
    spec?.resources,
    spec?.selector,
    spec?.volumeMode,
    spec?.volumeAttributesClassName,
  ]
}

/** Somebody creates volumes for the class of the claim, or it is not known that nobody does. */
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
