import {isBindCompleted, SELECTED_NODE, storageClassOf, waitsForConsumer} from '../../../model/claim.ts'
import {mountedClaims} from '../../../model/mounted-claims.ts'
import {namespaceOf, type PersistentVolume, type PersistentVolumeClaim} from '../../../model/objects.ts'
import type {PodSubject} from '../subject.ts'

/** A claim that the Pod mounts; the claim and its volume were seen, or they are undefined. */
export interface MountedClaim {
  readonly name: string
  readonly claim: PersistentVolumeClaim | undefined
  readonly volume: PersistentVolume | undefined
}

/** In the order of the Pod's volumes. */
export function claimsOf({pod, relations}: PodSubject): readonly MountedClaim[] {
  return mountedClaims(pod).map((name) => {
    const claim = relations.claim(namespaceOf(pod), name)
    return {name, claim, volume: relations.volume(claim?.spec?.volumeName ?? '')}
  })
}

/** The claims that the binder has not finished; without a `Pending` one, those that only look bound (isPVCFullyBound). */
export function unboundClaims(subject: PodSubject): readonly MountedClaim[] {
  const claims = claimsOf(subject).filter(({claim}) => claim)
  const pending = claims.filter(({claim}) => claim?.status?.phase !== 'Bound')
  if (pending.length > 0) return pending
  return claims.filter(({claim}) => claim && !isBindCompleted(claim))
}

/** Unbound, and bound before its Pod is scheduled; a class that was not found counts as immediate, as upstream. */
export function isImmediate({claim}: MountedClaim, {relations}: PodSubject): boolean {
  if (claim?.spec?.volumeName) return true
  return !waitsForConsumer(relations.storageClass((claim && storageClassOf(claim)) ?? ''))
}

/** The node that the scheduler has chosen for a claim that is still to be bound. */
export function selectedNode({claim}: MountedClaim): string | undefined {
  return claim?.status?.phase === 'Bound' ? undefined : claim?.metadata?.annotations?.[SELECTED_NODE]
}
