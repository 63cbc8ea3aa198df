import {nameOf, namespaceOf} from '../../../model/objects.ts'
import {strategyOf} from '../../../model/rollout/stateful-set-next.ts'
import type {Causes} from '../../cause.ts'
import type {Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {FEW} from '../../words.ts'
import {leftToOperator} from '../../workload/owner.ts'
import type {RolloutSubject} from './subject.ts'
import {oldSlots, setReference, setText, slotsText} from './words.ts'

export const causes = {
  'sts-ondelete-waiting': {
    title: 'Pods wait to be deleted',
    applies: ['StatefulSet'],
    sign: '`updateStrategy` is `OnDelete` and some Pods are of an old revision. The controller creates new ones only in the place of those that a person deletes. Up to 1.36 `currentRevision` stays old even when all is done: go by the labels of the Pods.',
    remedy:
      "If an operator owns the set, leave the Pods to it, and look at its owner's status. Else `kubectl delete pod <pod>` one at a time, and wait until it is ready before the next.",
    risk: 'each deletion takes one member down for a while: mind the quorum',
    rank: 'aside',
  },
} satisfies Causes

/**
 * By design nothing is replaced until somebody deletes it. Only the Pods' labels tell how far that is:
 * `currentRevision` stays the old one up to 1.36, even when all is done.
 */
export const onDeleteWaiting: Rule<RolloutSubject> = ({facts}) => {
  const {set, updateRevision} = facts
  const old = oldSlots(facts)
  const [first] = old
  if (!first || strategyOf(set) !== 'OnDelete') return undefined
  return {
    id: 'sts-ondelete-waiting',
    severity: 'info',
    message: `${setText(set)} updates a Pod only when somebody deletes it (OnDelete): ${slotsText(old)} ${old.length === 1 ? 'waits' : 'wait'} for that`,
    object: setReference(set),
    evidence: [
      `statefulset/${nameOf(set)} spec.updateStrategy.type=OnDelete`,
      `pod/${first.name} label controller-revision-hash=${first.revision || '<none>'}, updateRevision ${updateRevision}`,
    ],
    selfHealing: 'no',
    remedy: leftToOperator(set, 'replaces the members in its own order') ?? {
      look: [kubectl('get', 'pods', '-n', namespaceOf(set), ...old.slice(0, FEW).map(({name}) => name))],
      act: [
        {
          text: 'only when all members are well, and one at a time: delete a Pod, and wait until it is ready and has caught up before the next',
          commands: [kubectl('delete', 'pod', '-n', namespaceOf(set), first.name)],
        },
      ],
      risk: `${first.name} is down until it is back, so see that the members can do without it; its claims stay`,
      avoid: '',
      rung: 2,
    },
  }
}
