import type {ObjectReference} from '../model/objects.ts'
import type {CauseId} from './order.ts'

/** How bad it is, whatever it explains. */
export type Severity = 'error' | 'warning' | 'info'

/** One way to act. */
export interface Act {
  /** What to do, and in which case; a sentence without a full stop, which stands before the commands. */
  readonly text: string
  /** Whole commands that change something, in order; none where only a person can do it. */
  readonly commands: readonly string[]
}

/** What to do, and what it may cost. */
export interface Remedy {
  /** Whole commands that change nothing, and show whether the diagnosis is right. */
  readonly look: readonly string[]
  /** What helps; several are a choice, the gentlest first. */
  readonly act: readonly Act[]
  /** The worst that acting can do, in words; empty where it can do no harm. */
  readonly risk: string
  /** The tempting move that destroys something, in words; empty where there is none. */
  readonly avoid: string
  /** The step on the ladder of docs/causes.md: 0 wait … 6 permanent loss of data. */
  readonly rung: number
}

/** How a finding stands to the cause, which is the first of its list. */
export type Role = 'cause' | 'consequence' | 'besides' | 'settling'

/** One cause of trouble, proven. */
export interface Finding {
  readonly id: CauseId
  readonly severity: Severity
  readonly message: string
  readonly object: ObjectReference
  /** Others that have a part in it: the node that refuses the Pod, the Pod that holds its volume. */
  readonly blames?: readonly ObjectReference[]
  /** RFC 3339; absent when nothing tells. */
  readonly since?: string
  /** Which object, field or event says so. */
  readonly evidence: readonly string[]
  readonly selfHealing: 'yes' | 'no' | 'maybe'
  readonly remedy: Remedy | null
  /** Absent until it stands beside others. */
  readonly role?: Role
}

/** Looks at one subject; undefined when the cause is not there, or when what it needs was not seen. */
export type Rule<Subject> = (subject: Subject) => Finding | undefined

/** Every rule's finding, in the order of the rules. */
export function diagnose<Subject>(rules: readonly Rule<Subject>[], subject: Subject): Finding[] {
  const findings: Finding[] = []
  for (const rule of rules) {
    const finding = rule(subject)
    if (finding) findings.push(finding)
  }
  return findings
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
