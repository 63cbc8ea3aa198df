import {countersOf, differingCounters, reportedCounters} from '../../model/daemon-counters.ts'
import {type DaemonSet, isObserved, nameOf, namespaceOf} from '../../model/objects.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {fewText} from '../words.ts'
import {nowOf, setReference, setText} from './words.ts'

export const causes = {
  'ds-status-stale-1-33': {
    title: 'counts lag behind the nodes',
    applies: ['DaemonSet'],
    sign: 'On 1.33 `DESIRED` and `MISSCHEDULED` may stay as they were after a taint was removed, until something else makes the controller look.',
    remedy: 'Any change of the DaemonSet, such as an annotation, makes it count again.',
    rank: 'aside',
  },
} satisfies Causes

function annotate(daemonSet: DaemonSet, now: string): string {
  const {namespace = '', name = ''} = daemonSet.metadata ?? {}
  return kubectl('annotate', 'ds', '-n', namespace, name, '--overwrite', `touched=${now}`)
}

/** The counters that say which nodes the set wants; in 1.33 they may stay behind for long. */
const SLOW = ['desiredNumberScheduled', 'numberMisscheduled']

/**
 * What the controller last wrote is not what it would write now. The id is of 1.33, where that lasts; elsewhere,
 * too, a taint that leaves no Pod to add or remove does not make the controller look again (seen on 1.37.1).
 * While Pods come and go it needs no words.
 */
export const statusStale: Rule<DaemonSetSubject> = (subject) => {
  const {daemonSet, nodes, hash, budget, relations} = subject
  const {status} = daemonSet
  if (!relations.sees('nodes') || !relations.seesPodsOf(daemonSet) || !status?.observedGeneration)
    return undefined
  if (!isObserved(daemonSet)) return undefined
  const [ours, theirs] = [countersOf(daemonSet, nodes, hash, nowOf(subject)), reportedCounters(daemonSet)]
  const keys = differingCounters(ours, theirs)
  const isMoving = (budget?.used ?? 0) > 0 && !keys.some((key) => SLOW.includes(key))
  if (keys.length === 0 || isMoving) return undefined
  const wrong = keys.map((key) => `${key} should be ${ours[key]}`)
  const isSlow = serverVersionOf(relations.snapshot)?.minor === 33 && keys.some((key) => SLOW.includes(key))
  return {
    id: 'ds-status-stale-1-33',
    severity: isSlow ? 'warning' : 'info',
    message: `The counts in the status of ${setText(daemonSet)} are out of date until the set or one of its Pods changes: ${fewText(wrong.slice(0, 1), wrong.length - 1)}`,
    object: setReference(daemonSet),
    evidence: [
      `daemonset/${nameOf(daemonSet)} status: ${keys.map((key) => `${key}=${theirs[key]}`).join(', ')}`,
    ],
    selfHealing: 'yes',
    remedy: isSlow
      ? {
          look: [kubectl('get', 'ds', '-n', namespaceOf(daemonSet), nameOf(daemonSet), '-o', 'yaml')],
          act: [
            {
              text: 'change anything in the set: the controller then counts all nodes again',
              commands: [annotate(daemonSet, nowOf(subject))],
            },
          ],
          risk: '',
          avoid: '',
          rung: 1,
        }
      : null,
  }
}
