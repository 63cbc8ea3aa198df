import type {ResourceKey} from '../../model/snapshot.ts'
import {firstCause, type Rule} from '../finding.ts'
import {budgetFaults} from './budget-faults.ts'
import {drainRefuses} from './drain-refuses.ts'
import {drainWaits} from './drain-waits.ts'
import {notInvolved} from './not-involved.ts'
import type {DisruptionSubject} from './subject.ts'

/** What keeps a set's Pods from being evicted, the most specific first. To add a cause: a file, and a line here. */
export const disruptionRules: readonly Rule<DisruptionSubject>[] = [
  firstCause([budgetFaults, drainWaits, notInvolved]),
  drainRefuses,
]

/** Kinds that the rules about evictions look at. What is asked must read these, or the rules must ask whether they were read. */
export const looksAt = [
  'nodes',
  'persistentVolumeClaims',
  'persistentVolumes',
  'podDisruptionBudgets',
  'pods',
] as const satisfies readonly ResourceKey[]
