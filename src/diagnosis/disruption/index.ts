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
