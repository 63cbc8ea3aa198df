import type {Remedy} from '../finding.ts'
import type {PodSubject} from './subject.ts'
import {fixedInTemplate} from './template-fix.ts'

/** What helps a container: the gentlest first, and an edit of its template last. */
export interface Help {
  /** Outside of the template, in words. */
  readonly acts: readonly string[]
  /** What to change in the template; absent where that does not help. */
  readonly what?: string
}

/** As a remedy, with what it risks. */
export function remedyBy(subject: PodSubject, look: readonly string[], {acts, what}: Help): Remedy {
  if (what) return fixedInTemplate(subject, {look, before: acts, what})
  const ways = acts.map((text) => ({text, commands: []}))
  return {look, act: ways, risk: '', avoid: '', rung: 0}
}
