import type {StatefulSet} from '../objects.ts'
import {isTerminating} from '../pod.ts'
import {IDLE, type NextStep, type PodAction, type Wait, waiting} from './next-step.ts'
import {visitCondemned} from './stateful-set-condemned.ts'
import {isServing, type Slot, type StatefulSetFacts} from './stateful-set-facts.ts'
import {deletion, type Visit, visitReplica} from './stateful-set-replica.ts'
import {updateStep} from './stateful-set-update.ts'
import {waitForSlot} from './stateful-set-waits.ts'

/**
 * What the controller does in its next sync: it creates what is missing, deletes what is too many, then updates.
 * Mirrors updateStatefulSet in pkg/controller/statefulset/stateful_set_control.go (1.20 to 1.38).
 */
export function statefulSetNext(facts: StatefulSetFacts): NextStep {
  if (facts.set.metadata?.deletionTimestamp) {
    return waiting({reason: 'SetDeletion', message: 'the set itself to be gone'})
  }
  const type = strategyOf(facts.set)
  const recreation = type === 'Recreate' ? recreateStep(facts) : undefined
  if (recreation) return recreation
  const {actions, wait, isOver} = scaled(facts)
  if (isOver) return stepOf(actions, wait)
  const update = type === 'RollingUpdate' ? updateStep(facts) : IDLE
  return stepOf([...actions, ...update.actions], update.waitsFor ?? wait ?? restWait(facts, type))
}

/** What is missing, and what is too many: nothing more where the first of the two ends the sync. */
function scaled(facts: StatefulSetFacts): Turn {
  const replicas = () => inTurn(facts.slots, facts, visitReplica)
  const condemned = () => inTurn(facts.condemned, facts, visitCondemned)
  const isDeletedFirst = !facts.isOrdered && facts.rules.deletesBeforeCreating
  const first = isDeletedFirst ? condemned() : replicas()
  if (first.isOver) return first
  const second = isDeletedFirst ? replicas() : condemned()
  const wait = second.isOver
    ? second.wait
    : isDeletedFirst
      ? (first.wait ?? second.wait)
      : (second.wait ?? first.wait)
  return {actions: [...first.actions, ...second.actions], wait, isOver: second.isOver}
}

export function strategyOf({spec}: StatefulSet): string {
  return spec?.updateStrategy?.type ?? 'RollingUpdate'
}

interface Turn {
  readonly actions: readonly PodAction[]
  readonly wait: Wait | undefined
  readonly isOver: boolean
}

/** An ordered set visits one after the other; a parallel one all, in batches of which none follows an error. */
function inTurn(
  slots: readonly Slot[],
  facts: StatefulSetFacts,
  visit: (slot: Slot, facts: StatefulSetFacts) => Visit,
): Turn {
  const visits: Visit[] = []
  for (const batch of batchesOf(slots, facts)) {
    visits.push(...batch.map((slot) => visit(slot, facts)))
    const ending = visits.find(({verdict}) => verdict === 'error' || (facts.isOrdered && verdict === 'stop'))
    if (ending) return {...joined(visits), wait: ending.wait, isOver: true}
  }
  return {...joined(visits), isOver: false}
}

function joined(visits: readonly Visit[]): Omit<Turn, 'isOver'> {
  return {actions: visits.flatMap(({actions}) => actions), wait: visits.find(({wait}) => wait)?.wait}
}

const LARGEST_BATCH = 500

/** 1, 2, 4 … 500 (slowStartBatch) for a parallel set. */
function batchesOf(
  slots: readonly Slot[],
  {isOrdered, rules}: StatefulSetFacts,
): readonly (readonly Slot[])[] {
  if (isOrdered || !rules.createsInBatches) return slots.map((slot) => [slot])
  const batches: (readonly Slot[])[] = []
  for (let start = 0, size = 1; start < slots.length; size = Math.min(2 * size, LARGEST_BATCH)) {
    batches.push(slots.slice(start, start + size))
    start += size
  }
  return batches
}

/** A Pod may be deleted twice in one sync: that is one deletion. */
function stepOf(actions: readonly PodAction[], wait: Wait | undefined): NextStep {
  const unique = new Map(actions.map((each) => [`${each.action} ${each.pod}`, each]))
  return unique.size > 0 ? {...IDLE, actions: [...unique.values()]} : {...IDLE, waitsFor: wait ?? null}
}

/** Mirrors recreateDeleteAndWait (1.37): every Pod of another revision goes at once, and nothing is created before the last is gone. */
function recreateStep(facts: StatefulSetFacts): NextStep | undefined {
  const old = [...facts.slots, ...facts.condemned].filter(
    ({pod, revision}) => pod && revision !== facts.updateRevision,
  )
  const [first] = old
  if (!first) return undefined
  const live = old.filter(({pod}) => pod && !isTerminating(pod))
  return live.length > 0 ? {...IDLE, actions: live.map(deletion)} : waiting(waitForSlot(first, facts))
}

/** What is left when the controller itself has nothing to do: Pods that are to become available, or a person. */
function restWait(facts: StatefulSetFacts, type: string): Wait | undefined {
  const unavailable = facts.slots.find((slot) => !isServing(slot, facts))
  if (unavailable) return waitForSlot(unavailable, facts)
  const old = facts.slots.filter(({revision}) => revision !== facts.updateRevision).map(({name}) => name)
  if (old.length === 0) return undefined
  const pods = old.length === 1 ? `${old[0]}` : `${old.length} old Pods`
  return type === 'OnDelete'
    ? {reason: 'OnDelete', message: `somebody to delete ${pods}`}
    : {reason: 'Partition', message: `somebody to lower the partition: it holds ${pods}`}
}
