import {scaled} from '../int-or-percent.ts'
import {isAvailable} from '../pod.ts'
import {desiredReplicas} from '../stateful-set.ts'
import {IDLE, type NextStep, waiting} from './next-step.ts'
import {isOutdated, isUnavailable, type Slot, type StatefulSetFacts} from './stateful-set-facts.ts'
import {deletion} from './stateful-set-replica.ts'
import {waitForSlot} from './stateful-set-waits.ts'

/** The last part of a sync: which Pods of other revisions go now (updateStatefulSet, 1.20 to 1.37). */
export function updateStep(facts: StatefulSetFacts): NextStep {
  return facts.rules.maxUnavailable === 'ignored' ? oneAtATime(facts) : withinBudget(facts)
}

/** From the top down to the partition: the first old one goes, the first unavailable one is waited for. */
function oneAtATime(facts: StatefulSetFacts): NextStep {
  for (const slot of updatable(facts)) {
    if (isOutdated(slot, facts)) return {...IDLE, actions: [deletion(slot)]}
    if (isUnavailable(slot, facts)) return waiting(waitForSlot(slot, facts))
  }
  return IDLE
}

/** Mirrors updateStatefulSetAfterInvariantEstablished, where unavailable Pods below the partition count as well. */
function withinBudget(facts: StatefulSetFacts): NextStep {
  const unavailable = facts.slots.filter((slot) => isUnavailable(slot, facts))
  const room = maxUnavailableOf(facts) - unavailable.length
  const isTwoPhases = facts.rules.maxUnavailable === 'two-phases' && !facts.isOrdered
  const hasBroken = isTwoPhases && unavailable.some((slot) => isOutdated(slot, facts))
  if (room <= 0 && !hasBroken) return unavailable.length > 0 ? waitForLast(unavailable, facts) : IDLE
  const old = updatable(facts).filter((slot) => isOutdated(slot, facts))
  const victims = isTwoPhases ? inTwoPhases(old, room, facts) : old.slice(0, Math.max(0, room))
  if (victims.length > 0) return {...IDLE, actions: victims.map(deletion)}
  return unavailable.length > 0 ? waitForLast(unavailable, facts) : IDLE
}

/** kubernetes#137666: what is broken anyway goes at once, and what works as far as there is room. */
function inTwoPhases(old: readonly Slot[], room: number, facts: StatefulSetFacts): readonly Slot[] {
  const {minReadySeconds, now} = facts
  const isUp = ({pod}: Slot) => pod !== undefined && isAvailable(pod, minReadySeconds, now)
  return [...old.filter((slot) => !isUp(slot)), ...old.filter(isUp).slice(0, Math.max(0, room))]
}

function updatable({slots}: StatefulSetFacts): readonly Slot[] {
  return slots.filter(({isHeld}) => !isHeld).toReversed()
}

/** The one that the queue comes to first. */
function waitForLast(unavailable: readonly Slot[], facts: StatefulSetFacts): NextStep {
  const last = unavailable.at(-1)
  return last ? waiting(waitForSlot(last, facts)) : IDLE
}

/** Of a percentage the whole part, and never less than one (getStatefulSetMaxUnavailable); 1 for what is no number. */
export function maxUnavailableOf({set}: Pick<StatefulSetFacts, 'set'>): number {
  const {maxUnavailable} = set.spec?.updateStrategy?.rollingUpdate ?? {}
  return Math.max(1, scaled(maxUnavailable, desiredReplicas(set), 'down') ?? 1)
}
