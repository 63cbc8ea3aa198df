import {nameOf, namespaceOf} from '../../model/objects.ts'
import {isReady, isTerminal, isTerminating} from '../../model/pod.ts'
import {statusWord} from '../../model/pod-status-word.ts'
import type {Slot, StatefulSetFacts} from '../../model/rollout/stateful-set-facts.ts'
import {strategyOf} from '../../model/rollout/stateful-set-next.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import {podReference} from '../pod.ts'
import type {HoldUp} from './hold-up.ts'
import type {RolloutSubject} from './subject.ts'

/**
 * kubernetes#67250: an ordered set waits for a broken Pod of another revision to become ready before it would replace
 * it. No event and no condition says so. Whatever may still mend itself is not called that.
 */
export const revisionDeadlock: Rule<RolloutSubject> = ({facts, blocker}) => {
  const {slot, holdUp} = blocker ?? {}
  if (!slot?.pod || !holdUp || !isTrapped(slot, facts) || !isSure(slot, holdUp, facts)) return undefined
  const {name, pod, revision, target} = slot
  const namespace = namespaceOf(facts.set)
  return {
    id: 'sts-ordered-revision-deadlock',
    severity: 'error',
    message: `${name} of revision ${revision || '<none>'} does not become ready, and until it does, StatefulSet ${namespace}/${nameOf(facts.set)} does not make it anew at ${target} (kubernetes#67250)`,
    object: podReference(pod),
    ...(holdUp.since && {since: holdUp.since}),
    evidence: [
      `pod/${name} ${statusWord(pod)}, not ready, label controller-revision-hash=${revision || '<none>'}`,
      `statefulset/${nameOf(facts.set)} podManagementPolicy OrderedReady, ${target === facts.updateRevision ? 'updateRevision' : 'currentRevision'} ${target}`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('delete', 'pod', '-n', namespace, name)],
      advice: `see first that revision ${target} is good: ${name} comes back at it; a further ordinal that is trapped needs the same`,
      danger: `${name} is down until it is back; its claims stay`,
      rung: 2,
    },
  }
}

/**
 * A Pod of a revision that was taken back, or mended forward, and whose container fails, is wanted by nobody. Any
 * other may still come up: an ordinary crash of a Pod that an update has not reached yet looks the same for a while.
 */
function isSure({revision}: Slot, holdUp: HoldUp, {set, updateRevision}: StatefulSetFacts): boolean {
  const {isStuck, isFailing, isNodeLost} = holdUp
  const isForsaken = revision !== set.status?.currentRevision && revision !== updateRevision
  return !isNodeLost && (isStuck || (isFailing === true && isForsaken))
}

function isTrapped({pod, revision, target}: Slot, facts: StatefulSetFacts): boolean {
  if (!pod || isTerminating(pod) || isTerminal(pod) || isReady(pod)) return false
  return facts.isOrdered && strategyOf(facts.set) === 'RollingUpdate' && revision !== target
}
