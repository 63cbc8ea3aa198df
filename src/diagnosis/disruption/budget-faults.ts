import {nameOf, namespaceOf, type PodDisruptionBudget} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {fewText} from '../words.ts'
import {syncFailed} from './budget-unsynced.ts'
import {
  budgetEvidence,
  budgetReference,
  budgetText,
  type DisruptionSubject,
  drainedPods,
  isGuarded,
  protects,
} from './subject.ts'

export const causes = {
  'pdb-impossible': {
    title: 'budget never allows an eviction',
    applies: ['StatefulSet'],
    sign: '`minAvailable` is as high as the number of replicas, or `maxUnavailable` is 0: even with all Pods healthy none may be evicted.',
    remedy: 'Edit the budget so that one Pod may be evicted, or drain at a time that its owner agrees to.',
    risk: 'the owner of the budget may want to be asked before any Pod is evicted',
    rank: 'aside',
  },
  'pdb-multiple': {
    title: 'several budgets cover one Pod',
    applies: ['StatefulSet'],
    sign: 'An eviction fails with `This pod has more than one PodDisruptionBudget`: the selectors of two budgets match the same Pod.',
    remedy: 'Merge them, or change a selector so that each Pod has one.',
    risk: 'a deleted budget no longer protects its other Pods',
    rank: 'aside',
  },
} satisfies Causes

/** Only where somebody drains a node it is in the way already. */
function severityOf(subject: DisruptionSubject): Finding['severity'] {
  return drainedPods(subject).some(({pod}) => isGuarded(pod)) ? 'error' : 'warning'
}

function readBudgets(budgets: readonly PodDisruptionBudget[]): string {
  const [first] = budgets
  return kubectl('get', 'pdb', '-n', first ? namespaceOf(first) : '', ...budgets.map(nameOf), '-o', 'yaml')
}

/** The eviction of such a Pod fails with 500, whatever the budgets allow. */
const multiple: Rule<DisruptionSubject> = (subject) => {
  const {pods, budgets} = subject
  const torn = pods.filter(
    (pod) => isGuarded(pod) && budgets.filter((budget) => protects(budget, pod)).length > 1,
  )
  const [first] = torn
  if (!first) return undefined
  const theirs = budgets.filter((budget) => protects(budget, first))
  return {
    id: 'pdb-multiple',
    severity: severityOf(subject),
    message: `More than one PodDisruptionBudget (${theirs.map(nameOf).join(', ')}) selects ${fewText(torn.map(nameOf))}, so ${torn.length === 1 ? 'it' : 'they'} can't be evicted`,
    object: {kind: 'Pod', namespace: namespaceOf(first), name: nameOf(first)},
    evidence: theirs.map(
      (budget) => `poddisruptionbudget/${nameOf(budget)} spec.selector matches pod/${nameOf(first)}`,
    ),
    selfHealing: 'no',
    remedy: {
      look: [readBudgets(theirs)],
      act: [
        {
          text: 'let one budget select the Pods: give the others a narrower selector, or delete them',
          commands: [],
        },
      ],
      risk: causes['pdb-multiple'].risk,
      avoid: '',
      rung: 1,
    },
  }
}

/** Its Pods may all be well, and still none may be evicted. */
const impossible: Rule<DisruptionSubject> = (subject) => {
  const budget = subject.budgets.find((each) => neverAllows(each, subject))
  if (!budget) return undefined
  const {minAvailable, maxUnavailable} = budget.spec ?? {}
  const rule =
    maxUnavailable === undefined
      ? `minAvailable ${minAvailable ?? '<none>'}`
      : `maxUnavailable ${maxUnavailable}`
  return {
    id: 'pdb-impossible',
    severity: severityOf(subject),
    message: `${rule} requires ${budget.status?.desiredHealthy} of ${mostPods(budget, subject)} Pods to be healthy, so ${budgetText(budget)} never allows an eviction`,
    object: budgetReference(budget),
    evidence: [
      `poddisruptionbudget/${nameOf(budget)} spec.${rule.replace(' ', '=')}`,
      budgetEvidence(budget),
    ],
    selfHealing: 'no',
    remedy: {
      look: [readBudgets([budget])],
      act: [
        {
          text: `for a drain, let the budget allow one Pod to be unavailable${mostPods(budget, subject) > 1 ? '' : ', or run more than one'}; a rollout needs no change, it asks no budget`,
          commands: [],
        },
      ],
      risk: causes['pdb-impossible'].risk,
      avoid: '',
      rung: 1,
    },
  }
}

function neverAllows(budget: PodDisruptionBudget, subject: DisruptionSubject): boolean {
  const {desiredHealthy = 0, expectedPods = 0} = budget.status ?? {}
  return expectedPods > 0 && desiredHealthy >= mostPods(budget, subject)
}

/** With a number for minAvailable `expectedPods` is how many there are now: one that is away is not gone permanently. */
function mostPods({status}: PodDisruptionBudget, {set}: DisruptionSubject): number {
  const replicas = set.spec && 'replicas' in set.spec ? (set.spec.replicas ?? 1) : 0
  return Math.max(status?.expectedPods ?? 0, replicas)
}

/** What is wrong with a budget itself: nobody has to drain anything to see that. */
export const budgetFaults: Rule<DisruptionSubject> = firstCause([multiple, syncFailed, impossible])
