import type {Finding, Remedy, Severity} from '../../diagnosis/finding.ts'
import {age} from '../human.ts'
import type {Line, Paragraph, Tone} from '../view.ts'

const TONES: Readonly<Record<Severity, Tone>> = {error: 'error', warning: 'warn', info: 'muted'}
const LABELS: Readonly<Record<Severity, string>> = {error: 'Error', warning: 'Warning', info: 'Note'}
const RANK: Readonly<Record<Severity, number>> = {error: 0, warning: 1, info: 2}

/** Worst first; equals stay in order. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
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

/** What is more than a note, as one line for each cause: where there is too much to be told in full. */
export function briefLines(findings: readonly Finding[], now: string): readonly Line[] {
  const serious = findings.filter(({severity}) => severity !== 'info')
  return [...groupsOf(serious).values()].flatMap((group) => {
    const [first] = paragraph(group, now)
    return first ? [{...first, tag: counted(group), isOneRow: true}] : []
  })
}

/** `sched-insufficient-cpu ×27`. */
function counted(group: readonly Finding[]): string {
  return `${group[0]?.id}${group.length > 1 ? ` ×${group.length}` : ''}`
}

function groupsOf(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  return Map.groupBy(findings, ({id, severity, remedy}) => [severity, id, remedy?.danger].join('\n'))
}

/** One paragraph per cause and danger: many objects with the same trouble are one paragraph. */
export function findingParagraphs(findings: readonly Finding[], now: string): readonly (readonly Line[])[] {
  return [...groupsOf(findings).values()].map((group) => paragraph(group, now))
}

function paragraph([finding, ...others]: readonly Finding[], now: string): readonly Line[] {
  if (!finding) return []
  const {id, severity, message, since, evidence, remedy} = finding
  const when = since ? ` (for ${age(since, now)})` : ''
  return [
    {label: LABELS[severity], tone: TONES[severity], text: message + when, tag: id},
    ...alsoLines(finding, others),
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

function alsoLines(first: Finding, others: readonly Finding[]): readonly Line[] {
  const names = differingNames([first, ...others].map(({message}) => message))
  if (names) return names.length > 1 ? [{label: 'Also', text: listed(names.slice(1))}] : []
  const shown = others.slice(0, FEW).map(({message}) => message)
  const hidden = others.length - shown.length
  const texts = hidden > 0 ? [...shown, `${hidden} more; -o json has them all`] : shown
  return texts.map((text) => ({label: 'Also', text}))
}

const MANY = 8

function listed(names: readonly string[]): string {
  const hidden = names.length - MANY
  return names.slice(0, MANY).join(', ') + (hidden > 0 ? ` and ${hidden} more` : '')
}

/** Where sentences differ in one name only: those names, in their order. */
function differingNames(sentences: readonly string[]): readonly string[] | undefined {
  const split = sentences.map((sentence) => sentence.split(' '))
  const [first = []] = split
  if (split.some(({length}) => length !== first.length)) return undefined
  const places = first
    .map((_, place) => place)
    .filter((place) => split.some((words) => words[place] !== first[place]))
  const names = split.map((words) => (words[places[0] ?? -1] ?? '').replace(/[:,]$/, ''))
  return places.length === 1 && names.every((name) => /[-/]/.test(name)) ? names : undefined
}
