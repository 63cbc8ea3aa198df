import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {statusWord} from '../../model/pod-status-word.ts'
import {kubectl} from '../command-line.ts'
import type {Finding, Rule} from '../finding.ts'
import {podReference} from '../pod.ts'
import type {RolloutSubject} from './subject.ts'

/** The Pod is of the revision that it should be, and does not become ready: a better template alone will not help. */
export const blockedAtTarget: Rule<RolloutSubject> = ({facts, blocker}) => {
  const {slot, holdUp} = blocker ?? {}
  if (!slot?.pod || !holdUp || slot.revision !== slot.target || isTerminating(slot.pod)) return undefined
  const {name, pod, revision} = slot
  return {
    id: facts.isOrdered ? 'sts-blocked-by-unready-at-target' : 'sts-parallel-waits-for-updated',
    severity: holdUp.isStuck ? 'error' : 'warning',
    message: `${name} ${holdUp.text}`,
    object: podReference(pod),
    ...(holdUp.since && {since: holdUp.since}),
    evidence: [
      `pod/${name} ${statusWord(pod)}, not ready, label controller-revision-hash=${revision}, which is the one that statefulset/${nameOf(facts.set)} wants there`,
    ],
    selfHealing: 'maybe',
    remedy: remedyOf(pod, facts.isOrdered),
  }
}

const EDIT = 'edit it: the controller replaces the Pod'

/** Once the template is mended the Pod is of an old revision, and an ordered set would wait for it for ever. */
function remedyOf(pod: Pod, isOrdered: boolean): Finding['remedy'] {
  const [namespace, name] = [namespaceOf(pod), nameOf(pod)]
  const crashed = pod.status?.containerStatuses?.find(({restartCount}) => (restartCount ?? 0) > 0)
  const logs = crashed ? [kubectl('logs', '-n', namespace, name, crashed.name, '-p')] : []
  const both = `edit it and delete the Pod with ${kubectl('delete', 'pod', '-n', namespace, name)}: a mended template alone will not replace it (kubernetes#67250)`
  return {
    commands: [kubectl('describe', 'pod', '-n', namespace, name), ...logs],
    advice: `mend what keeps it from becoming ready; if that is the template, ${isOrdered ? both : EDIT}`,
    danger: '',
    rung: 0,
  }
}
