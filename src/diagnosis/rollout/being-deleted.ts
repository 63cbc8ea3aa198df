import {namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import type {Rule} from '../finding.ts'
import {quoted} from '../quoted.ts'
import {
  readWorkload,
  type WorkloadSubject,
  workloadEvidence,
  workloadReference,
  workloadText,
} from './workload.ts'

/** A deletion that has only just begun is nothing to worry about. */
const DELETION_SECONDS = 120

/** From here on the controller only writes a status. */
export const beingDeleted: Rule<WorkloadSubject> = (subject) => {
  const {set, relations} = subject
  const since = set.metadata?.deletionTimestamp
  if (!since) return undefined
  const finalizers = set.metadata?.finalizers ?? []
  const waits = finalizers.length > 0 ? `, and waits for finalizer ${quoted(finalizers.join(', '))}` : ''
  const left = relations.podsOf(set.metadata?.uid).length
  const pods =
    finalizers.includes('foregroundDeletion') && left > 0
      ? [kubectl('get', 'pods', '-n', namespaceOf(set))]
      : []
  return {
    id: 'sts-being-deleted',
    severity: secondsBetween(since, relations.snapshot.observedAt) > DELETION_SECONDS ? 'error' : 'warning',
    message: `${workloadText(subject)} is being deleted${waits}: the controller makes and updates no Pod of it any more`,
    object: workloadReference(subject),
    since,
    evidence: [
      `${workloadEvidence(subject)} metadata.deletionTimestamp=${since}`,
      ...(relations.sees('pods') ? [`${left} of its Pods are left`] : []),
    ],
    selfHealing: 'maybe',
    remedy: {
      commands: [readWorkload(subject), ...pods],
      advice: 'see which of its Pods or claims does not go, or whose finalizer it is',
      danger: 'removing a finalizer by hand leaves Pods and claims behind that nobody manages',
      rung: 0,
    },
  }
}
