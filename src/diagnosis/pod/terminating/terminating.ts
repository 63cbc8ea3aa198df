import {isTerminating} from '../../../model/pod.ts'
import {firstCause, type Rule} from '../../finding.ts'
import {disrupted} from '../failed/disrupted.ts'
import {isOverdue} from '../grace-period-over.ts'
import type {PodSubject} from '../subject.ts'
import {terminatingFinalizer} from './finalizer.ts'
import {terminatingGrace} from './grace-period.ts'
import {terminatingNode} from './node.ts'
import {nodeLostWord} from './node-lost.ts'
import {outOfServiceLeftBehind, terminatingBlocked, terminatingOverdue} from './overdue.ts'

const late = firstCause([nodeLostWord, terminatingBlocked, terminatingOverdue])
const inTime = firstCause([outOfServiceLeftBehind, disrupted, terminatingBlocked, terminatingGrace])
const whileTerminating = firstCause<PodSubject>([
  terminatingFinalizer,
  terminatingNode,
  (subject) => (isOverdue(subject.pod, subject.now) ? late(subject) : inTime(subject)),
])

/** Why a terminating Pod is still there. */
export const terminating: Rule<PodSubject> = (subject) =>
  isTerminating(subject.pod) ? whileTerminating(subject) : undefined
