import {lastSeen} from '../../model/events.ts'
import {ephemeralClaimName} from '../../model/mounted-claims.ts'
import {nameOf, type Pod} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {type FirstPatches, hasSince, serverVersionOf} from '../../model/server-version.ts'
import type {Causes} from '../cause.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {AT_ONCE_SECONDS, secondsBetween} from '../patience.ts'
import {CLAIM_MISSING, causes as scheduling} from '../pod/scheduling/reasons-claims.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'
import {collectedEvent, collectedEvidence} from './collected.ts'

export const causes = {
  'sts-adopted-pod-volume-mismatch': {
    title: 'adopted Pod lacks a volume',
    applies: ['StatefulSet'],
    sign: '`FailedUpdate` comes again and again with `pod updates may not change fields other than`. The set was recreated with one more volume claim template, and its Pods from before do not have that volume.',
    remedy:
      'Copy what the Pods keep outside of their claims, then `kubectl delete pod <pod>`, each when the one before is ready: each comes back with the volume.',
    risk: 'the member is down meanwhile, and its new claim is empty',
  },
  'pvc-missing-for-pending-pod': {
    title: "pending Pod's claim is gone",
    applies: ['PersistentVolumeClaim'],
    sign: 'The Pod is pending and its claim does not exist. From 1.27 the set creates it again; before, it waits without end. An event `OwnerRefInvalidNamespace` on the claim says that the garbage collector took it: restored from a backup, it named an owner of elsewhere.',
    remedy: 'On 1.26 and older `kubectl delete pod <pod>`; first find out who deleted the claim.',
    risk: 'the new claim is empty',
  },
} satisfies Causes

export const VOLUME_MISMATCH = 'sts-adopted-pod-volume-mismatch' satisfies keyof typeof causes

export const COPY_FIRST =
  'once all that is worth keeping outside of its claims is copied, delete the Pod: the next one has the volume'

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
    id: VOLUME_MISMATCH,
    severity: 'error',
    message: `Pod ${nameOf(pod)} is older than claim template ${template} and lacks its volume, which can't be added to a live Pod`,
    object: {kind: 'Pod', namespace: subject.namespace, name: nameOf(pod)},
    evidence: [
      `statefulset/${nameOf(subject.of?.set ?? {})} spec.volumeClaimTemplates has ${template}`,
      `pod/${nameOf(pod)} spec.volumes lacks ${subject.name}`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [
        kubectl('get', 'pod', '-n', subject.namespace, nameOf(pod), '-o', 'yaml'),
        kubectl('get', 'pvc', '-n', subject.namespace),
      ],
      act: [
        {
          text: COPY_FIRST,
          commands: [kubectl('delete', 'pod', '-n', subject.namespace, nameOf(pod))],
        },
      ],
      risk: `the member is down while its Pod is replaced; it comes back with ${subject.claim ? 'the claim that is there' : 'the claim of that name, or with a new, empty one'}`,
      avoid: '',
      rung: 2,
    },
  }
}

const podWaits: Rule<ClaimSubject> = (subject) => {
  const pod = missingFor(subject)
  if (pod?.status?.phase !== 'Pending' || isEphemeral(pod, subject.name)) return undefined
  const template = subject.of?.ordinalClaim.template
  const age = secondsBetween(pod.metadata?.creationTimestamp, subject.relations.snapshot.observedAt)
  const isNew = age < AT_ONCE_SECONDS
  const collected = collectedEvent(subject)
  return claimFinding(subject, {
    ...(template === undefined ? byHand(subject) : byController(subject, pod, collected !== undefined)),
    severity: isNew && template !== undefined ? 'info' : 'error',
    message: `${collected ? `The garbage collector deleted ${claimText(subject)}, whose owner is not in its namespace` : `Claim ${subject.name} does not exist`} (Pod ${nameOf(pod)} waits for it)`,
    ...(collected && {since: lastSeen(collected)}),
    evidence: [
      `pod/${nameOf(pod)} status.phase=Pending, spec.volumes wants ${subject.name}`,
      ...(collected ? [collectedEvidence(subject, collected)] : []),
    ],
  })
}

/** The claim of a generic ephemeral volume: a controller of its own creates it, and nobody else may. */
function isEphemeral(pod: Pod, name: string): boolean {
  const volumes = pod.spec?.volumes ?? []
  return volumes.some((volume) => volume.ephemeral && ephemeralClaimName(pod, volume.name) === name)
}

function byHand({namespace, name}: ClaimSubject): Pick<Finding, 'id' | 'selfHealing' | 'remedy'> {
  return {
    id: CLAIM_MISSING,
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'pvc', '-n', namespace)],
      act: [
        {
          text: `create claim ${name} by hand, bound to the volume that holds the data if there is one: no template creates it`,
          commands: [],
        },
      ],
      risk: '',
      avoid: scheduling[CLAIM_MISSING].avoid,
      rung: 0,
    },
  }
}

/** From then on the set creates a claim again for a Pod that is there already; before only with the Pod. */
const CREATED_AGAIN: FirstPatches = {27: 0}

function byController(
  {namespace, of, relations}: ClaimSubject,
  pod: Pod,
  isCollected: boolean,
): Pick<Finding, 'id' | 'selfHealing' | 'remedy'> {
  const version = serverVersionOf(relations.snapshot)
  const isOld = !hasSince(version, CREATED_AGAIN)
  return {
    id: 'pvc-missing-for-pending-pod',
    selfHealing: isOld ? 'no' : 'maybe',
    remedy: {
      look: [
        kubectl('describe', 'sts', '-n', namespace, nameOf(of?.set ?? {})),
        ...(isCollected ? [kubectl('get', 'pv')] : []),
      ],
      act: [
        ...(isCollected ? [{text: RESTORE, commands: []}] : []),
        isOld
          ? {text: BY_HAND, commands: [kubectl('delete', 'pod', '-n', namespace, nameOf(pod))]}
          : {text: version ? BY_ITSELF : EITHER, commands: []},
      ],
      risk: causes['pvc-missing-for-pending-pod'].risk,
      avoid: '',
      rung: isOld ? 2 : 0,
    },
  }
}

const RESTORE =
  'if its data is wanted, restore the claim once more without metadata.ownerReferences: the Pod takes it up (a volume that is left over is Released)'
const BY_HAND =
  'if the claim may be empty, delete the Pod: before 1.27 the controller creates the claim again only with a new Pod'
const BY_ITSELF =
  'wait if the claim may be empty: the controller creates it again, unless quota or admission refuses'
const EITHER =
  'wait if the claim may be empty: from 1.27 the controller creates it again, unless quota or admission refuses; before, delete the Pod'

/** Why a claim that should exist does not. */
export const missing: Rule<ClaimSubject> = firstCause([templateAdded, podWaits])
