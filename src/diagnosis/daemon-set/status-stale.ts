import {countersOf, differingCounters, reportedCounters} from '../../model/daemon-counters.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {nowOf, setReference, setText} from './parts.ts'
import {isServerAtLeast} from './server-version.ts'

/** The counters that say which nodes the set wants; in 1.33 they may stay behind for long. */
const SLOW = ['desiredNumberScheduled', 'numberMisscheduled']

/**
 * What the controller last wrote is not what it would write now. The id is of 1.33, where that lasts; elsewhere,
 * too, a taint that leaves no Pod to add or remove does not make the controller look again (seen on 1.37.1).
 * While Pods come and go it needs no words.
 */
export const statusStale: Rule<DaemonSetSubject> = (subject) => {
  const {daemonSet, nodes, hash, budget, relations} = subject
  const {status, metadata} = daemonSet
  if (!relations.sees('nodes') || !relations.sees('pods') || !status?.observedGeneration) return undefined
  if (status.observedGeneration < (metadata?.generation ?? 0)) return undefined
  const [ours, theirs] = [countersOf(daemonSet, nodes, hash, nowOf(subject)), reportedCounters(daemonSet)]
  const keys = differingCounters(ours, theirs)
  const isMoving = (budget?.used ?? 0) > 0 && !keys.some((key) => SLOW.includes(key))
  if (keys.length === 0 || isMoving) return undefined
  const isSlow = isVersion133(subject) && keys.some((key) => SLOW.includes(key))
  return {
    id: 'ds-status-stale-1-33',
    severity: isSlow ? 'warning' : 'info',
    message: `The status of ${setText(daemonSet)} is behind: ${keys.map((key) => `${key} is ${ours[key]}, the controller wrote ${theirs[key]}`).join('; ')}; the controller looks again when the set or one of its Pods changes`,
    object: setReference(daemonSet),
    evidence: [
      `daemonset/${nameOf(daemonSet)} status: ${keys.map((key) => `${key}=${theirs[key]}`).join(', ')}`,
    ],
    selfHealing: 'yes',
    remedy: isSlow
      ? {
          commands: [
            kubectl(
              'annotate',
              'ds',
              '-n',
              namespaceOf(daemonSet),
              nameOf(daemonSet),
              '--overwrite',
              `touched=${nowOf(subject)}`,
            ),
          ],
          advice: 'any change of the set makes the controller look at all nodes again',
          danger: '',
          rung: 1,
        }
      : null,
  }
}

function isVersion133({relations}: DaemonSetSubject): boolean {
  return isServerAtLeast(relations, 33) === true && isServerAtLeast(relations, 34) === false
}
