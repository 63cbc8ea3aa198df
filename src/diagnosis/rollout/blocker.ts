import type {Relations} from '../../model/relations.ts'
import type {NextStep} from '../../model/rollout/next-step.ts'
import {isUnavailable, type Slot, type StatefulSetFacts} from '../../model/rollout/stateful-set-facts.ts'
import type {HoldUp} from './hold-up.ts'
import {slotHoldUp} from './slot-hold-up.ts'

/** An ordinal that the rollout can't do without, and what is wrong with it. */
export interface SlotBlocker {
  readonly slot: Slot
  readonly holdUp: HoldUp
}

/** What holds a rollout up, and whether anything else still moves. */
export interface Standing {
  /** The one to look at first. */
  readonly blocker: SlotBlocker | undefined
  /** All that has to move is stuck. */
  readonly isStalled: boolean
}

/** Of the ordinals that have to move next: who is in trouble, and whether all of them are beyond waiting for. */
export function standingOf(next: NextStep, facts: StatefulSetFacts, relations: Relations): Standing {
  const awaited = awaitedSlots(next, facts)
  const troubled = awaited
    .map((slot) => ({slot, holdUp: holdUpOf(slot, next, facts, relations)}))
    .filter((each): each is SlotBlocker => each.holdUp !== undefined)
  const stuck = troubled.filter(({holdUp}) => holdUp.isStuck)
  const isMoving = next.actions.some(({action}) => action === 'Delete')
  return {
    blocker: stuck[0] ?? troubled[0],
    isStalled: !isMoving && awaited.length > 0 && stuck.length === awaited.length,
  }
}

/** Those that are to be made, or that are waited for: within a budget all that use it up, the topmost first. */
function awaitedSlots({actions, waitsFor}: NextStep, facts: StatefulSetFacts): readonly Slot[] {
  const all = [...facts.condemned, ...facts.slots.toReversed()]
  if (actions.length > 0) {
    return all.filter(({name}) => actions.some(({action, pod}) => action === 'Create' && pod === name))
  }
  const awaited = all.filter(({ordinal}) => ordinal === waitsFor?.ordinal)
  const isShared =
    waitsFor?.reason === 'PodReady' && !facts.isOrdered && facts.rules.maxUnavailable !== 'ignored'
  return isShared ? all.filter((slot) => isUnavailable(slot, facts)) : awaited
}

function holdUpOf(
  slot: Slot,
  {waitsFor}: NextStep,
  {set}: StatefulSetFacts,
  relations: Relations,
): HoldUp | undefined {
  if (waitsFor?.reason !== 'PodUpdate' || waitsFor.ordinal !== slot.ordinal)
    return slotHoldUp(slot, set, relations)
  return {
    text: "lacks a volume of the set, and a Pod's volumes can't be changed",
    since: undefined,
    isStuck: true,
  }
}
