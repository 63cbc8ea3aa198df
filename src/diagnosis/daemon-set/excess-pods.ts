import {isUpdated} from '../../model/daemon-revision.ts'
import {nameOf} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {podReference} from '../pod/reference.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {isAbandoned, livePods, setText} from './words.ts'

export const causes = {
  'ds-excess-pods': {
    title: 'more Pods than the node needs',
    applies: ['DaemonSet'],
    sign: 'A node has two live Pods of one revision. It counts as unavailable until the controller has removed one.',
    remedy: 'Wait.',
    rank: 'aside',
  },
} satisfies Causes

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
    severity: 'info',
    message: `Node ${name} has ${pods.length} Pods of one revision of ${setText(daemonSet)}, and the controller is about to delete all but one`,
    object: podReference(pods[0]),
    evidence: pods.map((pod) => `pod/${nameOf(pod)} on node ${name}`),
    selfHealing: 'yes',
    remedy: null,
  }
}
