import {labelKeyFaults, labelValueFaults} from './label-syntax.ts'
import type {LabelSelector} from './objects.ts'

type Labels = Readonly<Record<string, string>> | undefined

/** One condition of a label selector, with the API's operators. */
export interface Requirement {
  readonly key: string
  readonly operator: string
  readonly values?: readonly string[] | undefined
}

/** Every pair of `wanted` stands in `labels` with exactly that value. An empty `wanted` matches everything. */
export function hasLabels(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted ?? {}).every(([key, value]) => labels?.[key] === value)
}

/**
 * Mirrors apimachinery labels.Requirement.Matches (1.37). `Gt` and `Lt` compare base-10 integers; a label
 * that is no integer never matches. An unknown operator matches nothing.
 */
export function meets(labels: Labels, requirement: Requirement): boolean {
  const {key, operator} = requirement
  const values = requirement.values ?? []
  const value = Object.hasOwn(labels ?? {}, key) ? labels?.[key] : undefined
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    case 'Gt':
      return compare(value, values[0], (left, right) => left > right)
    case 'Lt':
      return compare(value, values[0], (left, right) => left < right)
    default:
      return false
  }
}

/**
 * Mirrors metav1.LabelSelectorAsSelector: a missing selector matches nothing, an empty one everything, and
 * one that is not valid nothing.
 */
export function selects(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (!selector) return false
  return (
    hasLabels(labels, selector.matchLabels) &&
    (selector.matchExpressions ?? []).every(
      (expression) => isValidRequirement(expression) && meets(labels, expression),
    )
  )
}

function compare(
  value: string | undefined,
  limit: string | undefined,
  test: (left: bigint, right: bigint) => boolean,
): boolean {
  const left = int64(value)
  const right = int64(limit)
  return left !== undefined && right !== undefined && test(left, right)
}

/** Go's strconv.ParseInt(text, 10, 64): optional sign, digits, leading zeros allowed. */
export function int64(text: string | undefined): bigint | undefined {
  if (text === undefined || !/^[+-]?\d+$/.test(text)) return undefined
  const value = BigInt(text.replace(/^\+/, ''))
  return BigInt.asIntN(64, value) === value ? value : undefined
}

/** Mirrors apimachinery labels.NewRequirement (1.37): what it refuses can't be asked for, and matches nothing. */
export function isValidRequirement({key, operator, values}: Requirement): boolean {
  const faults = [...labelKeyFaults(key ?? ''), ...(values ?? []).flatMap(labelValueFaults)]
  return faults.length === 0 && isValidCount(operator, values ?? [])
}

function isValidCount(operator: string, values: readonly string[]): boolean {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0
    case 'Gt':
    case 'Lt':
      return values.length === 1 && int64(values[0]) !== undefined
    default:
      return false
  }
}
