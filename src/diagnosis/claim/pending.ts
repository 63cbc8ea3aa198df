import {claimRefText, isBindCompleted, isReservedFor, storageClassOf} from '../../model/claim.ts'
import {nameOf, type PersistentVolume} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {ClaimSubject} from '../subjects.ts'
import {causes as binder, binderFails, binderSays, CLAIMED_BY_OTHER} from './binder-events.ts'
import {claimFinding, claimText} from './claim-finding.ts'
import {freeVolume, readVolume} from './free-volume.ts'
import {noClass} from './no-class.ts'
import {noVolumeLeft} from './no-volume-left.ts'
import {pastScheduler} from './past-scheduler.ts'
import {releasedVolume} from './released-volume.ts'
import {waitsForPod} from './waits-for-pod.ts'

export const causes = {
  'pvc-class-missing': {
    title: 'storage class does not exist',
    applies: ['PersistentVolumeClaim'],
    sign: '`ProvisioningFailed` says `storageclass.storage.k8s.io "…" not found`, or the named class is not among the StorageClasses.',
    remedy:
      "Create a class of that name, or recreate the claim; its class can't be edited, nor that of the set's template.",
    risk: 'a recreated claim gets a new, empty volume',
  },
  'pvc-volumename-missing-pv': {
    title: 'named volume does not exist',
    applies: ['PersistentVolumeClaim'],
    sign: 'The claim is pending, `spec.volumeName` names a PersistentVolume, and there is none of that name. No event says so.',
    remedy: 'Create that PersistentVolume, or recreate the claim without the name.',
    risk: 'a claim without the name gets a new, empty volume',
  },
} satisfies Causes

/** `spec.volumeName` names a volume that does not exist. No controller ever says so. */
const namesMissingVolume: Rule<ClaimSubject> = (subject) => {
  const {claim, volume, relations, name} = subject
  const wanted = claim?.spec?.volumeName
  if (!wanted || volume || !relations.sees('persistentVolumes', wanted)) return undefined
  // that of a moment: the volumes were listed before the binder named one that had just been made
  if (isBindCompleted(claim)) return undefined
  return claimFinding(subject, {
    id: 'pvc-volumename-missing-pv',
    severity: 'error',
    message: `PersistentVolume ${wanted} does not exist (${claimText(subject)} asks for it)`,
    evidence: [`pvc/${name} spec.volumeName=${wanted}`, `pv/${wanted} not found`],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('describe', 'pvc', '-n', subject.namespace, name)],
      act: [
        {text: `create PersistentVolume ${wanted}`, commands: []},
        {text: 'recreate the claim without a volume name', commands: []},
      ],
      risk: causes['pvc-volumename-missing-pv'].risk,
      avoid: '',
      rung: 0,
    },
  })
}

/** The wanted volume is another claim's, or it is kept for an earlier claim of the same name. */
const volumeIsTaken: Rule<ClaimSubject> = (subject) => {
  const {claim, volume, name, namespace} = subject
  const owner = volume?.spec?.claimRef
  if (!claim || !volume || !owner || isReservedFor(volume, claim)) return undefined
  const isNamesake = owner.name === name && owner.namespace === namespace
  const whose = isNamesake ? 'an earlier claim of the same name' : `claim ${claimRefText(volume)}`
  return claimFinding(subject, {
    id: CLAIMED_BY_OTHER,
    severity: 'error',
    message: `PersistentVolume ${nameOf(volume)} is kept for ${whose} (${claimText(subject)} asks for it)`,
    evidence: [`pv/${nameOf(volume)} spec.claimRef=${claimRefText(volume)} uid ${owner.uid ?? '<none>'}`],
    selfHealing: 'no',
    remedy: isNamesake ? release(volume) : keepAway(subject, whose),
  })
}

function keepAway({namespace, name}: ClaimSubject, owner: string): Finding['remedy'] {
  return {
    look: [kubectl('describe', 'pvc', '-n', namespace, name)],
    act: [
      {
        text: `find out whose the data is; if it is for ${owner}, recreate this claim with another volumeName, or with none`,
        commands: [],
      },
    ],
    risk: 'a claim without volumeName gets a new, empty volume',
    avoid: '',
    rung: 0,
  }
}

function release(volume: PersistentVolume): Finding['remedy'] {
  return {
    look: [readVolume(volume)],
    act: [freeVolume(volume, '/spec/claimRef/uid', 'if nobody else needs the volume')],
    risk: binder[CLAIMED_BY_OTHER].risk,
    avoid: '',
    rung: 1,
  }
}

/** The class that the claim names does not exist; until it does, the scheduler treats it as immediate. */
const classMissing: Rule<ClaimSubject> = (subject) => {
  const {claim, relations, name} = subject
  const wanted = claim && storageClassOf(claim)
  if (!wanted || relations.storageClass(wanted) || !relations.sees('storageClasses', wanted)) return undefined
  return claimFinding(subject, {
    id: 'pvc-class-missing',
    severity: 'error',
    message: `StorageClass ${wanted} does not exist (${claimText(subject)})`,
    evidence: [`pvc/${name} spec.storageClassName=${wanted}`, `storageclass/${wanted} not found`],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'storageclass')],
      act: [
        {text: `create StorageClass ${wanted}`, commands: []},
        {
          text: "recreate claim and set with another class: neither's class can be changed in place",
          commands: [],
        },
      ],
      risk: causes['pvc-class-missing'].risk,
      avoid: '',
      rung: 0,
    },
  })
}

/** Why a claim is not bound: the most specific cause that objects prove, then what the binder says. */
const rules = firstCause([
  namesMissingVolume,
  volumeIsTaken,
  releasedVolume,
  noClass,
  classMissing,
  noVolumeLeft,
  pastScheduler,
  binderFails,
  waitsForPod,
  binderSays,
])

export const pending: Rule<ClaimSubject> = (subject) => {
  const {claim} = subject
  if (!claim || claim.metadata?.deletionTimestamp || claim.status?.phase !== 'Pending') return undefined
  return rules(subject)
}
