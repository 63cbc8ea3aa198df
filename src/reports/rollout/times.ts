import {PAUSE_SECONDS} from '../../diagnosis/patience.ts'
import type {Pod} from '../../model/objects.ts'
import {deletedAt, isTerminating} from '../../model/pod.ts'
import type {RolledWorkload} from './report.ts'

/** RFC 3339: since when a Pod is as it is: terminating, ready or not, or created. */
export function sinceOf(pod: Pod): string | null {
  if (isTerminating(pod)) return deletedAt(pod) ?? null
  const ready = pod.status?.conditions?.find(({type}) => type === 'Ready')
  return ready?.lastTransitionTime ?? pod.metadata?.creationTimestamp ?? null
}

/** When something last moved, and how long one Pod of the update revision takes, by when they were created. */
export function paceOf(pods: readonly Pod[], updated: readonly Pod[]): RolledWorkload['pace'] {
  const times = pods
    .flatMap((pod) => [pod.metadata?.creationTimestamp, sinceOf(pod)])
    .filter((each) => each != null)
  const lastStepAt = times.toSorted().at(-1)
  if (lastStepAt === undefined) return null
  return {lastStepAt, secondsPerPod: secondsPerPod(updated)}
}

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
  // Pods that are created all at once have no pace
  return middle ? Math.round(middle) : null
}
