import {nameOf, namespaceOf} from '../../../model/objects.ts'
import {isReady, isTerminal, isTerminating} from '../../../model/pod.ts'
import {statusWord} from '../../../model/pod-status-word.ts'
import type {Slot, StatefulSetFacts} from '../../../model/rollout/stateful-set-facts.ts'
import {strategyOf} from '../../../model/rollout/stateful-set-next.ts'
import type {Causes} from '../../cause.ts'
import type {Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {podReference} from '../../pod/reference.ts'
import {isFailing, isNodeLost} from '../../pod/trouble.ts'
import type {Trouble} from '../../trouble.ts'
import type {RolloutSubject} from './subject.ts'

export const causes = {
  'sts-ordered-revision-deadlock': {
    title: 'unready old Pod blocks its update',
    applies: ['StatefulSet'],
    sign: 'The set is `OrderedReady` with `RollingUpdate`, and the Pod of its lowest unready ordinal is of another revision than that ordinal should be (label `controller-revision-hash`). The controller waits for this Pod to become ready before it replaces anything, so a fixed template never reaches it; no event says so.',
    remedy:
      'Make sure that the template is right now, then `kubectl delete pod <pod>`; its successor is of the wanted revision. Do the same for the next ordinal if it is caught too.',
    risk: 'that member is down until its successor is ready, so check the quorum first; below the partition the successor is of the old revision again',
    avoid: 'add --force: two Pods of one name may then write to the same data',
    rank: 'order',
  },
} satisfies Causes

export const REVISION_DEADLOCK = 'sts-ordered-revision-deadlock' satisfies keyof typeof causes

/**
 * kubernetes#67250: an ordered set waits for a broken Pod of another revision to become ready before it would replace
 * it. No event and no condition says so. Whatever may still recover by itself is not called that.
 */
export const revisionDeadlock: Rule<RolloutSubject> = ({facts, blocker}) => {
  const {slot, trouble} = blocker ?? {}
  if (!slot?.pod || !trouble || !isTrapped(slot, facts) || !isSure(slot, trouble, facts)) return undefined
  const {name, pod, revision, target} = slot
  const namespace = namespaceOf(facts.set)
  return {
    id: REVISION_DEADLOCK,
    severity: 'error',
    message: `The controller waits for ${name} to become ready before it recreates it at revision ${target} (kubernetes#67250)`,
    object: podReference(pod),
    ...(trouble.since && {since: trouble.since}),
    evidence: [
      `pod/${name} ${statusWord(pod)}, not ready`,
      `pod/${name} label controller-revision-hash=${revision || '<none>'}`,
      `statefulset/${nameOf(facts.set)} podManagementPolicy OrderedReady, ${target === facts.updateRevision ? 'updateRevision' : 'currentRevision'} ${target}`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [
        kubectl('describe', 'pod', '-n', namespace, name),
        kubectl('get', 'controllerrevisions', '-n', namespace, target, '-o', 'yaml'),
      ],
      act: [
        {
          text: `if revision ${target} is good, for ${name} comes back at it, and ${name} is not about to recover: delete it; a further ordinal that is trapped needs the same`,
          commands: [kubectl('delete', 'pod', '-n', namespace, name)],
        },
      ],
      risk: `${name} is down until it is back; its claims stay`,
      avoid: causes[REVISION_DEADLOCK].avoid,
      rung: 2,
    },
  }
}

/**
 * A Pod of a revision that was taken back, or replaced by a fixed one, and whose container fails, is wanted by nobody. Any
 * other may still come up: an ordinary crash of a Pod that an update has not reached yet looks the same for a while.
 */
function isSure({revision, pod}: Slot, trouble: Trouble, {set, updateRevision}: StatefulSetFacts): boolean {
  const isForsaken = revision !== set.status?.currentRevision && revision !== updateRevision
  return !isNodeLost(trouble) && (trouble.isStalled || (pod !== undefined && isFailing(pod) && isForsaken))
}

function isTrapped({pod, revision, target}: Slot, facts: StatefulSetFacts): boolean {
  if (!pod || isTerminating(pod) || isTerminal(pod) || isReady(pod)) return false
  return facts.isOrdered && strategyOf(facts.set) === 'RollingUpdate' && revision !== target
}
