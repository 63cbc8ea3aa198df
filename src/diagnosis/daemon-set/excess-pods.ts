import {isUpdated} from '../../model/daemon-revision.ts'
import {nameOf} from '../../model/objects.ts'
import type {Rule} from '../finding.ts'
import {podReference} from '../pod.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {isAbandoned, livePods, setText} from './parts.ts'

/** Two live Pods of one revision: the controller is about to remove one, and the node counts as unavailable. */
export const excessPods: Rule<DaemonNodeSubject> = (subject) => {
  const {daemonSet, hash, name, state} = subject
  const live = livePods(subject)
  if (live.length < 2 || state === 'NodeGone' || isAbandoned(daemonSet)) return undefined
  const groups = Map.groupBy(live, (pod) => isUpdated(daemonSet, pod, hash))
  const pods = [groups.get(true), groups.get(false)].find((group) => group && group.length > 1)
  if (!pods?.[0]) return undefined
  return {
    id: 'ds-excess-pods',
    severity: 'warning',
    message: `Node ${name} has ${pods.length} Pods of one revision of ${setText(daemonSet)}: the controller keeps one`,
    object: podReference(pods[0]),
    evidence: pods.map((pod) => `pod/${nameOf(pod)} on node ${name}`),
    selfHealing: 'yes',
    remedy: null,
  }
}
