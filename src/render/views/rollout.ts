import type {Finding} from '../../diagnosis/finding.ts'
import {cleanCell} from '../../model/clean.ts'
import type {RolledWorkload, RolloutReport} from '../../reports/rollout-report.ts'
import {colored} from '../color.ts'
import {age} from '../human.ts'
import {labelledLines} from '../lines.ts'
import {tableLines} from '../table.ts'
import type {Line, TextOptions} from '../view.ts'
import {padded, widthOf} from '../width.ts'
import {findingParagraphs, worstFirst} from './findings.ts'
import {rolloutListLines} from './rollout-list.ts'
import {nodeColumns, ordinalColumns, stepRows} from './rollout-steps.ts'
import {countsText, nextText, revisionsText, STATUS_TONES, statusText, strategyText} from './rollout-words.ts'

/** One workload in full; several as a list, and what holds them up. */
export function* rolloutLines(report: RolloutReport, options: TextOptions): Generator<string> {
  const [workload, ...others] = report.workloads
  if (!workload) return
  if (others.length > 0) yield* rolloutListLines(report, options)
  else yield* workloadLines(workload, report.observedAt, options)
}

function* workloadLines(workload: RolledWorkload, now: string, options: TextOptions): Generator<string> {
  if (options.hasHeaders) yield* headLines(workload, now, options)
  const rows = stepRows(workload.steps, now, options.isWide)
  if (options.hasHeaders && rows.length > 0) yield ''
  yield* tableLines({columns: workload.kind === 'StatefulSet' ? ordinalColumns : nodeColumns, rows}, options)
  yield ''
  const {blockedBy, findings} = workload
  const [first] = blockedBy?.findings ?? []
  const said = first?.message === blockedBy?.message ? first : undefined
  yield* labelledLines(
    [...standingLines(workload, now), ...(said ? [] : blockedLines(workload, now))],
    options,
  )
  const told = new Set(blockedBy?.findings.map(({id}) => id))
  const ofSet = findings.filter(({id}) => !told.has(id))
  const others = [...(blockedBy?.findings ?? []), ...ofSet].filter((finding) => finding !== said)
  const paragraphs = [...(said ? [asBlocked(said, now)] : []), ...findingParagraphs(worstFirst(others), now)]
  for (const lines of paragraphs) {
    yield ''
    yield* labelledLines(lines.map(briefEvidence), options)
  }
}

/** On a terminal what to do has to be in sight, too. */
function briefEvidence(line: Line): Line {
  return line.label === 'Evidence' ? {...line, isOneRow: true} : line
}

/** Where the finding says no more than who is in the way, it is said once. */
function asBlocked(finding: Finding, now: string): readonly Line[] {
  const [first, ...others] = findingParagraphs([finding], now)[0] ?? []
  return first ? [{...first, label: 'Blocked'}, ...others] : []
}

function blockedLines({blockedBy, status}: RolledWorkload, now: string): readonly Line[] {
  if (!blockedBy) return []
  const tag = blockedBy.since ? {tag: `for ${age(blockedBy.since, now)}`} : {}
  const tone = status === 'Stalled' ? 'error' : 'warn'
  return [{label: 'Blocked', text: blockedBy.message, ...tag, isOneRow: blockedBy.findings.length > 0, tone}]
}

const GAP = '   '

/** Who and how; then from where to where, how far, and how it stands: on one line, or on one each where that is too long. */
function* headLines(workload: RolledWorkload, now: string, options: TextOptions): Generator<string> {
  const {kind, namespace, name, status} = workload
  const who = cleanCell(`${kind} ${namespace}/${name}`)
  const revisions = cleanCell(revisionsText(workload))
  const far = `${barText(workload)}  ${countsText(workload)}`
  const stands = statusText(workload, now)
  const width = Math.max(widthOf(who), widthOf(revisions))
  const whole = width + widthOf([far, stands].join(GAP)) + GAP.length
  const isNarrow = whole > (options.width ?? Number.POSITIVE_INFINITY)
  const strategy = cleanCell(strategyText(workload))
  const first = `${padded(who, isNarrow ? 0 : width)}${GAP}${strategy}`
  if (widthOf(first) > (options.width ?? Number.POSITIVE_INFINITY)) yield* [who, strategy]
  else yield first
  const standing = colored(stands, STATUS_TONES[status], options.isColored)
  if (isNarrow) yield* [revisions, far, standing]
  else yield [padded(revisions, width), far, standing].join(GAP)
}

const BAR = 12

function barText({counts: {updated, desired}}: RolledWorkload): string {
  const share = desired === 0 ? 1 : (updated ?? 0) / (desired ?? 1)
  const full = Math.min(BAR, Math.floor(share * BAR))
  return '█'.repeat(full) + '░'.repeat(BAR - full)
}

/** What comes next, and what there is room for. */
function standingLines(workload: RolledWorkload, now: string): readonly Line[] {
  const {status, reason, budget} = workload
  const isUnexplained = status === 'Unknown' && reason !== null
  return [
    {label: 'Next', text: nextText(workload, now)},
    ...(isUnexplained ? [{label: 'Unknown', text: reason}] : []),
    ...(budget && budget.used > 0 ? [{label: 'Budget', text: budgetText(budget)}] : []),
  ]
}

const WHY: Readonly<Record<string, string>> = {
  excess: 'too many Pods',
  missing: 'no live Pod',
  both: 'two Pods',
  'new-unavailable': 'new Pod not available',
  'old-unavailable': 'old Pod not available',
  surging: 'new Pod not available yet',
}
const FEW = 3

function budgetText({mode, limit, used, usedBy}: NonNullable<RolledWorkload['budget']>): string {
  const names = usedBy.slice(0, FEW).map(({nodeName, why}) => `${nodeName} (${WHY[why] ?? why})`)
  const more = usedBy.length > FEW ? ` and ${usedBy.length - FEW} more` : ''
  return `${used} of ${mode} ${limit} in use: ${names.join(', ')}${more}`
}
