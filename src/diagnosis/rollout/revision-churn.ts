import {controllerUid, nameOf, namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import {fewText} from '../few.ts'
import type {Rule} from '../finding.ts'
import {type WorkloadSubject, workloadEvidence, workloadReference, workloadText} from './workload.ts'

/** A person who mends a template by trial and error makes fewer within that time. */
const MANY_REVISIONS = 4
const CHURN_SECONDS = 900

/** Somebody rewrites the template again and again: no rollout ends before the next one begins. */
export const revisionChurn: Rule<WorkloadSubject> = (subject) => {
  const {set, relations} = subject
  const {observedAt, controllerRevisions} = relations.snapshot
  const recent = controllerRevisions
    .filter((revision) => controllerUid(revision) === set.metadata?.uid)
    .filter(({metadata}) => secondsBetween(metadata?.creationTimestamp, observedAt) < CHURN_SECONDS)
    .toSorted((left, right) => right.revision - left.revision)
  if (recent.length < MANY_REVISIONS) return undefined
  const names = recent.map(nameOf)
  const since = recent.at(-1)?.metadata?.creationTimestamp
  return {
    id: 'sts-revision-churn',
    severity: 'warning',
    message: `The template of ${workloadText(subject)} has changed ${recent.length} times within ${CHURN_SECONDS / 60} minutes: somebody, or something, keeps rewriting it`,
    object: workloadReference(subject),
    ...(since && {since}),
    evidence: [`controllerrevisions of ${workloadEvidence(subject)}: ${fewText(names)}`],
    selfHealing: 'no',
    remedy: {
      commands: names
        .slice(0, 2)
        .map((name) => kubectl('get', 'controllerrevisions', '-n', namespaceOf(set), name, '-o', 'yaml')),
      advice:
        'compare the two: what differs says who it is; an operator, a GitOps tool and a webhook may undo each other for ever',
      danger: '',
      rung: 0,
    },
  }
}
