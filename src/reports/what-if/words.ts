import {isUnobserved} from '../../model/disruption-budget.ts'
import type {Refusal} from '../../model/foretold/budgets.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import type {PodFate} from './report.ts'

/** `a`, `a and b`, `a, b and 3 more`. */
export function few(names: readonly string[], most = 3): string {
  if (names.length <= 1) return names.join('')
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`
}

/** `shop/db-0`. */
export function nameIn({namespace, name}: Pick<PodFate, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`
}

/** `1 Pod`, `2 Pods`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** Who says no, with the numbers that it is about. */
export function refusalText({budgets, healthy, desired}: Refusal): string {
  const names = budgets.map((budget) => `${namespaceOf(budget)}/${nameOf(budget)}`)
  if (names.length > 1)
    return `more than one PodDisruptionBudget (${few(names)}) covers it, which no eviction survives`
  if (budgets.some(isUnobserved))
    return `PodDisruptionBudget ${names[0]} refuses until its controller has observed its newest generation`
  return `PodDisruptionBudget ${names[0]} refuses: ${healthy} healthy, and ${desired} must stay so`
}
