import {targetNode} from '../../model/daemon-pods.ts'
import {isUpdated} from '../../model/daemon-revision.ts'
import type {DaemonSet, Pod} from '../../model/objects.ts'
import {isAvailable, isTerminal, isTerminating} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {Finding} from '../finding.ts'
import {judgePod} from '../pod/judge.ts'
import {podSubject} from '../pod/subject.ts'
import {nodeObjectGone} from '../pod/terminating/node.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {nowOf} from './words.ts'

/** What is wrong with the set's Pods on one node, those that count and those that do not, each judged as any other Pod. */
export function podFindings(subject: DaemonNodeSubject, uncounted: readonly Pod[]): readonly Finding[] {
  const {pods, daemonSet, relations, state} = subject
  // what a Pod said last of itself, ready or not, means nothing any more
  const isGone = state === 'NodeGone'
  const minReadySeconds = daemonSet.spec?.minReadySeconds ?? 0
  return [...pods, ...uncounted]
    .filter(
      (pod) =>
        isGone || isTerminal(pod) || isTerminating(pod) || !isAvailable(pod, minReadySeconds, nowOf(subject)),
    )
    .flatMap((pod) => {
      const gone = isGone ? nodeObjectGone(podSubject(pod, relations)) : undefined
      const finding = judgePod(pod, relations) ?? gone
      return finding && !isMoot(finding, pod, subject) ? [finding] : []
    })
}

/** The rolling update replaces an old Pod that is not available before any other: what is wrong inside of it goes with it. */
function isMoot({object}: Finding, pod: Pod, {daemonSet, hash, state}: DaemonNodeSubject): boolean {
  if (state === 'NodeGone') return false
  const isOld = isUpdated(daemonSet, pod, hash) === false
  const isRolling = daemonSet.spec?.updateStrategy?.type !== 'OnDelete'
  return isOld && isRolling && !isTerminating(pod) && object.kind === 'Pod' && Boolean(pod.spec?.nodeName)
}

/** Pods by node that have failed and are terminating: they count nowhere any more, and are still there. */
export function uncountedPods(
  daemonSet: DaemonSet,
  relations: Relations,
): ReadonlyMap<string, readonly Pod[]> {
  return relations.once('uncountedPods', daemonSet, () => {
    const finished = relations
      .podsOf(daemonSet.metadata?.uid)
      .filter((pod) => isTerminal(pod) && isTerminating(pod))
    return Map.groupBy(finished, (pod) => targetNode(pod) ?? '')
  })
}
