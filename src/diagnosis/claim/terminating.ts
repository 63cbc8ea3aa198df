import {PVC_PROTECTION} from '../../model/claim.ts'
import {nameOf} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {kubectl} from '../command-line.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'

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
    message: `${claimText(subject)} is being deleted and goes as soon as ${users.length > 1 ? 'the Pods' : 'Pod'} ${names} ${users.length > 1 ? 'go' : 'goes'}`,
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
  if (!volumeName) {
    return {
      commands: [kubectl('get', 'pvc', '-n', namespace, name)],
      advice: 'the claim has no volume, so no data goes with it: plan when its Pod may go',
      danger: '',
      rung: 0,
    }
  }
  const isKept = volume?.spec?.persistentVolumeReclaimPolicy === 'Retain'
  return {
    commands: [isKept ? kubectl('get', 'pv', volumeName) : kubectl('patch', 'pv', volumeName, '-p', RETAIN)],
    advice:
      'a deletion cannot be undone, and the claim goes as soon as its Pod goes: until then copy the data, and plan how a new claim takes up the volume',
    danger: isKept
      ? 'the next claim of that name is empty: the volume stays, and nobody binds it by itself'
      : 'a volume with reclaim policy Delete is destroyed with its claim; with Retain it stays, and nobody binds or removes it by itself',
    rung: isKept ? 0 : 1,
  }
}

const otherFinalizer: Rule<ClaimSubject> = (subject) => {
  const {claim, name, namespace} = subject
  const deletedAt = claim?.metadata?.deletionTimestamp
  const finalizers = (claim?.metadata?.finalizers ?? []).filter((each) => each !== PVC_PROTECTION)
  if (!deletedAt || finalizers.length === 0) return undefined
  return claimFinding(subject, {
    id: 'pvc-terminating-other-finalizer',
    severity: isAwaited(subject) ? 'error' : 'warning',
    message: `${claimText(subject)} is being deleted and waits for finalizer ${finalizers.join(', ')}`,
    since: deletedAt,
    evidence: [`pvc/${name} metadata.finalizers=${finalizers.join(',')}`],
    selfHealing: 'maybe',
    remedy: {
      commands: [kubectl('describe', 'pvc', '-n', namespace, name)],
      advice: 'find whoever put the finalizer there, and why it is not done',
      danger: 'removing it by hand skips their clean-up',
      rung: 0,
    },
  })
}

/** A Pod can't be made, or can't start, until the claim is gone and there is another. */
function isAwaited({of, relations}: ClaimSubject): boolean {
  if (of?.ordinal.state !== 'desired' || !relations.sees('pods')) return false
  return !of.ordinal.pod?.spec?.nodeName
}

/** Why a deleted claim does not go. */
export const terminating: Rule<ClaimSubject> = firstCause([protectedClaim, otherFinalizer])
