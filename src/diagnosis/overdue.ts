import type {Pod} from '../model/objects.ts'
import {secondsBetween} from './elapsed.ts'

/** The deletion time includes the grace period; a kubelet needs some seconds more. */
const SLACK_SECONDS = 30

/** Its time to stop is over, and it is still there. */
export function isOverdue(pod: Pod, now: string): boolean {
  return secondsBetween(pod.metadata?.deletionTimestamp, now) > SLACK_SECONDS
}
