import {isAvailable, isTerminating} from '../pod.ts'
import {isRunningReady, isUnavailable, type Slot, type StatefulSetFacts} from './stateful-set-facts.ts'
import {deletion, type Visit} from './stateful-set-replica.ts'
import {waitForSlot} from './stateful-set-waits.ts'

/**
 * Mirrors processCondemned (1.22 to 1.37): an ordered set takes one at a time from the top, and never while a lower one
 * is unhealthy, unless that is the only one.
 */
export function visitCondemned(slot: Slot, facts: StatefulSetFacts): Visit {
  const {pod} = slot
  if (!pod) return {actions: [], verdict: 'go on'}
  if (isTerminating(pod)) return {actions: [], wait: waitForSlot(slot, facts), verdict: 'stop'}
  const first = firstUnhealthy(facts)
  const isHealthy = isRunningReady(pod) && isAvailable(pod, facts.minReadySeconds, facts.now)
  if (facts.isOrdered && !isHealthy && first !== slot) {
    return {actions: [], wait: waitForSlot(first ?? slot, facts), verdict: 'stop'}
  }
  return {actions: [deletion(slot)], verdict: 'stop'}
}

/** The lowest unhealthy ordinal that should exist, else the lowest one that is condemned. */
function firstUnhealthy(facts: StatefulSetFacts): Slot | undefined {
  const isUnhealthy = (slot: Slot) => isUnavailable(slot, facts)
  return facts.slots.find(isUnhealthy) ?? facts.condemned.findLast(isUnhealthy)
}
