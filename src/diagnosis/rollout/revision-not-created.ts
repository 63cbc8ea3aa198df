import {controllerUid, nameOf, namespaceOf} from '../../model/objects.ts'
import {strategyOf} from '../../model/rollout/stateful-set-next.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import type {Rule} from '../finding.ts'
import {changedAt} from './changed-at.ts'
import {setReference, setText} from './set-parts.ts'
import type {RolloutSubject} from './subject.ts'

/** Whoever made the change may still be wondering why no Pod moves. */
const RECENT_SECONDS = 900
/** A revision is made within that time after the change. */
const SLACK_SECONDS = 10

/**
 * The set was changed, and not its template: nothing is to be rolled out. Undefined where nobody wrote down when it was
 * changed (managedFields). An undo makes no new revision either, but new Pods.
 */
export const revisionNotCreated: Rule<RolloutSubject> = ({facts, next, relations}) => {
  const {set, slots, updateRevision, now} = facts
  const since = changedAt(set)
  const isQuiet =
    next.actions.length === 0 && slots.every(({pod, revision}) => pod && revision === updateRevision)
  if (since === undefined || !isQuiet || !(secondsBetween(since, now) < RECENT_SECONDS)) return undefined
  const revisions = relations.snapshot.controllerRevisions.filter(
    (revision) => controllerUid(revision) === set.metadata?.uid,
  )
  const isOlder = (time: string | undefined) => secondsBetween(time, since) > SLACK_SECONDS
  const times = [...revisions, ...slots.map(({pod}) => pod ?? {})].map(
    ({metadata}) => metadata?.creationTimestamp,
  )
  if (revisions.length === 0 || slots.length === 0 || !times.every(isOlder)) return undefined
  return {
    id: 'sts-revision-not-created',
    severity: 'info',
    message: `The last change of ${setText(set)} did not touch its Pod template, so there is nothing to roll out: a changed ConfigMap, Secret or strategy alone moves no Pod`,
    object: setReference(set),
    since,
    evidence: [
      `statefulset/${nameOf(set)} metadata.managedFields: changed at ${since}`,
      `updateRevision ${updateRevision} is older, and all Pods are of it`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('rollout', 'restart', 'sts', '-n', namespaceOf(set), nameOf(set))],
      advice: `only if the Pods should be made anew${strategyOf(set) === 'OnDelete' ? '; with OnDelete that, too, waits for somebody to delete them' : ''}`,
      danger: 'every Pod is made anew, one after the other',
      rung: 1,
    },
  }
}
