import {firstCause, type Rule} from '../finding.ts'
import type {DaemonNodeSubject, DaemonSetSubject} from '../subjects.ts'
import {misscheduledBlocksBudget, newPodsEatBudget} from './budget.ts'
import {cordonIsNoCause} from './cordoned.ts'
import {deadNodeEatsBudget} from './dead-node.ts'
import {excessPods} from './excess-pods.ts'
import {excluded} from './excluded.ts'
import {failedPod} from './failed-pod.ts'
import {hashRelabel} from './hash-relabel.ts'
import {misscheduled} from './misscheduled.ts'
import {missing} from './missing.ts'
import {nodeGone} from './node-gone.ts'
import {notReady} from './not-ready.ts'
import {oldUnavailableCounts} from './old-unavailable.ts'
import {onDelete} from './on-delete.ts'
import {isAbandoned} from './parts.ts'
import {pending} from './pending.ts'
import {preemptsOthers} from './preempts-others.ts'
import {statusStale} from './status-stale.ts'
import {surgeExcludedNode, surgeWaitsForNew} from './surge.ts'
import {terminating} from './terminating.ts'
import {beingDeleted, bothZero, selectingAll} from './unusual-set.ts'
import {virtualNode} from './virtual-node.ts'

/** What can be wrong with a DaemonSet as a whole. To add a cause: a file, and a line here. */
export const daemonSetRules: readonly Rule<DaemonSetSubject>[] = [
  firstCause([beingDeleted, selectingAll]),
  ...[
    deadNodeEatsBudget,
    newPodsEatBudget,
    misscheduledBlocksBudget,
    oldUnavailableCounts,
    surgeExcludedNode,
    surgeWaitsForNew,
    onDelete,
    bothZero,
    statusStale,
    hashRelabel,
    preemptsOthers,
  ].map(ofManaged),
]

/** What can be wrong with a DaemonSet on one node: of what excludes each other the first one counts. */
export const daemonNodeRules: readonly Rule<DaemonNodeSubject>[] = [
  firstCause([nodeGone, missing, terminating, virtualNode, failedPod, pending, notReady, misscheduled]),
  excessPods,
]

/** What is to be known of a DaemonSet where one node is asked about: of thousands it would be too much. */
export const oneNodeRules: readonly Rule<DaemonNodeSubject>[] = [excluded, cordonIsNoCause]

/** Of a set that the controller leaves alone nothing is to be expected. */
function ofManaged(rule: Rule<DaemonSetSubject>): Rule<DaemonSetSubject> {
  return (subject) => (isAbandoned(subject.daemonSet) ? undefined : rule(subject))
}
