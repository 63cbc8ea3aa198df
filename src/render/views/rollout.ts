import type {Finding} from '../../diagnosis/finding.ts'
import type {RolledWorkload, RolloutReport} from '../../reports/rollout/report.ts'
import {age} from '../human.ts'
import {type Line, type Section, sectionOf, type TextOptions} from '../view.ts'
import {type Said, say} from './echo.ts'
import {findingParagraphs, isAlike} from './findings.ts'
import {headLines} from './rollout-head.ts'
import {rolloutListSection} from './rollout-list.ts'
import {nextLines} from './rollout-next.ts'
import {nodeColumns, operatorColumns, ordinalColumns, stepRows} from './rollout-steps.ts'

/** One workload in full; several as a list, and what blocks them. */
export function rolloutView(report: RolloutReport, options: TextOptions): readonly Section<unknown>[] {
  const [workload, ...others] = report.workloads
  if (!workload) return []
  return others.length > 0
    ? [rolloutListSection(report, options)]
    : workloadSections(workload, report.observedAt, options)
}

/** How far it is, what comes next, who is in the way and what to do; then the queue, and what else was found. */
function workloadSections(
  workload: RolledWorkload,
  now: string,
  options: TextOptions,
): readonly Section<unknown>[] {
  const said: Said = new Set()
  const {alike, others} = found(workload)
  const next = nextLines(workload, now)
  for (const {text} of next) say(text, said)
  const blocked = named(blockedLines(workload, alike, now, options, said), workload, next)
  const why = workload.blockedBy ? [] : findingParagraphs(alike, now, options, said)
  return [
    sectionOf({
      head: options.hasHeaders ? [...headLines(workload, now, options)] : [],
      table: {columns: [], rows: []},
      paragraphs: [[...next, ...blocked], ...why].map((lines) => ({lines})),
    }),
    sectionOf({
      table: {
        columns: columnsOf(workload),
        rows: stepRows(workload.steps, now, options.isWide),
      },
      paragraphs: findingParagraphs(others, now, options, said).map((lines) => ({lines})),
    }),
  ]
}

function columnsOf({kind, group, steps}: RolledWorkload) {
  if (group) return operatorColumns(steps)
  return kind === 'StatefulSet' ? ordinalColumns : nodeColumns
}

interface Found {
  /** Why it does not go on, and all that are like it. */
  readonly alike: readonly Finding[]
  readonly others: readonly Finding[]
}

/** What is waited for, though nobody is in the way. */
const IS_WAITING: ReadonlySet<string> = new Set(['Stalled', 'Held', 'Waiting', 'Unknown'])

function found({blockedBy, findings, state}: RolledWorkload): Found {
  const first = blockedBy ? blockedBy.findings[0] : IS_WAITING.has(state) ? findings[0] : undefined
  const all = [...(blockedBy?.findings ?? []), ...findings]
  const alike = first ? all.filter((finding) => isAlike(finding, first)) : []
  return {alike, others: all.filter((finding) => !alike.includes(finding))}
}

/** Who is in the way: in the words of the cause where one is known, and what to do. */
function blockedLines(
  {blockedBy, state}: RolledWorkload,
  [first, ...others]: readonly Finding[],
  now: string,
  options: TextOptions,
  said: Said,
): readonly Line[] {
  if (!blockedBy) return []
  if (!first) {
    const tone = state === 'Stalled' ? 'error' : 'warn'
    return [{label: 'Blocked', text: `${blockedBy.message}${forText(blockedBy.since, now)}`, tone}]
  }
  const since = first.since ?? blockedBy.since
  const all = [since ? {...first, since} : first, ...others]
  const [head, ...rest] = findingParagraphs(all, now, {...options, findings: 'full'}, said)[0] ?? []
  return head ? [{...head, label: 'Blocked'}, ...rest] : []
}

/** With who is in the way before it, where neither the cause nor what comes next names that. */
function named(
  [head, ...rest]: readonly Line[],
  {kind, blockedBy}: RolledWorkload,
  next: readonly Line[],
): readonly Line[] {
  const who = kind === 'StatefulSet' ? blockedBy?.pod : blockedBy?.nodeName
  if (!head || !who || [head, ...next].some(({text}) => text.includes(who)))
    return head ? [head, ...rest] : []
  return [{...head, text: `${who}: ${head.text}`}, ...rest]
}

function forText(since: string | null, now: string): string {
  return since ? `, for ${age(since, now)}` : ''
}
