import {isDefaultClass, storageClassOf} from '../../model/claim.ts'
import {nameOf, type StorageClass} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'
import {hasFitting} from './released-volume.ts'

/** No class: none is named and the cluster has no default, or `""` forbids one on purpose. */
export const noClass: Rule<ClaimSubject> = (subject) => {
  const {claim, relations} = subject
  if (!claim || claim.spec?.volumeName) return undefined
  const storageClass = storageClassOf(claim)
  if (storageClass === '') return emptyClass(subject)
  const hasDefault = relations.snapshot.storageClasses.some(isDefaultClass)
  if (storageClass !== undefined || hasDefault || !relations.sees('storageClasses')) return undefined
  return claimFinding(subject, {
    id: 'pvc-no-class',
    severity: 'error',
    message: `${claimText(subject)} names no StorageClass, and the cluster has no default one`,
    evidence: [
      `pvc/${subject.name} spec.storageClassName is not set`,
      'no storageclass is marked as default',
    ],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('get', 'storageclass'), ...makeDefault(relations.snapshot.storageClasses)],
      advice: 'a PersistentVolume without class, of the wanted size and access modes, would do too',
      danger:
        'the default applies to every claim of the cluster that names no class (from 1.26 also to waiting ones)',
      rung: 1,
    },
  })
}

function emptyClass(subject: ClaimSubject) {
  if (!subject.relations.sees('persistentVolumes') || hasFitting(subject, 'Available')) return undefined
  return claimFinding(subject, {
    id: 'pvc-class-empty-static',
    severity: 'error',
    message: `${claimText(subject)} forbids a StorageClass ("") and no PersistentVolume without one fits`,
    evidence: [`pvc/${subject.name} spec.storageClassName=""`],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('get', 'pv')],
      advice:
        'create a PersistentVolume without class, of the wanted size and access modes; such a claim never gets a default class',
      danger: '',
      rung: 0,
    },
  })
}

/** Only where there is one class to choose is the choice ours to print. */
function makeDefault([only, ...others]: readonly StorageClass[]): readonly string[] {
  if (!only || others.length > 0) return []
  return [
    kubectl('annotate', 'storageclass', nameOf(only), 'storageclass.kubernetes.io/is-default-class=true'),
  ]
}
