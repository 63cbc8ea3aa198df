import type {Finding, Remedy, Severity} from '../../diagnosis/finding.ts'
import {age} from '../human.ts'
import type {Line, Paragraph, Tone} from '../view.ts'

const TONES: Readonly<Record<Severity, Tone>> = {error: 'error', warning: 'warn', info: 'muted'}
const LABELS: Readonly<Record<Severity, string>> = {error: 'Error', warning: 'Warning', info: 'Note'}
const RANK: Readonly<Record<Severity, number>> = {error: 0, warning: 1, info: 2}

/** Worst first; equals stay in order. */
function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((left, right) => RANK[left.severity] - RANK[right.severity])
}

/** Order of two lists that are worst first: by their worst. */
function compareWorst([left]: readonly Finding[], [right]: readonly Finding[]): number {
  return (left ? RANK[left.severity] : 3) - (right ? RANK[right.severity] : 3)
}

/** What was found of several objects: the one with the worst first, each under its title where there are several. */
export function paragraphsByObject(
  objects: readonly {readonly title: string; readonly findings: readonly Finding[]}[],
  now: string,
): readonly Paragraph[] {
  const isOne = objects.length === 1
  return objects
    .map(({title, findings}) => ({title, findings: worstFirst(findings)}))
    .filter(({findings}) => findings.length > 0)
    .toSorted((left, right) => compareWorst(left.findings, right.findings))
    .flatMap(({title, findings}) =>
      findingParagraphs(findings, now).map((lines, index) => (isOne || index > 0 ? {lines} : {title, lines})),
    )
}

/** One paragraph per cause and danger: many objects with the same trouble are one paragraph. */
function findingParagraphs(findings: readonly Finding[], now: string): readonly (readonly Line[])[] {
  const groups = Map.groupBy(findings, ({id, severity, remedy}) => [severity, id, remedy?.danger].join('\n'))
  return [...groups.values()].map((group) => paragraph(group, now))
}

function paragraph([finding, ...others]: readonly Finding[], now: string): readonly Line[] {
  if (!finding) return []
  const {id, severity, message, since, evidence, remedy} = finding
  const when = since ? ` (for ${age(since, now)})` : ''
  return [
    {label: LABELS[severity], tone: TONES[severity], text: message + when, tag: id},
    ...alsoLines(others),
    {label: 'Evidence', text: evidence.join('; ')},
    ...(remedy?.danger ? [{label: 'Danger', text: remedy.danger}] : []),
    ...remedyLines(remedy, others.length),
  ]
}

/** The danger stands before the commands: whoever copies them has read it. */
function remedyLines(remedy: Remedy | null, others: number): readonly Line[] {
  const advice = remedy?.advice ? [{text: remedy.advice}] : []
  const commands = (remedy?.commands ?? []).map((text) => ({text, isCommand: true}))
  const likewise =
    others > 0 && (remedy?.rung ?? 0) > 0 ? [{text: 'and likewise for each of the others'}] : []
  return [...commands, ...advice, ...likewise].map((line, index) => ({
    label: index === 0 ? 'Remedy' : '',
    ...line,
  }))
}

const FEW = 3

function alsoLines(others: readonly Finding[]): readonly Line[] {
  const shown = others.slice(0, FEW).map(({message}) => message)
  const hidden = others.length - shown.length
  const texts = hidden > 0 ? [...shown, `${hidden} more; -o json has them all`] : shown
  return texts.map((text) => ({label: 'Also', text}))
}
