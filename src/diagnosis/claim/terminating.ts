import {PVC_PROTECTION} from '../../model/claim.ts'
import {nameOf} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import type {Causes} from '../cause.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {podReference} from '../pod/reference.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding} from './claim-finding.ts'

export const causes = {
  'pvc-terminating-protected': {
    title: 'deleted claim is still used',
    applies: ['PersistentVolumeClaim'],
    sign: 'The claim has a `deletionTimestamp` and the finalizer `kubernetes.io/pvc-protection`: a Pod that is bound to a node uses it, even one that has failed or succeeded.',
    remedy:
      'To keep the data, set the reclaim policy of its volume to `Retain` now. `kubectl describe pvc <claim>` shows who uses it; it is gone when that Pod is.',
    risk: 'with Retain the volume stays, and nobody binds or removes it by itself',
    riskWhen: 'the claim has a volume',
    avoid: 'remove the finalizer: that takes the volume from under the Pod that uses it',
  },
  'pvc-terminating-other-finalizer': {
    title: 'finalizer keeps the claim',
    applies: ['PersistentVolumeClaim'],
    sign: 'The claim has a `deletionTimestamp` and another finalizer than that of Kubernetes: a backup, a snapshot, an operator.',
    remedy: 'Find its owner, and see why it is not done.',
    avoid: 'remove the finalizer by hand: that skips the clean-up of whoever put it there',
  },
} satisfies Causes

const protectedClaim: Rule<ClaimSubject> = (subject) => {
  const {claim, relations, name} = subject
  const deletedAt = claim?.metadata?.deletionTimestamp
  if (!claim || !deletedAt || !claim.metadata?.finalizers?.includes(PVC_PROTECTION)) return undefined
  const users = relations.podsMounting(claim).filter((pod) => pod.spec?.nodeName && !isTerminating(pod))
  if (users.length === 0) return undefined
  const names = users.map(nameOf).join(', ')
  return claimFinding(subject, {
    id: 'pvc-terminating-protected',
    severity: 'error',
    message: `Claim ${name} is being deleted, and is gone as soon as ${users.length > 1 ? 'Pods' : 'Pod'} ${names} ${users.length > 1 ? 'are' : 'is'}`,
    blames: users.map(podReference),
    since: deletedAt,
    evidence: [
      `pvc/${name} metadata.deletionTimestamp=${deletedAt}, finalizer ${PVC_PROTECTION}`,
      `mounted by pod/${users.map(nameOf).join(', pod/')}`,
    ],
    selfHealing: 'no',
    remedy: keepData(subject),
  })
}

const RETAIN = JSON.stringify({spec: {persistentVolumeReclaimPolicy: 'Retain'}})

/** A deletion can't be undone; only the volume can outlive it. When the Pod goes is for a person to plan. */
function keepData({claim, volume, namespace, name}: ClaimSubject): Finding['remedy'] {
  const volumeName = claim?.spec?.volumeName
  const {avoid} = causes['pvc-terminating-protected']
  if (!volumeName) {
    return {
      look: [kubectl('get', 'pvc', '-n', namespace, name)],
      act: [
        {
          text: 'plan when its Pod may be deleted: the claim has no volume, so no data is lost with it',
          commands: [],
        },
      ],
      risk: '',
      avoid,
      rung: 0,
    }
  }
  const isKept = volume?.spec?.persistentVolumeReclaimPolicy === 'Retain'
  const retain = {
    text: 'keep the data: set the reclaim policy of the volume to Retain now',
    commands: [kubectl('patch', 'pv', volumeName, '-p', RETAIN)],
  }
  return {
    look: [kubectl('get', 'pv', volumeName)],
    act: [...(isKept ? [] : [retain]), {text: BEFORE_IT_GOES, commands: []}],
    risk: isKept
      ? 'the next claim of that name is empty: the volume stays, and nobody binds it by itself'
      : 'with Delete the volume is destroyed with its claim; with Retain it stays, and nobody binds or removes it by itself',
    avoid,
    rung: isKept ? 0 : 1,
  }
}

const BEFORE_IT_GOES =
  'before its Pod is deleted, copy the data, and plan how a new claim gets the volume: the claim is gone with the Pod, and a deletion can not be undone'

const otherFinalizer: Rule<ClaimSubject> = (subject) => {
  const {claim, name, namespace} = subject
  const deletedAt = claim?.metadata?.deletionTimestamp
  const finalizers = (claim?.metadata?.finalizers ?? []).filter((each) => each !== PVC_PROTECTION)
  if (!deletedAt || finalizers.length === 0) return undefined
  return claimFinding(subject, {
    id: 'pvc-terminating-other-finalizer',
    severity: isAwaited(subject) ? 'error' : 'warning',
    message: `Claim ${name} is being deleted and waits for finalizer ${finalizers.join(', ')}`,
    since: deletedAt,
    evidence: [`pvc/${name} metadata.finalizers=${finalizers.join(',')}`],
    selfHealing: 'maybe',
    remedy: {
      look: [kubectl('describe', 'pvc', '-n', namespace, name)],
      act: [{text: 'find whoever put the finalizer there, and why it is not done', commands: []}],
      risk: '',
      avoid: causes['pvc-terminating-other-finalizer'].avoid,
      rung: 0,
    },
  })
}

/** A Pod can't be created, or can't start, until the claim is gone and there is another. */
function isAwaited({of, relations}: ClaimSubject): boolean {
  if (of?.ordinal.state !== 'desired' || !relations.sees('pods')) return false
  return !of.ordinal.pod?.spec?.nodeName
}

/** Why a deleted claim does not go. */
export const terminating: Rule<ClaimSubject> = firstCause([protectedClaim, otherFinalizer])
