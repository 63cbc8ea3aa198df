import type {Finding, Severity} from '../../diagnosis/finding.ts'
import {age} from '../human.ts'
import type {Line, Paragraph, TextOptions, Tone} from '../view.ts'
import {alsoLines} from './also-lines.ts'
import {type Said, say} from './echo.ts'
import {proofLines} from './proof-lines.ts'
import {remedyLines} from './remedy-lines.ts'

const TONES: Readonly<Record<Severity, Tone>> = {error: 'error', warning: 'warn', info: 'muted'}
const LABELS: Readonly<Record<Severity, string>> = {error: 'Error', warning: 'Warning', info: 'Note'}
const RANK: Readonly<Record<Severity, number>> = {error: 0, warning: 1, info: 2}

/** How findings are told: in full unless `findings` says less, all proof unless a terminal has little room. */
export type Telling = Partial<Pick<TextOptions, 'findings' | 'width' | 'isWide'>>

/** Order of two lists: by their causes, which stand first. */
function compareWorst([left]: readonly Finding[], [right]: readonly Finding[]): number {
  return (left ? RANK[left.severity] : 3) - (right ? RANK[right.severity] : 3)
}

/** What was found of several objects as one list: of one with its cause first, of several the worst of all first. */
export function worstOfAll(lists: readonly (readonly Finding[])[]): readonly Finding[] {
  const all = lists.flat()
  if (lists.length === 1) return all
  return all.toSorted((left, right) => RANK[left.severity] - RANK[right.severity])
}

/** What was found of several objects: the one with the worst first, each under its title where there are several. */
export function paragraphsByObject(
  objects: readonly {readonly title: string; readonly findings: readonly Finding[]}[],
  now: string,
  telling: Telling = {},
): readonly Paragraph[] {
  const isOne = objects.length === 1
  const said: Said = new Set()
  return objects
    .filter(({findings}) => findings.length > 0)
    .toSorted((left, right) => compareWorst(left.findings, right.findings))
    .flatMap(({title, findings}) =>
      findingParagraphs(findings, now, telling, said).map((lines, index) =>
        isOne || index > 0 ? {lines} : {title, lines},
      ),
    )
}

/** What is more than a note, as one line for each cause: where there is too much to be told in full. */
export function briefLines(findings: readonly Finding[], now: string): readonly Line[] {
  return oneLineEach(
    findings.filter(({severity}) => severity !== 'info'),
    now,
  )
}

/** One line for each cause, notes too: the sentence, and the id by which more is told. */
export function oneLineEach(findings: readonly Finding[], now: string): readonly Line[] {
  return [...groupsOf(findings).values()].flatMap((group) =>
    group[0] ? [{...headLine(group[0], now), tag: counted(group), isOneRow: true}] : [],
  )
}

/** `sched-insufficient-cpu ×27`. */
function counted(group: readonly Finding[]): string {
  return `${group[0]?.id}${group.length > 1 ? ` ×${group.length}` : ''}`
}

function groupsOf(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  return Map.groupBy(findings, groupKey)
}

function groupKey({id, severity, remedy}: Finding): string {
  return [severity, id, remedy?.risk, remedy?.avoid].join('\n')
}

/** The same trouble at another place: one paragraph tells of both. */
export function isAlike(left: Finding, right: Finding): boolean {
  return groupKey(left) === groupKey(right)
}

/** One paragraph per cause and danger: many objects with the same trouble are one paragraph. What is `said` is not said again: no proof, and nothing to look at. */
export function findingParagraphs(
  findings: readonly Finding[],
  now: string,
  telling: Telling = {},
  said: Said = new Set(),
): readonly (readonly Line[])[] {
  if (telling.findings === 'none' || findings.length === 0) return []
  if (telling.findings === 'brief') return [oneLineEach(findings, now)]
  return [...groupsOf(findings).values()].map((group) => paragraph(group, now, telling, said))
}

function paragraph(
  [finding, ...others]: readonly Finding[],
  now: string,
  telling: Telling,
  said: Said,
): readonly Line[] {
  if (!finding) return []
  for (const {message} of [finding, ...others]) say(message, said)
  return [
    headLine(finding, now),
    ...alsoLines(finding, others),
    ...remedyLines(finding.remedy, others.length, said),
    ...proofLines(finding.evidence, telling, said),
  ]
}

function headLine(finding: Finding, now: string): Line {
  const {id, severity, message, role} = finding
  return {
    label: role === 'consequence' ? 'Follows' : LABELS[severity],
    tone: TONES[severity],
    text: message + whenText(finding, now),
    tag: id,
  }
}

const HEALS: Readonly<Record<Finding['selfHealing'], string>> = {
  yes: 'heals by itself',
  no: 'needs you',
  maybe: '',
}

/** `, for 12m, needs you`. */
function whenText({since, selfHealing, severity}: Finding, now: string): string {
  const heals = severity === 'info' && selfHealing === 'no' ? '' : HEALS[selfHealing]
  return [since ? `for ${age(since, now)}` : '', heals].map((text) => text && `, ${text}`).join('')
}
