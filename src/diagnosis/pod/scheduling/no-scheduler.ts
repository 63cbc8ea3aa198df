import type {Rule} from '../../finding.ts'
import {SCHEDULER_SECONDS, secondsBetween} from '../../patience.ts'
import type {PodSubject} from '../subject.ts'
import {unnoticed} from './before-scheduling.ts'
import {schedulingFinding} from './finding.ts'

/** It has been looked at, and writing so failed. */
function wasRefused({events}: PodSubject): boolean {
  return events.some(({reason}) => reason === 'FailedScheduling')
}

/** Not even a condition: nobody looks at the Pod, and no event says so. */
export const noScheduler: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  const wasTried = pod.status?.conditions?.some(({type}) => type === 'PodScheduled')
  const age = secondsBetween(pod.metadata?.creationTimestamp, now)
  if (wasTried || !(age > SCHEDULER_SECONDS) || wasRefused(subject)) return undefined
  return schedulingFinding(subject, unnoticed(pod))
}
