import type {Finding} from './finding.ts'
import {PENDING_SECONDS, RETRIED_SECONDS, SILENT_SECONDS, secondsBetween} from './patience.ts'
import {causes as ofReadiness} from './pod/containers/readiness.ts'

/** What is wrong with something that a rollout waits for: a Pod, or a place where one should be. */
export interface Trouble {
  /** Undefined where nothing says why, or the API server refuses a creation in words that the catalog does not know. */
  readonly finding: Finding | undefined
  readonly message: string
  /** RFC 3339. */
  readonly since: string | undefined
  /** It takes a person, or its own time is over. */
  readonly isStalled: boolean
  /** The API server's own words, where it refuses to create the Pod. */
  readonly refusal?: string
}

/** Undefined for what only takes its time. */
export function troubleOf(finding: Finding | undefined, now: string): Trouble | undefined {
  if (!finding || finding.severity === 'info') return undefined
  return {finding, message: finding.message, since: finding.since, isStalled: isStalled(finding, now)}
}

/** An error does not go away by itself; a warning may, but not without end. */
function isStalled({id, severity, selfHealing, since}: Finding, now: string): boolean {
  if (severity === 'error') return true
  // those rules know themselves how long it may take, as a startup probe may allow
  if (selfHealing === 'yes' || Object.hasOwn(ofReadiness, id)) return false
  const patience = id.startsWith('sched-')
    ? PENDING_SECONDS
    : selfHealing === 'no'
      ? RETRIED_SECONDS
      : SILENT_SECONDS
  return secondsBetween(since, now) > patience
}
