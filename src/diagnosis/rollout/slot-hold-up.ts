import {nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {Slot} from '../../model/rollout/stateful-set-facts.ts'
import {isAdoptable} from '../../model/stateful-set.ts'
import {secondsBetween} from '../elapsed.ts'
import {type HoldUp, podHoldUp} from './hold-up.ts'
import {refusal} from './refusal.ts'

/** A claim that nobody mounts is gone within seconds. */
const CLAIM_SECONDS = 60

/** Why an ordinal's Pod does not come, does not become ready, or does not go. */
export function slotHoldUp(slot: Slot, set: StatefulSet, relations: Relations): HoldUp | undefined {
  if (slot.pod) return podHoldUp(slot.pod, relations) ?? leavingClaim(slot, relations)
  return nameHeld(slot, set) ?? leavingClaim(slot, relations) ?? refused(slot, set, relations)
}

function nameHeld({holder}: Slot, set: StatefulSet): HoldUp | undefined {
  if (!holder || isTerminating(holder) || isAdoptable(set, holder)) return undefined
  return {
    text: `can't be made: Pod ${namespaceOf(holder)}/${nameOf(holder)} has its name and is not the set's`,
    since: holder.metadata?.creationTimestamp,
    isStuck: true,
  }
}

function leavingClaim({claims, pod}: Slot, {snapshot}: Relations): HoldUp | undefined {
  const isNeeded = pod === undefined || pod.status?.phase === 'Pending'
  const claim = isNeeded ? claims.find(({metadata}) => metadata?.deletionTimestamp) : undefined
  if (!claim) return undefined
  const since = claim.metadata?.deletionTimestamp
  return {
    text: `${pod ? 'waits' : "can't be made"}: claim ${nameOf(claim)} is being deleted`,
    since,
    isStuck: secondsBetween(since, snapshot.observedAt) > CLAIM_SECONDS,
    refusal: `pvc ${nameOf(claim)} is being deleted`,
  }
}

function refused({name}: Slot, set: StatefulSet, {snapshot, eventsOf}: Relations): HoldUp | undefined {
  const events = eventsOf('StatefulSet', namespaceOf(set), nameOf(set))
  const isAbout = (message: string | undefined) => message?.includes(`Pod ${name} in StatefulSet `) ?? false
  return refusal(
    events.filter(({message}) => isAbout(message)),
    snapshot.observedAt,
  )
}
