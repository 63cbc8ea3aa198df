import {nameOf, namespaceOf, type StatefulSet} from '../../../model/objects.ts'
import {isTerminating} from '../../../model/pod.ts'
import {revisionOf, type Slot, type StatefulSetFacts} from '../../../model/rollout/stateful-set-facts.ts'
import {strategyOf} from '../../../model/rollout/stateful-set-next.ts'
import type {Causes} from '../../cause.ts'
import type {Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {isOverdue} from '../../pod/grace-period-over.ts'
import type {RolloutSubject} from './subject.ts'
import {oldSlots, setReference, setText, slotsText} from './words.ts'

export const causes = {
  'sts-recreate-terminating': {
    title: 'recreation waits for Pods to end',
    applies: ['StatefulSet'],
    sign: 'The strategy is `Recreate` (alpha in 1.37): the old Pods are being terminated, and no new one is created before the last of them is gone. The condition `Progressing` has reason `RecreateInProgress`.',
    remedy:
      'Find the Pod that takes longest to end, and see why it does not go. The whole set is down until then; that is what the strategy means.',
  },
  'sts-recreate-ignored': {
    title: 'controller does not apply Recreate',
    applies: ['StatefulSet'],
    sign: 'The set says `Recreate`, and kube-controller-manager does not do it. One of 1.36 or older does not know the strategy and updates Pod by Pod; from 1.37 on, with the gate `StatefulSetRecreateStrategy` off, it stops altogether with the warning `UnknownStrategy`.',
    remedy:
      'Bring kube-controller-manager to the version of the API server with the gate switched on, or change the type to `RollingUpdate`.',
    risk: 'with the gate on, all old Pods are stopped at once',
  },
} satisfies Causes

export const RECREATE_IGNORED = 'sts-recreate-ignored' satisfies keyof typeof causes

/** All old Pods are terminating, and none is created before the last of them is gone (KEP-3541). */
export const recreateTerminating: Rule<RolloutSubject> = ({facts}) => {
  const {set, now} = facts
  const old = oldPods(facts)
  const [first] = old
  if (!first || strategyOf(set) !== 'Recreate' || !old.every(hasTerminatingPod)) return undefined
  const late = old.filter(({pod}) => pod && isOverdue(pod, now))
  return {
    id: 'sts-recreate-terminating',
    severity: late.length > 0 ? 'warning' : 'info',
    message: `${slotsText(late.length > 0 ? late : old)} ${old.length === 1 ? 'is' : 'are'} still terminating, and no new Pod is created before (Recreate, ${setText(set)})`,
    object: setReference(set),
    evidence: [
      `statefulset/${nameOf(set)} spec.updateStrategy.type=Recreate`,
      `pod/${first.name} metadata.deletionTimestamp=${first.pod?.metadata?.deletionTimestamp}`,
      ...progressing(set),
    ],
    selfHealing: late.length > 0 ? 'maybe' : 'yes',
    remedy: {
      look: (late.length > 0 ? late : old)
        .slice(0, 1)
        .map(({name}) => kubectl('describe', 'pod', '-n', namespaceOf(set), name)),
      act: [{text: 'wait: that all are down meanwhile is what Recreate means', commands: []}],
      risk: '',
      avoid: '',
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

function hasTerminatingPod({pod}: Slot): boolean {
  return pod !== undefined && isTerminating(pod)
}

/**
 * New Pods beside old ones that are not terminating: no controller that knows Recreate leaves that behind. One up
 * to 1.36, beside a newer API server, takes the unknown type for RollingUpdate.
 */
export const recreateRolls: Rule<RolloutSubject> = ({facts}) => {
  const {set, updateRevision} = facts
  const [old] = oldSlots(facts)
  const updated = facts.slots.find(({pod}) => pod && revisionOf(pod) === updateRevision)
  if (strategyOf(set) !== 'Recreate' || !old || !updated) return undefined
  return {
    id: RECREATE_IGNORED,
    severity: 'warning',
    message: `The controller of ${setText(set)} does not know its strategy Recreate, and updates it Pod by Pod`,
    object: setReference(set),
    evidence: [
      `statefulset/${nameOf(set)} spec.updateStrategy.type=Recreate`,
      `pod/${updated.name} is of updateRevision ${updateRevision}`,
      `pod/${old.name} is of ${old.revision || '<none>'} and not terminating`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'sts', '-n', namespaceOf(set), nameOf(set), '-o', 'yaml')],
      act: [
        {text: 'change spec.updateStrategy.type to RollingUpdate', commands: []},
        {
          text: 'bring kube-controller-manager to the version of the API server, with its feature gate StatefulSetRecreateStrategy on',
          commands: [],
        },
      ],
      risk: causes['sts-recreate-ignored'].risk,
      avoid: '',
      rung: 1,
    },
  }
}
