import type {ObjectReference} from '../model/objects.ts'

/** How bad: the catalog's crit and high are errors, its med and low are warnings. */
export type Severity = 'error' | 'warning' | 'info'

/** What to do, and what it may cost. */
export interface Remedy {
  /** Exact commands, in order; the checks that must precede a dangerous one come first. */
  readonly commands: readonly string[]
  /** What to do where no command can say it. */
  readonly advice?: string
  /** Worst case of the remedy, in words; empty where it can do no harm. */
  readonly danger: string
  /** The catalog's ladder: 0 wait … 6 permanent loss of data. */
  readonly rung: number
}

/** One cause of trouble, proven. `id` is the catalog's and never changes. */
export interface Finding {
  readonly id: string
  readonly severity: Severity
  readonly message: string
  readonly object: ObjectReference
  /** RFC 3339; absent when nothing tells. */
  readonly since?: string
  /** Which object, field or event says so. */
  readonly evidence: readonly string[]
  readonly selfHealing: 'yes' | 'no' | 'maybe'
  readonly remedy: Remedy | null
}

/** Looks at one subject; undefined when the cause is not there, or when what it needs was not seen. */
export type Rule<Subject> = (subject: Subject) => Finding | undefined

/** Every rule's finding, in the order of the rules. */
export function diagnose<Subject>(rules: readonly Rule<Subject>[], subject: Subject): Finding[] {
  return rules.map((rule) => rule(subject)).filter((finding) => finding !== undefined)
}

/** The finding of the first rule that has one: for causes of which only the most specific counts. */
export function firstCause<Subject>(rules: readonly Rule<Subject>[]): Rule<Subject> {
  return (subject) => {
    for (const rule of rules) {
      const finding = rule(subject)
      if (finding) return finding
    }
    return undefined
  }
}

const RANK: Readonly<Record<Severity, number>> = {error: 0, warning: 1, info: 2}

/** Worst first; equals stay in order. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((left, right) => RANK[left.severity] - RANK[right.severity])
}
