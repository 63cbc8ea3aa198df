import {type DaemonSet, nameOf, type StatefulSet} from '../../model/objects.ts'
import type {Change} from './change.ts'
import type {Subjects} from './subjects.ts'

type Update = Extract<Change, {readonly action: 'update'}>
type Amount = number | string

/**
 * What the API server would answer to that maxUnavailable, in kubectl's words; undefined: it would take it. Mirrors
 * ValidateRollingUpdateDaemonSet and validateRollingUpdateStatefulSet in pkg/apis/apps/validation/validation.go (1.22 to 1.37).
 */
export function refusedPace({maxUnavailable}: Update, {statefulSets, daemonSets}: Subjects) {
  if (maxUnavailable === undefined) return undefined
  const [daemonSet] = daemonSets
  if (daemonSet) return invalid('DaemonSet', daemonSet, faultsOfDaemons(maxUnavailable, surgeOf(daemonSet)))
  const [set] = statefulSets
  return set && invalid('StatefulSet', set, faultsOfOrdinals(maxUnavailable))
}

function surgeOf({spec}: DaemonSet): Amount {
  return spec?.updateStrategy?.rollingUpdate?.maxSurge ?? 0
}

function faultsOfDaemons(maxUnavailable: Amount, maxSurge: Amount): readonly string[] {
  const [isUnavailable, isSurging] = [maxUnavailable, maxSurge].map((each) => numberIn(each) !== 0)
  return [
    ...tooMuch(maxUnavailable),
    ...(isUnavailable && isSurging
      ? [fault('maxSurge', maxSurge, 'may not be set when maxUnavailable is non-zero')]
      : []),
    ...(isUnavailable || isSurging
      ? []
      : [`${FIELD}.maxUnavailable: Required value: cannot be 0 when maxSurge is 0`]),
  ]
}

function faultsOfOrdinals(maxUnavailable: Amount): readonly string[] {
  return [
    ...(numberIn(maxUnavailable) === 0 ? [fault('maxUnavailable', maxUnavailable, 'cannot be 0')] : []),
    ...tooMuch(maxUnavailable),
  ]
}

function tooMuch(maxUnavailable: Amount): readonly string[] {
  const isTooMuch = typeof maxUnavailable === 'string' && numberIn(maxUnavailable) > 100
  return isTooMuch ? [fault('maxUnavailable', maxUnavailable, 'must not be greater than 100%')] : []
}

const FIELD = 'spec.updateStrategy.rollingUpdate'

function fault(field: string, value: Amount, message: string): string {
  return `${FIELD}.${field}: Invalid value: ${JSON.stringify(value)}: ${message}`
}

function numberIn(amount: Amount): number {
  return Number.parseInt(String(amount), 10)
}

function invalid(
  kind: string,
  set: StatefulSet | DaemonSet,
  [first, ...others]: readonly string[],
): string | undefined {
  if (first === undefined) return undefined
  const all = others.length > 0 ? `\n${[first, ...others].map((each) => `* ${each}`).join('\n')}` : first
  return `The ${kind} "${nameOf(set)}" is invalid: ${all}`
}
