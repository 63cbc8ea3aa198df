import {nameOf, namespaceOf} from '../../model/objects.ts'
import {strategyOf} from '../../model/rollout/stateful-set-next.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import {oldSlots, setReference, setText, slotsText} from './set-parts.ts'
import type {RolloutSubject} from './subject.ts'

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
    message: `${setText(set)} updates a Pod when somebody deletes it (OnDelete), and waits for that with ${slotsText(old)}`,
    object: setReference(set),
    evidence: [
      `statefulset/${nameOf(set)} spec.updateStrategy.type=OnDelete`,
      `pod/${first.name} label controller-revision-hash=${first.revision || '<none>'}, updateRevision ${updateRevision}`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('delete', 'pod', '-n', namespaceOf(set), first.name)],
      advice: 'one at a time: wait until it is ready again',
      danger: `${first.name} is down until it is back, so see that the members can do without it; its claims stay`,
      rung: 2,
    },
  }
}
