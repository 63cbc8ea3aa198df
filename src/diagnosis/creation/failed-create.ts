import type {PodTemplate} from '../../model/objects.ts'
import {rowsOf} from '../cause.ts'
import type {Finding} from '../finding.ts'
import {quoted} from '../words.ts'
import {causes} from './index.ts'
import type {Refusal} from './refusal.ts'

/** What is known of a refusal. */
export type CreateCause = Pick<Finding, 'id' | 'severity' | 'selfHealing' | 'remedy'>

/**
 * The API server's own words in an event FailedCreate, of a DaemonSet (`Error creating: …`, also where similar
 * events were combined) or of a StatefulSet (`… failed error: …`); undefined for an event of another kind.
 */
export function refusalText(message: string): string | undefined {
  return /(?:(?:^|: )Error creating|failed error): (.*)$/s.exec(message)?.[1]
}

const REFUSALS = rowsOf<Refusal>(causes)

/** The cause that a refusal's text names; undefined for a text that nobody knows. */
export function createCause(
  text: string,
  namespace: string,
  template?: PodTemplate,
): CreateCause | undefined {
  const found = refusalOf(text)
  if (!found) return undefined
  const {id, severity, selfHealing, answer, risk = '', avoid = '', name} = found
  const {look, act, rung} = answer({namespace, name, text, template})
  return {id, severity, selfHealing, remedy: {look, act, risk, avoid, rung}}
}

/** What is in the way, to begin a sentence: `ResourceQuota compute is used up`. The text itself belongs to the proof. */
export function refusedBecause(text: string): string {
  const found = refusalOf(text)
  if (!found) return 'The API server refuses the Pod'
  const {because, name, title} = found
  return because && name ? because(quoted(name)) : title.charAt(0).toUpperCase() + title.slice(1)
}

function refusalOf(text: string): ((typeof REFUSALS)[number] & {readonly name: string}) | undefined {
  for (const row of REFUSALS) {
    const match = row.pattern.exec(text)
    if (match) return {...row, name: match.groups?.name ?? ''}
  }
  return undefined
}
