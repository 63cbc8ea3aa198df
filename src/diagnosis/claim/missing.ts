import {nameOf, type Pod} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {ephemeralClaimName} from '../../model/relations.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'

/** The claim was looked for and is not there, and a Pod of the ordinal is. */
function missingFor({claim, relations, of}: ClaimSubject) {
  if (claim || !relations.sees('persistentVolumeClaims')) return undefined
  return of?.ordinal.pod
}

/** A set re-created with one more template: its old Pods lack the volume, and a Pod's volumes can't be added. */
const templateAdded: Rule<ClaimSubject> = (subject) => {
  const {pod, state} = subject.of?.ordinal ?? {}
  const template = subject.of?.ordinalClaim.template
  if (!pod || template === undefined || subject.of?.ordinalClaim.isMounted) return undefined
  // the controller looks at the volumes of no other Pod
  if (state !== 'desired' || isTerminating(pod)) return undefined
  return {
    id: 'sts-adopted-pod-volume-mismatch',
    severity: 'error',
    message: `Pod ${nameOf(pod)} has no volume for claim template ${template}: it is older than the template, and the controller can't add one to a live Pod`,
    object: {kind: 'Pod', namespace: subject.namespace, name: nameOf(pod)},
    evidence: [
      `statefulset/${nameOf(subject.of?.set ?? {})} spec.volumeClaimTemplates has ${template}`,
      `pod/${nameOf(pod)} spec.volumes lacks ${subject.name}`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('delete', 'pod', '-n', subject.namespace, nameOf(pod))],
      danger: `one member is down while it is replaced; it comes back with ${subject.claim ? 'the claim that is there' : 'a new, empty claim'}`,
      rung: 2,
    },
  }
}

/** The controller makes claim and Pod together: the claims may have been listed before, and the Pods after. */
const AT_ONCE_SECONDS = 10

const podWaits: Rule<ClaimSubject> = (subject) => {
  const pod = missingFor(subject)
  if (pod?.status?.phase !== 'Pending' || isEphemeral(pod, subject.name)) return undefined
  const template = subject.of?.ordinalClaim.template
  const age = secondsBetween(pod.metadata?.creationTimestamp, subject.relations.snapshot.observedAt)
  const isNew = age < AT_ONCE_SECONDS
  return claimFinding(subject, {
    ...(template === undefined ? byHand(subject) : byController(subject)),
    severity: isNew && template !== undefined ? 'info' : 'error',
    message: `${claimText(subject)} does not exist, and Pod ${nameOf(pod)} waits for it`,
    evidence: [`pod/${nameOf(pod)} status.phase=Pending, spec.volumes wants ${subject.name}`],
  })
}

/** The claim of a generic ephemeral volume: a controller of its own makes it, and nobody else may. */
function isEphemeral(pod: Pod, name: string): boolean {
  const volumes = pod.spec?.volumes ?? []
  return volumes.some((volume) => volume.ephemeral && ephemeralClaimName(pod, volume.name) === name)
}

function byHand({namespace, name}: ClaimSubject): Pick<Finding, 'id' | 'selfHealing' | 'remedy'> {
  return {
    id: 'sched-pvc-not-found',
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('get', 'pvc', '-n', namespace)],
      advice: `no template makes ${name}: create it by hand, bound to the volume that holds the data if there is one`,
      danger: '',
      rung: 0,
    },
  }
}

function byController({namespace, of}: ClaimSubject): Pick<Finding, 'id' | 'selfHealing' | 'remedy'> {
  return {
    id: 'pvc-missing-for-pending-pod',
    selfHealing: 'maybe',
    remedy: {
      commands: [kubectl('describe', 'sts', '-n', namespace, nameOf(of?.set ?? {}))],
      advice:
        'from 1.27 the controller creates the claim again unless quota or admission refuses; before, delete the Pod',
      danger: 'the new claim is empty',
      rung: 0,
    },
  }
}

/** Why a claim that should exist does not. */
export const missing: Rule<ClaimSubject> = firstCause([templateAdded, podWaits])
