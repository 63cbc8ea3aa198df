import {isUnobserved, syncFailure} from '../disruption-budget.ts'
import {selects} from '../labels.ts'
import {namespaceOf, type Pod, type PodDisruptionBudget} from '../objects.ts'
import {isReady, isTerminal, isTerminating} from '../pod.ts'
import type {Relations} from '../relations.ts'
import {maySelect} from '../selecting.ts'

/** How many of the Pods that each budget protects are healthy, as it would be: what its controller would count. */
export type Health = ReadonlyMap<PodDisruptionBudget, number>

/** Who says no to an eviction. */
export interface Refusal {
  readonly budgets: readonly PodDisruptionBudget[]
  readonly healthy: number
  readonly desired: number
}

export function healthOf({snapshot}: Relations): Health {
  return new Map(snapshot.podDisruptionBudgets.map((budget) => [budget, budget.status?.currentHealthy ?? 0]))
}

/** Budgets that protect a Pod: an empty selector selects all of the namespace, a missing one none (1.27 to 1.37). */
export function budgetsOf(pod: Pod, relations: Relations): readonly PodDisruptionBudget[] {
  const place = {namespace: namespaceOf(pod), labels: pod.metadata?.labels}
  return maySelect(relations.snapshot.podDisruptionBudgets, place, relations).filter(
    (budget) =>
      namespaceOf(budget) === namespaceOf(pod) && selects(budget.spec?.selector, pod.metadata?.labels),
  )
}

/**
 * What the eviction subresource answers (EvictionREST.Create, 1.27 to 1.37): undefined where it lets the Pod go. No budget is
 * asked about a Pod that has not begun, has finished, or is terminating; one that is not ready goes where the others suffice.
 */
export function refusalOf(pod: Pod, health: Health, relations: Relations): Refusal | undefined {
  if (isTerminating(pod) || isTerminal(pod) || pod.status?.phase === 'Pending') return undefined
  const budgets = budgetsOf(pod, relations)
  const [budget] = budgets
  if (!budget) return undefined
  const [healthy, desired] = [health.get(budget) ?? 0, budget.status?.desiredHealthy ?? 0]
  const refusal = {budgets, healthy, desired}
  if (isFailure(refusal)) return refusal
  if (!isReady(pod)) {
    const isFree = budget.spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow'
    if (isFree || (healthy >= desired && desired > 0)) return undefined
  }
  return allows(budget, healthy) ? undefined : refusal
}

/**
 * Mirrors checkAndDecrement of the eviction subresource, which waits for the controller to see what was changed, and updatePdbStatus
 * of that controller, which allows none where it could not count (1.27 to 1.37).
 */
function allows(budget: PodDisruptionBudget, healthy: number): boolean {
  const {status} = budget
  if (isUnobserved(budget) || syncFailure(budget)) return false
  return (status?.expectedPods ?? 0) > 0 && healthy > (status?.desiredHealthy ?? 0)
}

/** The eviction subresource answers 500 where more than one covers a Pod: `kubectl drain` tries once, and says so. */
export function isFailure({budgets}: Refusal): boolean {
  return budgets.length > 1
}

/** The same where these Pods are no longer, or not yet, among the healthy ones. */
export function changed(health: Health, pods: readonly Pod[], by: 1 | -1, relations: Relations): Health {
  const counted = pods.filter((each) => isReady(each) && !isTerminating(each))
  const budgets = counted.flatMap((pod) => budgetsOf(pod, relations))
  if (budgets.length === 0) return health
  const after = new Map(health)
  for (const budget of budgets) after.set(budget, (after.get(budget) ?? 0) + by)
  return after
}
