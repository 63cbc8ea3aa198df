import {nameOf, namespaceOf} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {CHURN_SECONDS, MANY_REVISIONS, SAME_EDIT_SECONDS, secondsBetween} from '../patience.ts'
import {fewText} from '../words.ts'
import {type WorkloadSubject, workloadEvidence, workloadReference, workloadText} from './subject.ts'

export const causes = {
  'sts-revision-churn': {
    title: 'template is rewritten over and over',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'New ControllerRevisions keep coming within minutes, each before the last rollout has finished. An operator, a GitOps tool or a webhook rewrites the template.',
    remedy:
      'Compare the last two with `kubectl get controllerrevisions -o yaml`, and find the writer in `metadata.managedFields` of the set.',
    rank: 'aside',
  },
} satisfies Causes

/** Somebody rewrites the template again and again: no rollout ends before the next one begins. */
export const revisionChurn: Rule<WorkloadSubject> = (subject) => {
  const {set, relations} = subject
  const {observedAt} = relations.snapshot
  const recent = relations
    .revisionsOf(set.metadata?.uid)
    .filter(({metadata}) => secondsBetween(metadata?.creationTimestamp, observedAt) < CHURN_SECONDS)
    .filter(({metadata}) => isEdit(metadata?.creationTimestamp, set.metadata?.creationTimestamp))
    .toSorted((left, right) => right.revision - left.revision)
  if (recent.length < MANY_REVISIONS) return undefined
  const names = recent.map(nameOf)
  const since = recent.at(-1)?.metadata?.creationTimestamp
  return {
    id: 'sts-revision-churn',
    severity: 'warning',
    message: `Somebody or something keeps rewriting the template of ${workloadText(subject)}: ${recent.length} times within ${CHURN_SECONDS / 60} minutes`,
    object: workloadReference(subject),
    ...(since && {since}),
    evidence: [`controllerrevisions of ${workloadEvidence(subject)}: ${fewText(names)}`],
    selfHealing: 'no',
    remedy: {
      look: names
        .slice(0, 2)
        .map((name) => kubectl('get', 'controllerrevisions', '-n', namespaceOf(set), name, '-o', 'yaml')),
      act: [
        {
          text: 'compare the two: what differs says who it is, such as an operator, a GitOps tool and a webhook that revert each other',
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  }
}

/** The first revision comes with the set itself. */
function isEdit(createdAt: string | undefined, setCreatedAt: string | undefined): boolean {
  return !(secondsBetween(setCreatedAt, createdAt) <= SAME_EDIT_SECONDS)
}
