import {deletedAt} from '../diagnosis/overdue.ts'
import type {Pod} from '../model/objects.ts'
import {isTerminating} from '../model/pod.ts'
import type {RolledWorkload} from './rollout-report.ts'

/** RFC 3339: since when a Pod is as it is: told to stop, ready or not, or made. */
export function sinceOf(pod: Pod): string | null {
  if (isTerminating(pod)) return deletedAt(pod) ?? null
  const ready = pod.status?.conditions?.find(({type}) => type === 'Ready')
  return ready?.lastTransitionTime ?? pod.metadata?.creationTimestamp ?? null
}

/** When something last moved, and how long one Pod of the update revision takes, by when they were made. */
export function paceOf(pods: readonly Pod[], updated: readonly Pod[]): RolledWorkload['pace'] {
  const moments = pods
    .flatMap((pod) => [pod.metadata?.creationTimestamp, sinceOf(pod)])
    .filter((each) => each != null)
  const lastStepAt = moments.toSorted().at(-1)
  if (lastStepAt === undefined) return null
  return {lastStepAt, secondsPerPod: secondsPerPod(updated)}
}

/** A longer pause between two Pods says that nobody was rolling anything out. */
const PAUSE_SECONDS = 6 * 3600
const RECENT = 5

/** Of the last few Pods, the middle one of the times between two of them. */
function secondsPerPod(updated: readonly Pod[]): number | null {
  const times = updated
    .map(({metadata}) => Date.parse(metadata?.creationTimestamp ?? '') / 1000)
    .filter((time) => !Number.isNaN(time))
    .toSorted((left, right) => left - right)
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time))
  const recent = gaps.filter((gap) => gap > 0 && gap < PAUSE_SECONDS).slice(-RECENT)
  const middle = recent.toSorted((left, right) => left - right)[Math.floor((recent.length - 1) / 2)]
  // Pods that are made all at once have no pace
  return middle ? Math.round(middle) : null
}
