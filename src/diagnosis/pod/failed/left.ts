import {controllerUid, nameOf, type Pod, type StatefulSet} from '../../../model/objects.ts'
import {isReady, isTerminating} from '../../../model/pod.ts'
import type {Relations} from '../../../model/relations.ts'
import {ordinalIn, podManagementPolicy} from '../../../model/stateful-set.ts'
import {LEFT_SECONDS, secondsBetween} from '../../patience.ts'
import {ownerKind, unreadySince} from '../finding.ts'

/** The Pod has finished, its controller would replace it at once, and has not done so for minutes: it does not. */
export function isLeft(pod: Pod, relations: Relations): boolean {
  if (pod.status?.phase !== 'Succeeded' || isTerminating(pod)) return false
  const now = relations.snapshot.observedAt
  return [unreadySince(pod), ...turnSince(pod, relations)].every(
    (time) => secondsBetween(time, now) > LEFT_SECONDS,
  )
}

/** Since when those before it are ready, which an ordered set waits for; nothing known of one that is not. */
function turnSince(pod: Pod, {statefulSetWith, podsOf}: Relations): readonly (string | undefined)[] {
  if (ownerKind(pod) !== 'StatefulSet') return []
  const uid = controllerUid(pod)
  const set = statefulSetWith(uid)
  if (!set || podManagementPolicy(set) === 'Parallel') return []
  const before = podsOf(uid).filter((other) => ordinalOf(other, set) < ordinalOf(pod, set))
  return before.map((other) => (isReady(other) && !isTerminating(other) ? unreadySince(other) : undefined))
}

function ordinalOf(pod: Pod, set: StatefulSet): number {
  return ordinalIn(nameOf(pod), nameOf(set)) ?? Number.POSITIVE_INFINITY
}
