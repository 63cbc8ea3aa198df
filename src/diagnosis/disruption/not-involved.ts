import {nameOf, namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {fewText} from '../few.ts'
import type {Rule} from '../finding.ts'
import {allowsNone, budgetEvidence, type DisruptionSubject, drainedPods, ownerText} from './subject.ts'

/**
 * A rollout under way, a budget that allows nothing, and nobody who drains: the one does not wait for the other. Both
 * controllers delete Pods; only evictions ask a budget.
 */
export const notInvolved: Rule<DisruptionSubject> = (subject) => {
  const {kind, set, pods, budgets} = subject
  const tight = budgets.filter(allowsNone)
  const [first] = tight
  const revisions = new Set(pods.map(({metadata}) => metadata?.labels?.['controller-revision-hash']))
  if (!first || revisions.size < 2 || drainedPods(subject).length > 0) return undefined
  return {
    id: 'pdb-not-involved',
    severity: 'info',
    message: `The rollout of ${ownerText(subject)} does not wait for PodDisruptionBudget ${fewText(tight.map(nameOf))}, and does not heed it: a rollout deletes Pods, and only evictions ask a budget`,
    object: {kind, namespace: namespaceOf(set), name: nameOf(set)},
    evidence: [budgetEvidence(first), `${revisions.size} revisions among its Pods`],
    selfHealing: 'yes',
    remedy: {
      commands: [kubectl('get', 'pdb', '-n', namespaceOf(first), nameOf(first))],
      advice: 'drain no node of its Pods before the rollout is over',
      danger: 'a rollout and a drain together may take more members away than the budget allows',
      rung: 0,
    },
  }
}
