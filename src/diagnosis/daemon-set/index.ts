import type {ResourceKey} from '../../model/snapshot.ts'
import type {Causes} from '../cause.ts'
import {firstCause, type Rule} from '../finding.ts'
import type {DaemonNodeSubject, DaemonSetSubject} from '../subjects.ts'
import {misscheduledBlocksBudget, newPodsEatBudget} from './budget.ts'
import {cordonIsNoCause} from './cordoned.ts'
import {deadNodeEatsBudget} from './dead-node.ts'
import {excessPods} from './excess-pods.ts'
import {excluded} from './excluded.ts'
import {hashRelabel} from './hash-relabel.ts'
import {failingNodesAlike} from './in-common.ts'
import {minReady} from './min-ready.ts'
import {misscheduled} from './misscheduled.ts'
import {missing} from './missing.ts'
import {oldUnavailableCounts} from './old-unavailable.ts'
import {onDelete} from './on-delete.ts'
import {preemptsOthers} from './preempts-others.ts'
import {updateRemovesPods} from './removed-by-update.ts'
import {statusStale} from './status-stale.ts'
import {surgeExcludedNode, surgeWaitsForNew} from './surge.ts'
import {surgeHostPort} from './surge-host-port.ts'
import {beingDeleted, bothZero, selectingAll} from './unusual-set.ts'
import {virtualNode} from './virtual-node.ts'
import {wantedNowhere} from './wanted-nowhere.ts'
import {isAbandoned} from './words.ts'

export const causes = {
  'ds-expectations': {
    title: 'controller waits for its own changes',
    applies: ['DaemonSet'],
    sign: 'After many Pods were created or deleted nothing happens for up to five minutes: the controller waits to see each of them.',
    remedy: 'Wait five minutes.',
    unseen: 'What the controller still waits to see is only in its memory.',
  },
} satisfies Causes

/** What can be wrong with a DaemonSet as a whole. To add a cause: a file, and a line here. */
export const daemonSetRules: readonly Rule<DaemonSetSubject>[] = [
  firstCause([beingDeleted, selectingAll]),
  ...[
    deadNodeEatsBudget,
    newPodsEatBudget,
    misscheduledBlocksBudget,
    oldUnavailableCounts,
    updateRemovesPods,
    surgeExcludedNode,
    surgeWaitsForNew,
    onDelete,
    bothZero,
    statusStale,
    hashRelabel,
    preemptsOthers,
    wantedNowhere,
    failingNodesAlike,
  ].map(ofManaged),
]

/** What the set adds to what is wrong with its Pods on one node: of what excludes each other the first one counts. */
export const daemonNodeRules: readonly Rule<DaemonNodeSubject>[] = [
  firstCause([missing, virtualNode, surgeHostPort, minReady, misscheduled]),
  excessPods,
]

/** What is to be known of a DaemonSet where one node is asked about: of thousands it would be too much. */
export const oneNodeRules: readonly Rule<DaemonNodeSubject>[] = [excluded, cordonIsNoCause]

/** Of a set that the controller leaves alone nothing is to be expected. */
function ofManaged(rule: Rule<DaemonSetSubject>): Rule<DaemonSetSubject> {
  return (subject) => (isAbandoned(subject.daemonSet) ? undefined : rule(subject))
}

/** Kinds that the rules about a DaemonSet and its nodes look at. What is asked must read these, or the rules must ask whether they were read. */
export const looksAt = [
  'controllerRevisions',
  'daemonSets',
  'events',
  'nodes',
  'pods',
] as const satisfies readonly ResourceKey[]
