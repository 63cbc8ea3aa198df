import {isDefaultClass, storageClassOf} from '../../model/claim.ts'
import {nameOf, type StorageClass} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'
import {hasFitting} from './released-volume.ts'

export const causes = {
  'pvc-no-class': {
    title: 'claim has no storage class',
    applies: ['PersistentVolumeClaim'],
    sign: 'The claim is pending, names no class, and the cluster has no default. The event `FailedBinding` says `no storage class is set`.',
    remedy:
      'Create a PersistentVolume without a class for this claim alone; or, if all claims of the cluster may use it, mark a class as default with the annotation `storageclass.kubernetes.io/is-default-class: "true"`, which from 1.26 the claim then takes.',
    risk: 'the default applies to every claim of the cluster that names no class (from 1.26 also to waiting ones)',
  },
  'pvc-class-empty-static': {
    title: 'claim wants an existing volume',
    applies: ['PersistentVolumeClaim'],
    sign: 'The claim is pending and its class is the empty string: it never gets a default, and nobody creates a volume for it.',
    remedy: 'Create a PersistentVolume without a class that fits it.',
  },
} satisfies Causes

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
    message: `The cluster has no default StorageClass, and the claim names none (${claimText(subject)})`,
    evidence: [
      `pvc/${subject.name} spec.storageClassName is not set`,
      'no storageclass is marked as default',
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'storageclass')],
      act: [
        {text: `for this claim alone: ${CREATE_VOLUME}`, commands: []},
        {
          text: 'only if all claims of the cluster may use it: make a class the default',
          commands: makeDefault(relations.snapshot.storageClasses),
        },
      ],
      risk: causes['pvc-no-class'].risk,
      avoid: '',
      rung: 1,
    },
  })
}

function emptyClass(subject: ClaimSubject) {
  if (!subject.relations.sees('persistentVolumes') || hasFitting(subject, 'Available')) return undefined
  return claimFinding(subject, {
    id: 'pvc-class-empty-static',
    severity: 'error',
    message: `No PersistentVolume without a StorageClass fits (${claimText(subject)}, which forbids a class)`,
    evidence: [`pvc/${subject.name} spec.storageClassName=""`],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'pv')],
      act: [{text: `${CREATE_VOLUME}; such a claim never gets a default class`, commands: []}],
      risk: '',
      avoid: '',
      rung: 0,
    },
  })
}

const CREATE_VOLUME = 'create a PersistentVolume without a class, of the wanted size and access modes'

/** Only where there is one class to choose is the choice ours to print. */
function makeDefault([only, ...others]: readonly StorageClass[]): readonly string[] {
  if (!only || others.length > 0) return []
  return [
    kubectl('annotate', 'storageclass', nameOf(only), 'storageclass.kubernetes.io/is-default-class=true'),
  ]
}
