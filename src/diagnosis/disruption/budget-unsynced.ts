import {isUnobserved, syncFailure} from '../../model/disruption-budget.ts'
import {nameOf, namespaceOf, type PodDisruptionBudget} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {quotedInProof} from '../words.ts'
import {budgetReference, budgetText, type DisruptionSubject} from './subject.ts'

export const causes = {
  'pdb-sync-failed': {
    title: "budget can't be computed",
    applies: ['StatefulSet'],
    sign: 'The condition `DisruptionAllowed` of the budget has the reason `SyncFailed`, and evictions are refused with `because it failed sync`. Mostly the owner of the Pods has no `scale` subresource.',
    remedy:
      'Act on the message of the condition; a budget for Pods without a controller must use a number as `minAvailable`.',
    rank: 'aside',
  },
} satisfies Causes

/** Its controller can't count, or has not yet: until then it allows nothing. */
export const syncFailed: Rule<DisruptionSubject> = (subject) => {
  for (const budget of subject.budgets) {
    const failed = syncFailure(budget)
    if (failed || isUnobserved(budget)) return unsynced(budget, failed)
  }
  return undefined
}

type Condition = NonNullable<NonNullable<PodDisruptionBudget['status']>['conditions']>[number]

function unsynced(budget: PodDisruptionBudget, failed: Condition | undefined): Finding {
  const name = nameOf(budget)
  return {
    id: 'pdb-sync-failed',
    severity: 'warning',
    message: `The controller ${failed ? `can't count the Pods` : 'has not observed the newest generation'} of ${budgetText(budget)}, so it allows no eviction`,
    object: budgetReference(budget),
    ...(failed?.lastTransitionTime && {since: failed.lastTransitionTime}),
    evidence: [
      failed
        ? `poddisruptionbudget/${name} condition DisruptionAllowed=False, reason SyncFailed: ${quotedInProof(failed.message)}`
        : `poddisruptionbudget/${name} metadata.generation=${budget.metadata?.generation}, status.observedGeneration=${budget.status?.observedGeneration ?? '<none>'}`,
    ],
    selfHealing: 'maybe',
    remedy: {
      look: [kubectl('describe', 'pdb', '-n', namespaceOf(budget), name)],
      act: [
        {
          text: failed
            ? 'give the budget a minAvailable that is a number, or another selector: with a percentage or maxUnavailable it can only count Pods whose controller has a scale'
            : 'wait some seconds; if it stays, see whether kube-controller-manager runs',
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  }
}
