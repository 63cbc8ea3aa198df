import type {Finding} from '../finding.ts'
import {refusals} from './index.ts'

/** What the catalog knows of a refusal. */
export type CreateCause = Pick<Finding, 'id' | 'severity' | 'selfHealing' | 'remedy'>

/**
 * The API server's own words in an event FailedCreate, of a DaemonSet (`Error creating: …`, also where similar
 * events were combined) or of a StatefulSet (`… failed error: …`); undefined for an event of another kind.
 */
export function refusalText(message: string): string | undefined {
  return /(?:(?:^|: )Error creating|failed error): (.*)$/s.exec(message)?.[1]
}

/** The cause that a refusal's text names; undefined for a text that the catalog does not know. */
export function createCause(text: string, namespace: string): CreateCause | undefined {
  for (const {id, severity, selfHealing, pattern, remedy} of refusals) {
    const match = pattern.exec(text)
    if (match) return {id, severity, selfHealing, remedy: remedy(namespace, match.groups?.name ?? '')}
  }
  return undefined
}
