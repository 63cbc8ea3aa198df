import type {Pod} from '../model/objects.ts'
import {later} from '../model/pod.ts'
import {secondsBetween} from './elapsed.ts'

/** The deletion time includes the grace period; a kubelet needs some seconds more. */
const SLACK_SECONDS = 30

/** Its time to stop is over, and it is still there. */
export function isOverdue(pod: Pod, now: string): boolean {
  return secondsBetween(pod.metadata?.deletionTimestamp, now) > SLACK_SECONDS
}

/** A Pod that failed for the first time is replaced within that time. */
const REPLACED_SECONDS = 30

/** The controller may be about to replace the Pod, which has failed; false where nothing tells since when. */
export function hasJustFailed({status}: Pod, now: string): boolean {
  const times = [
    ...(status?.conditions ?? []).map(({lastTransitionTime}) => lastTransitionTime),
    ...(status?.containerStatuses ?? []).map(({state}) => state?.terminated?.finishedAt),
  ]
  return times.some((time) => secondsBetween(time, now) < REPLACED_SECONDS)
}

/** RFC 3339: when it was asked to stop; the deletion time lies ahead of that by the grace period. */
export function deletedAt({metadata}: Pod): string | undefined {
  return later(metadata?.deletionTimestamp, -(metadata?.deletionGracePeriodSeconds ?? 0))
}
