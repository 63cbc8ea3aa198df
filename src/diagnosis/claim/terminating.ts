import {PVC_PROTECTION} from '../../model/claim.ts'
import {nameOf, type Pod} from '../../model/objects.ts'
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
    remedy: keepData(subject, users),
  })
}

/** A deletion can't be undone; only the volume can outlive it. */
function keepData({claim, namespace}: ClaimSubject, users: readonly Pod[]): Finding['remedy'] {
  const retain = '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'
  const volume = claim?.spec?.volumeName
  const goOn = kubectl('delete', 'pod', '-n', namespace, ...users.map(nameOf))
  if (!volume) {
    return {commands: [goOn], danger: 'one member is down while it is replaced; its claim is new', rung: 2}
  }
  return {
    commands: [kubectl('patch', 'pv', volume, '-p', retain), goOn],
    advice: 'a deletion cannot be undone: first keep the data, then let the claim go',
    danger:
      'without the first command a volume with reclaim policy Delete is destroyed with its claim; after the second the ordinal comes back with a new, empty claim',
    rung: 6,
  }
}

const otherFinalizer: Rule<ClaimSubject> = (subject) => {
  const {claim, name, namespace} = subject
  const deletedAt = claim?.metadata?.deletionTimestamp
  const finalizers = (claim?.metadata?.finalizers ?? []).filter((each) => each !== PVC_PROTECTION)
  if (!deletedAt || finalizers.length === 0) return undefined
  return claimFinding(subject, {
    id: 'pvc-terminating-other-finalizer',
    severity: 'warning',
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

/** Why a deleted claim does not go. */
export const terminating: Rule<ClaimSubject> = firstCause([protectedClaim, otherFinalizer])
