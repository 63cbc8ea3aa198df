import {kubectl} from '../command-line.ts'
import type {Finding, Remedy, Severity} from '../finding.ts'

/** One way in which the API server refuses a Pod or a claim. */
export interface Refusal {
  readonly id: string
  readonly severity: Severity
  /** Its group `name` is the object that the text names. */
  readonly pattern: RegExp
  readonly selfHealing: Finding['selfHealing']
  /** By the namespace of what was to be made, and the `name`. */
  readonly remedy: (namespace: string, name: string) => Remedy
}

/** A refusal that only a person can clear away. */
export function refusal(id: string, pattern: RegExp, remedy: Refusal['remedy']): Refusal {
  return {id, severity: 'error', pattern, selfHealing: 'no', remedy}
}

/** A refusal that may end without anybody doing anything. */
export function passing(id: string, pattern: RegExp, remedy: Refusal['remedy']): Refusal {
  return {...refusal(id, pattern, remedy), selfHealing: 'maybe'}
}

/** Look at the objects of that kind in the namespace, then follow the advice. */
export function look(verb: string, kind: string, advice: string, danger = ''): Refusal['remedy'] {
  return (namespace) => advise([kubectl(verb, kind, '-n', namespace)], advice, danger)
}

export function advise(commands: readonly string[], advice: string, danger = '', rung = 0): Remedy {
  return {commands, advice, danger, rung}
}
