import {nameOf, type StatefulSet} from '../../../model/objects.ts'
import {isTerminating, isWell} from '../../../model/pod.ts'
import type {Relations} from '../../../model/relations.ts'
import type {Slot} from '../../../model/rollout/stateful-set-facts.ts'
import {isAdoptable} from '../../../model/stateful-set.ts'
import {blame} from '../../blame.ts'
import {rankOf} from '../../causes.ts'
import {CLAIM_DELETED_SECONDS, secondsBetween} from '../../patience.ts'
import {podReference} from '../../pod/reference.ts'
import {podTrouble} from '../../pod/trouble.ts'
import {type Trouble, troubleOf} from '../../trouble.ts'
import {nameHeld} from '../name-held.ts'
import {ordinalFindings} from '../ordinal-findings.ts'
import {staleClaim} from '../stale-claim.ts'
import {refused, refusedTrouble} from './refused.ts'

/** Why an ordinal's Pod does not come, does not become ready, or does not go. */
export function slotTrouble(slot: Slot, set: StatefulSet, relations: Relations): Trouble | undefined {
  if (slot.pod) return ordinalTrouble(slot, set, relations) ?? claimDeleted(slot, set, relations)
  return (
    nameTaken(slot, set, relations) ??
    claimDeleted(slot, set, relations) ??
    claimOfEarlierPod(slot, set, relations) ??
    refused(slot, set, relations)
  )
}

/** What is wrong with a Pod that is not at work, or with what it stands on. */
function ordinalTrouble({pod, source}: Slot, set: StatefulSet, relations: Relations): Trouble | undefined {
  if (!pod || isWell(pod)) return undefined
  const found = ordinalFindings(set, source, relations)
  const [cause] = blame(found, {subject: podReference(pod), blockers: []}, relations)
  const isCause = cause && rankOf(cause.id) !== 'aside'
  return isCause ? troubleOf(cause, relations.snapshot.observedAt) : podTrouble(pod, relations)
}

function nameTaken({holder, source}: Slot, set: StatefulSet, relations: Relations): Trouble | undefined {
  if (!holder || isTerminating(holder) || isAdoptable(set, holder)) return undefined
  const finding = nameHeld({set, ordinal: source, relations})
  return troubleOf(finding, relations.snapshot.observedAt)
}

function claimDeleted(slot: Slot, set: StatefulSet, {snapshot}: Relations): Trouble | undefined {
  const {claims, pod} = slot
  const isNeeded = pod === undefined || pod.status?.phase === 'Pending'
  const claim = isNeeded ? claims.find(({metadata}) => metadata?.deletionTimestamp) : undefined
  if (!claim) return undefined
  const since = claim.metadata?.deletionTimestamp
  const text = `pvc ${nameOf(claim)} is being deleted`
  const isStalled = secondsBetween(since, snapshot.observedAt) > CLAIM_DELETED_SECONDS
  const proof = `pvc/${nameOf(claim)} metadata.deletionTimestamp=${since}`
  return refusedTrouble(slot, set, {text, since, isStalled}, proof)
}

function claimOfEarlierPod({source}: Slot, set: StatefulSet, relations: Relations): Trouble | undefined {
  return troubleOf(staleClaim({set, ordinal: source, relations}), relations.snapshot.observedAt)
}
