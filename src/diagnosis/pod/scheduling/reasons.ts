import {type Cause, rowsOf} from '../../cause.ts'
import type {Reason, SchedulingCauses, SchedulingReason} from './reason.ts'
import {causes as affinity} from './reasons-affinity.ts'
import {causes as claims} from './reasons-claims.ts'
import {causes as nodes} from './reasons-nodes.ts'
import {causes as place} from './reasons-place.ts'
import {causes as room} from './reasons-room.ts'

export const UNSCHEDULABLE = 'sched-unschedulable'

export const causes = {
  ...room,
  ...nodes,
  ...affinity,
  ...place,
  ...claims,
  [UNSCHEDULABLE]: {
    title: 'scheduler gives another reason',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`PodScheduled` is `False` with a text that no other `sched-` cause knows, or the scheduler itself failed (`SchedulerError`).',
    remedy:
      'Act on the text of the condition; if the scheduler failed, see its log. It tries again by itself.',
    pattern: /^/,
    severity: 'error',
    words: 'the scheduler refuses the Pod for a reason that only its own text tells',
    isOfNoNode: true,
    ways: ['see what the scheduler means, and who else refuses Pods in this cluster'],
  },
} satisfies SchedulingCauses

const UNKNOWN: SchedulingReason = {...causes[UNSCHEDULABLE], id: UNSCHEDULABLE}
const REASONS: readonly SchedulingReason[] = rowsOf<Cause & Reason>(causes)

/** What is known of a text of the scheduler; undefined for one that nobody knows. */
export function schedulingReason(text: string): SchedulingReason | undefined {
  const reason = reasonOf(text)
  return reason.id === UNSCHEDULABLE ? undefined : reason
}

/** What is known of a text of the scheduler, or that it gives another reason. */
export function reasonOf(text: string): SchedulingReason {
  return REASONS.find(({pattern}) => pattern.test(text)) ?? UNKNOWN
}

/** The row of a cause that the scheduler names; undefined for another cause. */
export function reasonNamed(id: string): SchedulingReason | undefined {
  return REASONS.find((reason) => reason.id === id)
}
