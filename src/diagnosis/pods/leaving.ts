import {isTerminating} from '../../model/pod.ts'
import {firstCause, type Rule} from '../finding.ts'
import {isOverdue} from '../overdue.ts'
import {disrupted} from './ended-disrupted.ts'
import {leavingFinalizer} from './leaving-finalizer.ts'
import {leavingGrace} from './leaving-grace.ts'
import {nodeLostWord} from './leaving-lost.ts'
import {leavingNode} from './leaving-node.ts'
import {leavingOverdue, leavingStuck, outOfServiceLeftBehind} from './leaving-stuck.ts'
import type {PodSubject} from './subject.ts'

const late = firstCause([nodeLostWord, leavingStuck, leavingOverdue])
const inTime = firstCause([outOfServiceLeftBehind, disrupted, leavingStuck, leavingGrace])
const whileLeaving = firstCause<PodSubject>([
  leavingFinalizer,
  leavingNode,
  (subject) => (isOverdue(subject.pod, subject.now) ? late(subject) : inTime(subject)),
])

/** Why a Pod that was told to stop is still there. */
export const leaving: Rule<PodSubject> = (subject) =>
  isTerminating(subject.pod) ? whileLeaving(subject) : undefined
