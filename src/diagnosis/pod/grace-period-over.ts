import type {Pod} from '../../model/objects.ts'
import {KUBELET_SECONDS, REPLACED_SECONDS, secondsBetween} from '../patience.ts'

/** Its grace period is over, and it is still there. */
export function isOverdue(pod: Pod, now: string): boolean {
  return secondsBetween(pod.metadata?.deletionTimestamp, now) > KUBELET_SECONDS
}

/** The controller may be about to replace the Pod, which has failed; false where nothing tells since when. */
export function hasJustFailed({status}: Pod, now: string): boolean {
  const times = [
    ...(status?.conditions ?? []).map(({lastTransitionTime}) => lastTransitionTime),
    ...(status?.containerStatuses ?? []).map(({state}) => state?.terminated?.finishedAt),
  ]
  return times.some((time) => secondsBetween(time, now) < REPLACED_SECONDS)
}
