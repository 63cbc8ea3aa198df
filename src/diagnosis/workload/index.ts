import type {ResourceKey} from '../../model/snapshot.ts'
import {firstCause, type Rule} from '../finding.ts'
import {beingDeleted} from './being-deleted.ts'
import {generationLag} from './generation-lag.ts'
import {ownedByOperator} from './owner.ts'
import {revisionChurn} from './revision-churn.ts'
import {selectorOverlap} from './selector-overlap.ts'
import type {WorkloadSubject} from './subject.ts'

/** What can be said of a set whether or not its newest generation is observed. */
export const workloadRules: readonly Rule<WorkloadSubject>[] = [
  firstCause([beingDeleted, generationLag]),
  revisionChurn,
  selectorOverlap,
  ownedByOperator,
]

/** Of a DaemonSet; that it is being deleted its own rules say. */
export const daemonWorkloadRules: readonly Rule<WorkloadSubject>[] = [
  // from its deletion on the controller writes no status, and nobody waits for one
  (subject) => (subject.set.metadata?.deletionTimestamp ? undefined : generationLag(subject)),
  revisionChurn,
  selectorOverlap,
  ownedByOperator,
]

/** Kinds that the rules about any set look at. What is asked must read these, or the rules must ask whether they were read. */
export const looksAt = [
  'controllerRevisions',
  'daemonSets',
  'events',
  'leases',
  'pods',
  'statefulSets',
] as const satisfies readonly ResourceKey[]
