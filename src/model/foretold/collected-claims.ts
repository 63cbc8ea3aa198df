import {groupedByEach} from '../grouping.ts'
import type {PersistentVolumeClaim, Pod, StatefulSet} from '../objects.ts'
import type {Relations} from '../relations.ts'

/**
 * Claims that go when their owners do. It is ownerReferences that the garbage collector follows, not what the set's policy
 * says: another owner keeps the claim (attemptToDeleteItem, 1.20 to 1.37).
 */
export function claimsCollectedWith(
  owners: readonly (StatefulSet | Pod)[],
  relations: Relations,
): readonly PersistentVolumeClaim[] {
  const {persistentVolumeClaims} = relations.snapshot
  const byOwner = relations.once('claims by owner', persistentVolumeClaims, () =>
    groupedByEach(persistentVolumeClaims, ownersOf),
  )
  const gone = new Set(owners.flatMap(({metadata}) => metadata?.uid ?? []))
  const owned = new Set([...gone].flatMap((uid) => byOwner.get(uid) ?? []))
  return [...owned].filter((claim) => ownersOf(claim).every((uid) => gone.has(uid)))
}

/**
 * With whenScaled: Delete its set makes the Pod that goes for good the owner of the claim, unless another controller has it
 * already (isClaimOwnerUpToDate, 1.27 to 1.37); and whoever else owns it keeps it.
 */
export function isGivenTo(pod: Pod | undefined, set: StatefulSet, claim: PersistentVolumeClaim): boolean {
  const own = [set.metadata?.uid, pod?.metadata?.uid]
  return ownersOf(claim).every((uid) => own.includes(uid))
}

function ownersOf({metadata}: PersistentVolumeClaim): readonly string[] {
  return (metadata?.ownerReferences ?? []).map(({uid}) => uid)
}
