import type {Cause} from '../../diagnosis/cause.ts'
import {causes} from '../../diagnosis/causes.ts'
import {type CauseId, order} from '../../diagnosis/order.ts'
import type {ExplainedCause, ExplainReport} from './report.ts'

/** Every id, in the order of the catalog. */
export const ids: readonly CauseId[] = order.flatMap((section) => section.causes)

/** Causes with those ids, in the order of the catalog; all of them where none is named. */
export function explain(wanted: readonly string[]): ExplainReport {
  const all = order.flatMap(({heading, causes: own}) => own.map((id) => explained(id, heading)))
  const chosen = wanted.length === 0 ? all : all.filter(({id}) => wanted.includes(id))
  return {apiVersion: 'kubectl-stateful/v1alpha1', kind: 'ExplainReport', causes: chosen}
}

function explained(id: CauseId, topic: string): ExplainedCause {
  const {title, applies, sign, remedy, risk, riskWhen, avoid, unseen}: Cause = causes[id]
  return {
    id,
    topic,
    title,
    applies,
    sign,
    helps: remedy,
    risk: conditional(risk, riskWhen),
    avoid: avoid ? sentence(avoid) : null,
    notReported: unseen ?? null,
  }
}

function conditional(text: string | undefined, when: string | undefined): string | null {
  if (!text) return null
  return when ? `${sentence(text)} Only when ${when}.` : sentence(text)
}

/** A text as findings print it, as a sentence. */
function sentence(text: string): string {
  return `${capitalised(text)}.`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
