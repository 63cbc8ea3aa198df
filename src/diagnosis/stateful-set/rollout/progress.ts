import type {Relations} from '../../../model/relations.ts'
import type {NextStep} from '../../../model/rollout/next-step.ts'
import {isUnavailable, type Slot, type StatefulSetFacts} from '../../../model/rollout/stateful-set-facts.ts'
import {type Trouble, troubleOf} from '../../trouble.ts'
import {lacksVolume} from './lacks-volume.ts'
import {heldByCondemned} from './quota-held.ts'
import {slotTrouble} from './slot-trouble.ts'
import type {SlotBlocker} from './subject.ts'

/** What blocks a rollout, and whether anything else still moves. */
export interface StatefulSetProgress {
  /** The one to look at first. */
  readonly blocker: SlotBlocker | undefined
  /** Ordinals without a Pod that do not get one, the blocker included. */
  readonly missing: readonly SlotBlocker[]
  /** All that has to move is stalled. */
  readonly isStalled: boolean
}

/** Of the ordinals that have to move next: who is in trouble, and whether all of them are beyond waiting for. */
export function statefulSetProgress(
  next: NextStep,
  facts: StatefulSetFacts,
  relations: Relations,
): StatefulSetProgress {
  const awaited = awaitedSlots(next, facts)
  const troubled = awaited
    .map((slot) => ({slot, trouble: troubleAt(slot, next, facts, relations)}))
    .filter((each): each is SlotBlocker => each.trouble !== undefined)
  const stalled = troubled.filter(({trouble}) => trouble.isStalled)
  const isMoving = next.actions.some(({action}) => action === 'Delete')
  return {
    blocker: stalled[0] ?? troubled[0],
    missing: troubled.filter(({slot}) => !slot.pod),
    isStalled: !isMoving && awaited.length > 0 && stalled.length === awaited.length,
  }
}

/** Those that are to be created, or that are waited for: within a budget all that use it up, the topmost first. */
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

function troubleAt(
  slot: Slot,
  next: NextStep,
  facts: StatefulSetFacts,
  relations: Relations,
): Trouble | undefined {
  const {waitsFor} = next
  if (waitsFor?.reason === 'PodUpdate' && waitsFor.ordinal === slot.ordinal)
    return troubleOf(lacksVolume(slot, facts), facts.now)
  const trouble = slotTrouble(slot, facts.set, relations)
  const finding = trouble?.finding && heldByCondemned(trouble.finding, next, facts)
  return trouble && finding ? {...trouble, finding, message: finding.message} : trouble
}
