import {type SchedulerReason, schedulerMessage} from '../../model/scheduler-message.ts'
import {unschedulable} from '../scheduling/pinned-reason.ts'
import {schedulingReason} from '../scheduling/reasons.ts'
import type {PodSubject} from './subject.ts'

/**
 * When a reason is found. A node is refused by the first plugin that objects, so that a cordoned or full node in the
 * wrong zone says nothing of the zone: `early` before room is looked at, `late` from there on, `place` where the
 * Pod's volumes are, and `after` that, of nodes that reach the volumes alone.
 */
type Stage = 'early' | 'late' | 'place' | 'after'

/** One reason of the scheduler's message, with the catalog's id for it. */
export interface ToldReason extends SchedulerReason {
  readonly id: string
  readonly stage: Stage
}

const STAGES: Readonly<Record<string, Stage>> = {
  'sched-node-cordoned': 'early',
  'sched-taint': 'early',
  'sched-node-affinity': 'early',
  'sched-affinity-terms-conflict': 'early',
  'sched-no-pv-to-bind': 'place',
  'sched-csi-capacity': 'place',
  'sched-pv-node-affinity': 'place',
  'sched-pv-zone': 'place',
  'sched-topology-spread': 'after',
  'sched-anti-affinity': 'after',
  'sched-existing-anti-affinity': 'after',
  'sched-pod-affinity': 'after',
}

/** The id of a text that the catalog does not know. */
const UNKNOWN = 'sched-unschedulable'

/** Stands for nodes that were not looked at. */
const ABSENT = /^node\(s\) didn't satisfy plugin/i

/** What is said of nodes, that which counts most nodes first. */
export function toldReasons({pod}: PodSubject): readonly ToldReason[] {
  const {reasons} = schedulerMessage(unschedulable(pod)?.message ?? '')
  return reasons
    .filter(({text}) => !ABSENT.test(text))
    .map((reason) => {
      const id = schedulingReason(reason.text)?.id ?? UNKNOWN
      return {...reason, id, stage: STAGES[id] ?? ('late' as const)}
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
