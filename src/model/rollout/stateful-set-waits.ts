import {nameOf, namespaceOf, type PersistentVolumeClaim, type Pod} from '../objects.ts'
import {availableAt, isTerminating} from '../pod.ts'
import type {Wait, WaitReason} from './next-step.ts'
import {isRunningReady, type Slot, type StatefulSetFacts} from './stateful-set-facts.ts'

/** What an ordinal has to become before its controller goes on. */
export function waitForSlot(slot: Slot, facts: StatefulSetFacts): Wait {
  const {pod, name} = slot
  if (!pod) return waitOn(slot, 'PodReady', `${name} to be created and become ready`)
  if (isTerminating(pod)) return waitOn(slot, 'PodGone', `${name} to be gone`)
  if (pod.status?.phase === 'Succeeded')
    return waitOn(slot, 'PodReady', `${name}, which has succeeded, to be deleted by somebody`)
  return isRunningReady(pod)
    ? untilAvailable(slot, pod, facts)
    : waitOn(slot, 'PodReady', `${name} to become ready`)
}

function untilAvailable(slot: Slot, pod: Pod, {minReadySeconds}: StatefulSetFacts): Wait {
  const message = `${slot.name} to stay ready for minReadySeconds (${minReadySeconds}s)`
  const until = availableAt(pod, minReadySeconds)
  return {...waitOn(slot, 'PodAvailable', message), ...(until && {until})}
}

/** Why the API server, or the controller, will not create this ordinal's Pod; undefined where nothing is known against it. */
export function obstacleToCreate(slot: Slot): Wait | undefined {
  const terminating = slot.claims.find(isTerminatingClaim)
  if (terminating) return waitForClaim(slot, terminating)
  if (!slot.holder) return undefined
  return waitOn(
    slot,
    'PodName',
    `the name ${slot.name} to be free: Pod ${namespaceOf(slot.holder)}/${nameOf(slot.holder)} is not the set's`,
  )
}

/** A claim that is being deleted may not be used again (createPersistentVolumeClaims, 1.20 to 1.37). */
export function waitForTerminatingClaim(slot: Slot): Wait | undefined {
  const terminating = slot.claims.find(isTerminatingClaim)
  return terminating && waitForClaim(slot, terminating)
}

function isTerminatingClaim(claim: PersistentVolumeClaim): boolean {
  return Boolean(claim.metadata?.deletionTimestamp)
}

function waitForClaim(slot: Slot, claim: PersistentVolumeClaim): Wait {
  return waitOn(slot, 'Claim', `claim ${nameOf(claim)}, which is being deleted, to be gone`)
}

/** With whenScaled=Delete a claim that belongs to an earlier Pod of the name is about to be collected (PodClaimIsStale). */
export function waitForStaleClaim(slot: Slot, {set}: StatefulSetFacts): Wait | undefined {
  if (set.spec?.persistentVolumeClaimRetentionPolicy?.whenScaled !== 'Delete') return undefined
  const stale = slot.claims.find(({metadata}) =>
    metadata?.ownerReferences?.some(
      ({kind, apiVersion, name}) => kind === 'Pod' && apiVersion === 'v1' && name === slot.name,
    ),
  )
  return (
    stale &&
    waitOn(slot, 'Claim', `claim ${nameOf(stale)}, which belongs to an earlier ${slot.name}, to be gone`)
  )
}

export function waitOn({name, ordinal}: Slot, reason: WaitReason, message: string): Wait {
  return {reason, message, pod: name, ordinal}
}
