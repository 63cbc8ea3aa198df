import {selects} from '../../model/labels.ts'
import {
  type DaemonSet,
  type Node,
  nameOf,
  namespaceOf,
  type ObjectReference,
  type Pod,
  type PodDisruptionBudget,
  type StatefulSet,
} from '../../model/objects.ts'
import {isTerminal, isTerminating} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {maySelect} from '../../model/selecting.ts'

/** What rules about the eviction of a set's Pods look at. */
export interface DisruptionSubject {
  readonly kind: 'StatefulSet' | 'DaemonSet'
  readonly set: StatefulSet | DaemonSet
  readonly pods: readonly Pod[]
  /** Those that select one of the Pods, by name; none where they were not read. */
  readonly budgets: readonly PodDisruptionBudget[]
  readonly relations: Relations
}

/** `budgets`: all that were read. */
export function disruptionSubject(
  {kind, set}: Pick<DisruptionSubject, 'kind' | 'set'>,
  budgets: readonly PodDisruptionBudget[],
  relations: Relations,
): DisruptionSubject {
  const pods = relations.podsOf(set.metadata?.uid)
  const theirs = pods.flatMap((pod) =>
    maySelect(budgets, {namespace: namespaceOf(pod), labels: pod.metadata?.labels}, relations).filter(
      (budget) => protects(budget, pod),
    ),
  )
  const sorted = [...new Set(theirs)].toSorted((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1))
  return {kind, set, pods, budgets: sorted, relations}
}

/** Mirrors getPodDisruptionBudgets of the eviction subresource (1.37): an empty selector selects all, a missing one none. */
export function protects(budget: PodDisruptionBudget, pod: Pod): boolean {
  return namespaceOf(budget) === namespaceOf(pod) && selects(budget.spec?.selector, pod.metadata?.labels)
}

/** No budget is asked for a Pod that has not begun, has finished, or is terminating (canIgnorePDB, 1.37). */
export function isGuarded(pod: Pod): boolean {
  return !isTerminating(pod) && !isTerminal(pod) && pod.status?.phase !== 'Pending'
}

/** A Pod on a node that was cordoned: whoever drains that node has to evict it. */
export interface Drained {
  readonly pod: Pod
  readonly node: Node
}

/** Those that a drain still has to evict, as far as cordoned nodes tell. */
export function drainedPods({pods, relations}: DisruptionSubject): readonly Drained[] {
  return pods.flatMap((pod) => {
    const node = pod.spec?.nodeName ? relations.node(pod.spec.nodeName) : undefined
    return node?.spec?.unschedulable && !isTerminating(pod) && !isTerminal(pod) ? [{pod, node}] : []
  })
}

/** No eviction of a healthy Pod goes through now. */
export function allowsNone({status}: PodDisruptionBudget): boolean {
  return status !== undefined && (status.disruptionsAllowed ?? 0) <= 0
}

/** `PodDisruptionBudget shop/db`. */
export function budgetText(budget: PodDisruptionBudget): string {
  return `PodDisruptionBudget ${namespaceOf(budget)}/${nameOf(budget)}`
}

export function budgetReference(budget: PodDisruptionBudget): ObjectReference {
  return {kind: 'PodDisruptionBudget', namespace: namespaceOf(budget), name: nameOf(budget)}
}

/** `StatefulSet shop/db`. */
export function ownerText({kind, set}: DisruptionSubject): string {
  return `${kind} ${namespaceOf(set)}/${nameOf(set)}`
}

/** `poddisruptionbudget/db status: currentHealthy=2, desiredHealthy=2, …`. */
export function budgetEvidence(budget: PodDisruptionBudget): string {
  const {
    currentHealthy = 0,
    expectedPods = 0,
    desiredHealthy = 0,
    disruptionsAllowed = 0,
  } = budget.status ?? {}
  return `poddisruptionbudget/${nameOf(budget)} status: currentHealthy=${currentHealthy}, desiredHealthy=${desiredHealthy}, expectedPods=${expectedPods}, disruptionsAllowed=${disruptionsAllowed}`
}
