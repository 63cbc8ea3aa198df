import type {Finding, Severity} from '../../diagnosis/finding.ts'
import {age} from '../human.ts'
import type {Line, Tone} from '../view.ts'

const TONES: Readonly<Record<Severity, Tone>> = {error: 'error', warning: 'warn', info: 'muted'}
const LABELS: Readonly<Record<Severity, string>> = {error: 'Error', warning: 'Warning', info: 'Note'}
const RANK: Readonly<Record<Severity, number>> = {error: 0, warning: 1, info: 2}

/** Findings worst first, one paragraph per cause: many objects with one cause are one paragraph. */
export function findingParagraphs(findings: readonly Finding[], now: string): readonly (readonly Line[])[] {
  const groups = Map.groupBy(findings, ({id, severity}) => `${severity} ${id}`)
  return [...groups.values()]
    .toSorted((left, right) => rankOf(left) - rankOf(right))
    .map((group) => paragraph(group, now))
}

function rankOf([first]: readonly Finding[]): number {
  return first ? RANK[first.severity] : 0
}

function paragraph([finding, ...others]: readonly Finding[], now: string): readonly Line[] {
  if (!finding) return []
  const {id, severity, message, since, evidence, remedy} = finding
  const when = since ? ` (${age(since, now)} ago)` : ''
  const commands = remedy?.commands ?? []
  return [
    {label: LABELS[severity], tone: TONES[severity], text: message + when, tag: id},
    ...alsoLine(finding, others),
    {label: 'Evidence', text: evidence.join('; ')},
    ...commands.map((text, index) => ({label: index === 0 ? 'Remedy' : '', text, isCommand: true})),
    ...(remedy ? [{label: 'Danger', text: remedy.danger}] : []),
  ]
}

const FEW = 5

function alsoLine(first: Finding, others: readonly Finding[]): readonly Line[] {
  const names = [...new Set(others.map(({object}) => object.name))].filter(
    (name) => name !== first.object.name,
  )
  if (names.length === 0) return []
  const rest = names.length > FEW ? ` and ${names.length - FEW} more` : ''
  return [{label: 'Also', text: names.slice(0, FEW).join(', ') + rest}]
}
