import type {Pod} from '../model/objects.ts'
import {later} from '../model/pod.ts'
import {secondsBetween} from './elapsed.ts'

/** The deletion time includes the grace period; a kubelet needs some seconds more. */
const SLACK_SECONDS = 30

/** Its time to stop is over, and it is still there. */
export function isOverdue(pod: Pod, now: string): boolean {
  return secondsBetween(pod.metadata?.deletionTimestamp, now) > SLACK_SECONDS
}

/** RFC 3339: when it was asked to stop; the deletion time lies ahead of that by the grace period. */
export function deletedAt({metadata}: Pod): string | undefined {
  return later(metadata?.deletionTimestamp, -(metadata?.deletionGracePeriodSeconds ?? 0))
}
