import {nameOf, namespaceOf, type ObjectReference, type StatefulSet} from '../../../model/objects.ts'
import {isTerminating} from '../../../model/pod.ts'
import type {Slot, StatefulSetFacts} from '../../../model/rollout/stateful-set-facts.ts'
import {fewText} from '../../words.ts'

/** `StatefulSet db`. */
export function setText(set: StatefulSet): string {
  return `StatefulSet ${nameOf(set)}`
}

export function setReference(set: StatefulSet): ObjectReference {
  return {kind: 'StatefulSet', namespace: namespaceOf(set), name: nameOf(set)}
}

/** `db-4, db-3`; of many only a few. */
export function slotsText(slots: readonly Slot[]): string {
  return fewText(slots.map(({name}) => name))
}

/** Ordinals whose Pod is there, of another revision than the update's, and not terminating; the topmost first. */
export function oldSlots({slots, updateRevision}: StatefulSetFacts): readonly Slot[] {
  return slots
    .filter(({pod, revision}) => pod && !isTerminating(pod) && revision !== updateRevision)
    .toReversed()
}
