import {type KubernetesObject, nameOf, namespaceOf} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {DELETION_SECONDS, secondsBetween} from '../patience.ts'
import {fewText, quoted} from '../words.ts'
import {
  readWorkload,
  type WorkloadSubject,
  workloadEvidence,
  workloadReference,
  workloadText,
} from './subject.ts'

export const causes = {
  'sts-being-deleted': {
    title: 'set is being deleted',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The set has a `deletionTimestamp`, and finalizers keep it. Its controller creates and replaces no Pods any more.',
    remedy:
      'See which finalizers are left and what they wait for: usually Pods or other dependents that are not deleted yet.',
    avoid: 'remove a finalizer by hand: that leaves Pods and claims behind that nobody manages',
  },
} satisfies Causes

export const BEING_DELETED = 'sts-being-deleted' satisfies keyof typeof causes

/** What most finalizers of a set wait for; nothing where that was not seen. */
export function leftPods({metadata}: KubernetesObject, relations: Relations): readonly string[] {
  const left = relations.podsOf(metadata?.uid).map(nameOf).toSorted()
  if (left.length === 0) return relations.sees('pods') ? ['none of its Pods is left'] : []
  return [`${left.length} of its Pods ${left.length === 1 ? 'is' : 'are'} left: ${fewText(left)}`]
}

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
    id: BEING_DELETED,
    severity: secondsBetween(since, relations.snapshot.observedAt) > DELETION_SECONDS ? 'error' : 'warning',
    message: `${workloadText(subject)} is being deleted${waits}: its controller creates and updates no Pods`,
    object: workloadReference(subject),
    since,
    evidence: [
      `${workloadEvidence(subject)} metadata.deletionTimestamp=${since}`,
      ...leftPods(set, relations),
    ],
    selfHealing: 'maybe',
    remedy: {
      look: [readWorkload(subject), ...pods],
      act: [{text: adviceFor(finalizers), commands: []}],
      risk: '',
      avoid: causes['sts-being-deleted'].avoid,
      rung: 0,
    },
  }
}

/** What Kubernetes itself puts there waits for dependents; any other waits for whoever put it there. */
function adviceFor(finalizers: readonly string[]): string {
  const foreign = finalizers.filter((each) => each !== 'foregroundDeletion' && each !== 'orphan')
  return foreign.length > 0
    ? `see whether the controller that put finalizer ${quoted(foreign.join(', '))} there runs, and what its log says about this set: that controller has to remove it`
    : 'see which of its Pods or claims is not deleted yet'
}
