import {nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {revisionOf, type Slot, type StatefulSetFacts} from '../../model/rollout/stateful-set-facts.ts'
import {strategyOf} from '../../model/rollout/stateful-set-next.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import {isOverdue} from '../overdue.ts'
import {oldSlots, setReference, setText, slotsText} from './set-parts.ts'
import type {RolloutSubject} from './subject.ts'

/** All old Pods were told to stop, and none is made before the last of them is gone (KEP-3541). */
export const recreateTerminating: Rule<RolloutSubject> = ({facts}) => {
  const {set, now} = facts
  const old = oldPods(facts)
  const [first] = old
  if (!first || strategyOf(set) !== 'Recreate' || !old.every(isLeaving)) return undefined
  const late = old.filter(({pod}) => pod && isOverdue(pod, now))
  return {
    id: 'sts-recreate-terminating',
    severity: late.length > 0 ? 'warning' : 'info',
    message: `${setText(set)} makes no new Pod before its old ones are gone (Recreate), and ${slotsText(late.length > 0 ? late : old)} ${old.length === 1 ? 'is' : 'are'} still stopping`,
    object: setReference(set),
    evidence: [
      `statefulset/${nameOf(set)} spec.updateStrategy.type=Recreate`,
      `pod/${first.name} metadata.deletionTimestamp=${first.pod?.metadata?.deletionTimestamp}`,
      ...progressing(set),
    ],
    selfHealing: late.length > 0 ? 'maybe' : 'yes',
    remedy: {
      commands: (late.length > 0 ? late : old)
        .slice(0, 1)
        .map(({name}) => kubectl('describe', 'pod', '-n', namespaceOf(set), name)),
      advice: 'wait: that all are down meanwhile is what Recreate means',
      danger: '',
      rung: 0,
    },
  }
}

/** Nobody but a controller with Recreate writes conditions of a StatefulSet. */
function progressing({status, metadata}: StatefulSet): readonly string[] {
  const condition = status?.conditions?.find(({type}) => type === 'Progressing')
  return condition?.reason
    ? [`statefulset/${metadata?.name} condition Progressing=${condition.status}, reason ${condition.reason}`]
    : []
}

function oldPods({slots, condemned, updateRevision}: StatefulSetFacts): readonly Slot[] {
  return [...slots, ...condemned].filter(({pod}) => pod && revisionOf(pod) !== updateRevision)
}

function isLeaving({pod}: Slot): boolean {
  return pod !== undefined && isTerminating(pod)
}

/**
 * New Pods beside old ones that nobody has told to stop: no controller that knows Recreate leaves that behind. One up
 * to 1.36, beside a newer API server, takes the unknown type for RollingUpdate.
 */
export const recreateRolls: Rule<RolloutSubject> = ({facts}) => {
  const {set, updateRevision} = facts
  const [old] = oldSlots(facts)
  const updated = facts.slots.find(({pod}) => pod && revisionOf(pod) === updateRevision)
  if (strategyOf(set) !== 'Recreate' || !old || !updated) return undefined
  return {
    id: 'sts-recreate-ignored',
    severity: 'warning',
    message: `${setText(set)} says Recreate and is updated Pod by Pod: its controller does not know that strategy`,
    object: setReference(set),
    evidence: [
      `statefulset/${nameOf(set)} spec.updateStrategy.type=Recreate`,
      `pod/${updated.name} is of updateRevision ${updateRevision}, while pod/${old.name} is of ${old.revision || '<none>'} and not told to stop`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('get', 'sts', '-n', namespaceOf(set), nameOf(set), '-o', 'yaml')],
      advice:
        'bring kube-controller-manager to the version of the API server, with its feature gate StatefulSetRecreateStrategy on, or change spec.updateStrategy.type',
      danger: 'with the gate on, all old Pods are stopped at once',
      rung: 1,
    },
  }
}
