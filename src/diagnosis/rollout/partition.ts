import {nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import {partitionOf, type Slot, type StatefulSetFacts} from '../../model/rollout/stateful-set-facts.ts'
import {strategyOf} from '../../model/rollout/stateful-set-next.ts'
import {ordinalStart} from '../../model/stateful-set.ts'
import {kubectl} from '../command-line.ts'
import type {Finding, Rule} from '../finding.ts'
import {oldSlots, setReference, setText, slotsText} from './set-parts.ts'
import type {RolloutSubject} from './subject.ts'

/** The partition is past the last ordinal: whatever the template says, no Pod may get it. */
export const partitionAllHeld: Rule<RolloutSubject> = ({facts}) => {
  const held = heldSlots(facts)
  const partition = partitionOf(facts.set)
  if (held.length === 0 || partition < facts.slots.length) return undefined
  return partitionFinding(facts, held, {
    id: 'sts-partition-all-held',
    message: `${setText(facts.set)} updates none of its ${facts.slots.length} Pods: its partition is ${partition}`,
  })
}

/** All that the partition lets go has gone; the rest waits for a person, by design. */
export const partitionHold: Rule<RolloutSubject> = ({facts, next}) => {
  const held = heldSlots(facts)
  if (held.length === 0 || next.waitsFor?.reason !== 'Partition') return undefined
  return partitionFinding(facts, held, {
    id: 'sts-partition-hold',
    message: `The partition of ${setText(facts.set)} holds ${slotsText(held)} back: all above it are updated`,
  })
}

function heldSlots(facts: StatefulSetFacts): readonly Slot[] {
  const isPartitioned = strategyOf(facts.set) === 'RollingUpdate' && partitionOf(facts.set) > 0
  return isPartitioned ? oldSlots(facts).filter(({isHeld}) => isHeld) : []
}

function partitionFinding(
  {set, updateRevision}: StatefulSetFacts,
  held: readonly Slot[],
  finding: Pick<Finding, 'id' | 'message'>,
): Finding {
  return {
    ...finding,
    severity: 'info',
    object: setReference(set),
    evidence: [
      `statefulset/${nameOf(set)} spec.updateStrategy.rollingUpdate.partition=${partitionOf(set)}`,
      `${held.length} of its Pods are not of updateRevision ${updateRevision}`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: held[0] ? [lowerTo(set, held[0].ordinal - ordinalStart(set))] : [],
      advice: `that updates ${held[0]?.name} next; a partition of 0 updates all`,
      danger: 'every Pod that is let go is down until it is back',
      rung: 1,
    },
  }
}

/** The partition counts from the first ordinal. */
function lowerTo(set: StatefulSet, partition: number): string {
  const patch = JSON.stringify({spec: {updateStrategy: {rollingUpdate: {partition}}}})
  return kubectl('patch', 'sts', '-n', namespaceOf(set), nameOf(set), '-p', patch)
}

/**
 * A raised partition takes no update back: only Pods that are made anew below it get the revision before. Once all Pods
 * of the set are updated there is no revision before any more, whatever the partition (completeUpdate, 1.31 to 1.37).
 */
export const partitionRaised: Rule<RolloutSubject> = ({facts}) => {
  const {set, updateRevision} = facts
  const ahead = facts.slots
    .filter(
      ({isHeld, pod, revision, target}) =>
        isHeld && pod && revision === updateRevision && target !== revision,
    )
    .toReversed()
  const [first] = ahead
  if (!first || strategyOf(set) !== 'RollingUpdate') return undefined
  return {
    id: 'sts-partition-raised-after-update',
    severity: 'warning',
    message: `${slotsText(ahead)} of ${setText(set)} ${ahead.length === 1 ? 'is' : 'are'} below its partition ${partitionOf(set)} and already updated: a raised partition takes nothing back`,
    object: setReference(set),
    evidence: [
      `statefulset/${nameOf(set)} spec.updateStrategy.rollingUpdate.partition=${partitionOf(set)}`,
      `pod/${first.name} label controller-revision-hash=${updateRevision}, while new Pods there are made from ${first.target}`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: [
        kubectl('get', 'controllerrevisions', '-n', namespaceOf(set), first.target, '-o', 'yaml'),
        ...ahead.map(({name}) => kubectl('delete', 'pod', '-n', namespaceOf(set), name)),
      ],
      advice: `nothing needs to be done if they may stay as they are; to take them back to ${first.target}, delete them one by one, each when the one before is ready again`,
      danger:
        'the older revision may not be able to read data that the newer one has written; each is down until it is back',
      rung: 2,
    },
  }
}
