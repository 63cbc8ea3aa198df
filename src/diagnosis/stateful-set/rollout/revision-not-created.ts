import {nameOf, namespaceOf} from '../../../model/objects.ts'
import {strategyOf} from '../../../model/rollout/stateful-set-next.ts'
import type {Causes} from '../../cause.ts'
import type {Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {RECENT_EDIT_SECONDS, SAME_EDIT_SECONDS, secondsBetween} from '../../patience.ts'
import {changedAt} from '../../workload/changed-at.ts'
import type {RolloutSubject} from './subject.ts'
import {setReference, setText} from './words.ts'

export const causes = {
  'sts-revision-not-created': {
    title: 'edit did not touch the template',
    applies: ['StatefulSet'],
    sign: 'Something was changed and nothing rolls: `updateRevision` is what it was. Only an edit of `spec.template` creates a revision; a changed ConfigMap, Secret or strategy does not.',
    remedy: 'If the Pods should take the change up, `kubectl rollout restart statefulset/<set>`.',
    risk: 'every Pod is recreated, one after the other',
    rank: 'aside',
  },
} satisfies Causes

/**
 * The set was changed, and not its template: nothing is to be rolled out. Undefined where nobody wrote down when it was
 * changed (managedFields). An undo creates no new revision either, but new Pods.
 */
export const revisionNotCreated: Rule<RolloutSubject> = ({facts, next, relations}) => {
  const {set, slots, updateRevision, now} = facts
  const since = changedAt(set)
  const isQuiet =
    next.actions.length === 0 && slots.every(({pod, revision}) => pod && revision === updateRevision)
  if (since === undefined || !isQuiet || !(secondsBetween(since, now) < RECENT_EDIT_SECONDS)) return undefined
  const revisions = relations.revisionsOf(set.metadata?.uid)
  const isOlder = (time: string | undefined) => secondsBetween(time, since) > SAME_EDIT_SECONDS
  const times = [...revisions, ...slots.map(({pod}) => pod ?? {})].map(
    ({metadata}) => metadata?.creationTimestamp,
  )
  if (revisions.length === 0 || slots.length === 0 || !times.every(isOlder)) return undefined
  return {
    id: 'sts-revision-not-created',
    severity: 'info',
    message: `The last change of ${setText(set)} did not touch its Pod template, so there is nothing to roll out`,
    object: setReference(set),
    since,
    evidence: [
      `statefulset/${nameOf(set)} metadata.managedFields: changed at ${since}`,
      `updateRevision ${updateRevision} is older, and all Pods are of it`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'sts', '-n', namespaceOf(set), nameOf(set), '-o', 'yaml')],
      act: [
        {
          text: `only if the Pods should be recreated, as for a changed ConfigMap or Secret: restart them${strategyOf(set) === 'OnDelete' ? '; with OnDelete that, too, waits for somebody to delete them' : ''}`,
          commands: [kubectl('rollout', 'restart', 'sts', '-n', namespaceOf(set), nameOf(set))],
        },
      ],
      risk: causes['sts-revision-not-created'].risk,
      avoid: '',
      rung: 1,
    },
  }
}
