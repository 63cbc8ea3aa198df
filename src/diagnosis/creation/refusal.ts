import type {PodTemplate} from '../../model/objects.ts'
import type {Cause} from '../cause.ts'
import type {Finding, Remedy, Severity} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {CauseId} from '../order.ts'

/** What to do; its risk stands in the row. */
export type Steps = Required<Pick<Remedy, 'look' | 'act' | 'rung'>>

/** What was refused. */
export interface Refused {
  readonly namespace: string
  /** The name that the text gives, or nothing. */
  readonly name: string
  /** As the API server says it. */
  readonly text: string
  /** What the Pod should be created from. */
  readonly template?: PodTemplate | undefined
}

type StepsFor = (refused: Refused) => Steps

/** One way in which the API server refuses a Pod or a claim. */
export interface Refusal extends Cause {
  readonly severity: Severity
  /** Its group `name` is the object that the text names. */
  readonly pattern: RegExp
  readonly selfHealing: Finding['selfHealing']
  readonly answer: StepsFor
  /** What is in the way, with the name that the text gives, to begin a sentence; without it the title does. */
  readonly because?: (name: string) => string
}

export type Refusals = Partial<Record<CauseId, Refusal>>

/** A refusal that only a person can end. */
export function refusal(pattern: RegExp, answer: StepsFor): Omit<Refusal, keyof Cause | 'because'> {
  return {severity: 'error', pattern, selfHealing: 'no', answer}
}

/** A refusal that may end without anybody doing anything. */
export function passing(pattern: RegExp, answer: StepsFor): Omit<Refusal, keyof Cause | 'because'> {
  return {...refusal(pattern, answer), selfHealing: 'maybe'}
}

/** Look at the objects of that kind in the namespace, then go one of the ways. */
export function inspectKind(verb: string, kind: string, ...ways: readonly string[]): StepsFor {
  return ({namespace}) => advise([kubectl(verb, kind, '-n', namespace)], ...ways)
}

/** Looks, and ways to go on from there that need no command. */
export function advise(look: readonly string[], ...ways: readonly string[]): Steps {
  return {look, act: ways.map((text) => ({text, commands: []})), rung: 0}
}

/** The account that the Pods run as. */
export function accountOf({template}: Refused): string {
  return template?.spec?.serviceAccountName || 'default'
}
