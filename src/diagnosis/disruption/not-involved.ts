import {REVISION_HASH} from '../../model/known-labels.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {fewText} from '../words.ts'
import {allowsNone, budgetEvidence, type DisruptionSubject, drainedPods, ownerText} from './subject.ts'

export const causes = {
  'pdb-not-involved': {
    title: 'budget does not stop a rollout',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'There is a PodDisruptionBudget, and a rollout that is stalled. Controllers delete Pods without asking the budget.',
    remedy: 'Look for the cause of the rollout elsewhere.',
    avoid:
      'drain a node of these Pods before the rollout is complete: both together may stop more members than the budget allows',
    rank: 'aside',
  },
} satisfies Causes

/**
 * A rollout under way, a budget that allows nothing, and nobody who drains: the one does not wait for the other. Both
 * controllers delete Pods; only evictions ask a budget.
 */
export const notInvolved: Rule<DisruptionSubject> = (subject) => {
  const {kind, set, pods, budgets} = subject
  const tight = budgets.filter(allowsNone)
  const [first] = tight
  const revisions = new Set(pods.map(({metadata}) => metadata?.labels?.[REVISION_HASH]))
  if (!first || revisions.size < 2 || drainedPods(subject).length > 0) return undefined
  return {
    id: 'pdb-not-involved',
    severity: 'info',
    message: `Only evictions ask a budget: PodDisruptionBudget ${fewText(tight.map(nameOf))} does not block the rollout of ${ownerText(subject)}`,
    object: {kind, namespace: namespaceOf(set), name: nameOf(set)},
    evidence: [budgetEvidence(first), `${revisions.size} revisions among its Pods`],
    selfHealing: 'yes',
    remedy: {
      look: [kubectl('get', 'pdb', '-n', namespaceOf(first), nameOf(first))],
      act: [],
      risk: '',
      avoid: causes['pdb-not-involved'].avoid,
      rung: 0,
    },
  }
}
