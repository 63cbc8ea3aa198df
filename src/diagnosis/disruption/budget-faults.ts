import {nameOf, namespaceOf, type PodDisruptionBudget} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {fewText} from '../few.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {quoted} from '../quoted.ts'
import {
  budgetEvidence,
  budgetReference,
  budgetText,
  type DisruptionSubject,
  drainedPods,
  isGuarded,
  ownerText,
  protects,
} from './subject.ts'

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
    message: `${fewText(torn.map(nameOf))} of ${ownerText(subject)} can't be evicted: more than one PodDisruptionBudget selects ${torn.length === 1 ? 'it' : 'them'} (${theirs.map(nameOf).join(', ')}), and an eviction can't ask several`,
    object: {kind: 'Pod', namespace: namespaceOf(first), name: nameOf(first)},
    evidence: theirs.map(
      (budget) => `poddisruptionbudget/${nameOf(budget)} spec.selector matches pod/${nameOf(first)}`,
    ),
    selfHealing: 'no',
    remedy: {
      commands: [readBudgets(theirs)],
      advice: 'let one budget select the Pods, and take the others away or give them a narrower selector',
      danger: 'a budget that is taken away no longer protects its other Pods',
      rung: 1,
    },
  }
}

/** Its controller can't count, or has not yet: until then it allows nothing. */
const syncFailed: Rule<DisruptionSubject> = (subject) => {
  for (const budget of subject.budgets) {
    const {observedGeneration = 0, conditions} = budget.status ?? {}
    const failed = conditions?.find(
      ({type, status, reason}) =>
        type === 'DisruptionAllowed' && status === 'False' && reason === 'SyncFailed',
    )
    const isBehind = observedGeneration < (budget.metadata?.generation ?? 0)
    if (failed || isBehind) return unsynced(budget, failed)
  }
  return undefined
}

type Condition = NonNullable<NonNullable<PodDisruptionBudget['status']>['conditions']>[number]

function unsynced(budget: PodDisruptionBudget, failed: Condition | undefined): Finding {
  const name = nameOf(budget)
  return {
    id: 'pdb-sync-failed',
    severity: 'warning',
    message: `${budgetText(budget)} allows no eviction, because its controller ${failed ? `can't count its Pods: ${quoted(failed.message)}` : 'has not looked at its newest generation yet'}`,
    object: budgetReference(budget),
    ...(failed?.lastTransitionTime && {since: failed.lastTransitionTime}),
    evidence: [
      failed
        ? `poddisruptionbudget/${name} condition DisruptionAllowed=False, reason SyncFailed`
        : `poddisruptionbudget/${name} metadata.generation=${budget.metadata?.generation}, status.observedGeneration=${budget.status?.observedGeneration ?? '<none>'}`,
    ],
    selfHealing: 'maybe',
    remedy: {
      commands: [kubectl('describe', 'pdb', '-n', namespaceOf(budget), name)],
      advice: failed
        ? 'a budget with a percentage, or with maxUnavailable, can only count Pods whose controller has a scale: give it a minAvailable that is a number, or another selector'
        : 'that takes seconds; if it stays, does kube-controller-manager run?',
      danger: '',
      rung: 0,
    },
  }
}

/** Its Pods may all be well, and still none may go. */
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
    message: `${budgetText(budget)} never allows an eviction: its ${rule} needs ${budget.status?.desiredHealthy} healthy Pods, and there are no more than ${mostPods(budget, subject)}`,
    object: budgetReference(budget),
    evidence: [
      `poddisruptionbudget/${nameOf(budget)} spec.${rule.replace(' ', '=')}`,
      budgetEvidence(budget),
    ],
    selfHealing: 'no',
    remedy: {
      commands: [readBudgets([budget])],
      advice: `allow one Pod to be away${mostPods(budget, subject) > 1 ? '' : ', or run more than one'}; a rollout does not mind, it asks no budget`,
      danger: 'somebody may want to be asked before any Pod is evicted',
      rung: 1,
    },
  }
}

function neverAllows(budget: PodDisruptionBudget, subject: DisruptionSubject): boolean {
  const {desiredHealthy = 0, expectedPods = 0} = budget.status ?? {}
  return expectedPods > 0 && desiredHealthy >= mostPods(budget, subject)
}

/** With a number for minAvailable `expectedPods` is how many there are now: one that is away is not gone for ever. */
function mostPods({status}: PodDisruptionBudget, {set}: DisruptionSubject): number {
  const replicas = set.spec && 'replicas' in set.spec ? (set.spec.replicas ?? 1) : 0
  return Math.max(status?.expectedPods ?? 0, replicas)
}

/** What is wrong with a budget itself: nobody has to drain anything to see that. */
export const budgetFaults: Rule<DisruptionSubject> = firstCause([multiple, syncFailed, impossible])
