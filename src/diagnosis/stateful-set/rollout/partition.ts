import {nameOf, namespaceOf, type StatefulSet} from '../../../model/objects.ts'
import {partitionOf, type Slot, type StatefulSetFacts} from '../../../model/rollout/stateful-set-facts.ts'
import {strategyOf} from '../../../model/rollout/stateful-set-next.ts'
import {ordinalStart} from '../../../model/stateful-set.ts'
import type {Causes} from '../../cause.ts'
import type {Finding, Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {FEW} from '../../words.ts'
import type {RolloutSubject} from './subject.ts'
import {oldSlots, setReference, setText, slotsText} from './words.ts'

export const causes = {
  'sts-partition-hold': {
    title: 'partition holds lower ordinals back',
    applies: ['StatefulSet'],
    sign: 'All Pods from the partition upward are updated and ready, and those below it are of the old revision. That is what `updateStrategy.rollingUpdate.partition` is for; `currentRevision` and `updateRevision` stay different meanwhile.',
    remedy:
      'When you are content with the new Pods, lower the partition with `kubectl patch statefulset`; 0 finishes the update.',
    risk: 'every Pod that is let go is down until it is back',
    rank: 'aside',
  },
  'sts-partition-all-held': {
    title: 'partition holds every ordinal back',
    applies: ['StatefulSet'],
    sign: 'The partition is as high as the number of replicas or higher, so no Pod may be updated at all.',
    remedy:
      'When whoever set it agrees, lower `updateStrategy.rollingUpdate.partition` to one less than the number of replicas, and watch the topmost Pod.',
    risk: 'every Pod that is let go is down until it is back',
    rank: 'aside',
  },
  'sts-partition-raised-after-update': {
    title: 'updated Pods lie below the partition',
    applies: ['StatefulSet'],
    sign: 'A Pod with an index below the partition is of the new revision. Raising a partition takes nobody back: the controller only ever replaces Pods at or above it.',
    remedy:
      'To take them back to the current revision, `kubectl delete pod <pod>` one by one; the controller creates them again with it.',
    risk: 'the older revision may not be able to read data that the newer one has written; each is down until it is back',
    rank: 'aside',
  },
} satisfies Causes

/** The partition is past the last ordinal: whatever the template says, no Pod may get it. */
export const partitionAllHeld: Rule<RolloutSubject> = ({facts}) => {
  const held = heldSlots(facts)
  const partition = partitionOf(facts.set)
  if (held.length === 0 || partition < facts.slots.length) return undefined
  return partitionFinding(facts, held, {
    id: 'sts-partition-all-held',
    message: `The partition ${partition} holds back all ${facts.slots.length} Pods (${setText(facts.set)})`,
  })
}

/** All that the partition lets go has gone; the rest waits for a person, by design. */
export const partitionHold: Rule<RolloutSubject> = ({facts, next}) => {
  const held = heldSlots(facts)
  if (held.length === 0 || next.waitsFor?.reason !== 'Partition') return undefined
  return partitionFinding(facts, held, {
    id: 'sts-partition-hold',
    message: `The partition holds ${slotsText(held)} back, and all above it are updated (${setText(facts.set)})`,
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
  const [first] = held
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
      look: first ? [kubectl('get', 'pods', '-n', namespaceOf(set), first.name, '-o', 'wide')] : [],
      act: [
        {
          text: `only when those that are updated have proved good, and whoever set the partition agrees: lower it, which updates ${first?.name} next; a partition of 0 updates all`,
          commands: first ? [lowerTo(set, first.ordinal - ordinalStart(set))] : [],
        },
      ],
      risk: causes['sts-partition-hold'].risk,
      avoid: '',
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
 * A raised partition takes no update back: only Pods that are recreated below it get the revision before. Once all Pods
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
    message: `${slotsText(ahead)} ${ahead.length === 1 ? 'was' : 'were'} updated before the partition was raised to ${partitionOf(set)}, which takes nothing back (${setText(set)})`,
    object: setReference(set),
    evidence: [
      `statefulset/${nameOf(set)} spec.updateStrategy.rollingUpdate.partition=${partitionOf(set)}`,
      `pod/${first.name} label controller-revision-hash=${updateRevision}, while new Pods there are created from ${first.target}`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'controllerrevisions', '-n', namespaceOf(set), first.target, '-o', 'yaml')],
      act: [
        {text: 'if they may stay as they are: do nothing', commands: []},
        {
          text: `to take them back to ${first.target}: delete them one by one, each when the one before is ready again`,
          commands: ahead
            .slice(0, FEW)
            .map(({name}) => kubectl('delete', 'pod', '-n', namespaceOf(set), name)),
        },
      ],
      risk: causes['sts-partition-raised-after-update'].risk,
      avoid: '',
      rung: 2,
    },
  }
}
