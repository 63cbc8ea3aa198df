import {type SchedulerReason, schedulerMessage} from '../../../model/scheduler-message.ts'
import type {Causes} from '../../cause.ts'
import type {CauseId} from '../../order.ts'
import type {PodSubject} from '../subject.ts'
import {unschedulable} from './pinned-reason.ts'
import type {SchedulingReason, Stage} from './reason.ts'
import {reasonOf} from './reasons.ts'

export const causes = {
  'sched-preemption-unhelpful': {
    title: "pushing others out won't help",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The message ends with `Preemption is not helpful for scheduling`: what keeps the Pod away is not a lack of room. `No preemption victims found for incoming pod` means that nobody has a lower priority.',
    remedy: 'Go by the reasons before it. In the second case a higher `priorityClassName` may help.',
    risk: 'a higher priority stops other Pods',
    rank: 'aside',
    unseen: 'It is never a cause by itself: it stands in the evidence of the reason that it follows.',
  },
} satisfies Causes

/** One reason of the scheduler's message, with what is known of it. */
export interface ToldReason extends SchedulerReason {
  readonly id: CauseId
  readonly stage: Stage
  readonly about: SchedulingReason['about']
}

/** Stands for nodes that were not looked at. */
const ABSENT = /^node\(s\) didn't satisfy plugin/i

/** What is said of nodes, that which counts most nodes first. */
export function toldReasons({pod}: PodSubject): readonly ToldReason[] {
  const {reasons} = schedulerMessage(unschedulable(pod)?.message ?? '')
  return reasons
    .filter(({text}) => !ABSENT.test(text))
    .map((reason) => {
      const {id, stage = 'late', about} = reasonOf(reason.text)
      return {...reason, id, stage, about}
    })
    .toSorted((left, right) => weight(right) - weight(left))
}

/** Without a count it is true of all nodes. */
function weight({count}: SchedulerReason): number {
  return count ?? Number.MAX_SAFE_INTEGER
}

const HELPLESS =
  /not helpful for scheduling|No preemption victims found|preemptionPolicy=Never|no candidate node/i

/** That the scheduler can't make room by pushing others out either: it contributes, and causes nothing. */
export function isHelpless({pod}: PodSubject): boolean {
  return schedulerMessage(unschedulable(pod)?.message ?? '').post.some((text) => HELPLESS.test(text))
}
