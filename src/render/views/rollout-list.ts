import {cleanCell} from '../../model/clean.ts'
import type {RolledWorkload, RolloutReport, RolloutStatus} from '../../reports/rollout-report.ts'
import {age} from '../human.ts'
import {labelledLines} from '../lines.ts'
import {tableLines} from '../table.ts'
import type {Column, TextOptions} from '../view.ts'
import {none} from './cells.ts'
import {paragraphsByObject} from './findings.ts'
import {nextText, STATUS_TONES} from './rollout-words.ts'

const SHORT: Readonly<Record<RolledWorkload['kind'], string>> = {StatefulSet: 'sts', DaemonSet: 'ds'}

const URGENCY: readonly RolloutStatus[] = ['Stalled', 'Unknown', 'Progressing', 'Waiting', 'Held', 'Complete']

interface WorkloadRow {
  readonly observedAt: string
  readonly workload: RolledWorkload
}

const columns: readonly Column<WorkloadRow>[] = [
  {name: 'NAMESPACE', description: 'Namespace', cell: ({workload}) => workload.namespace},
  {name: 'WORKLOAD', description: 'Type and name', cell: ({workload}) => workloadName(workload)},
  {
    name: 'STRATEGY',
    description: 'Update strategy',
    yields: 2,
    cell: ({workload}) => workload.updateStrategy.type,
  },
  {
    name: 'UPDATED',
    description: 'Pods of the update revision, of how many',
    cell: ({workload: {counts}}) => `${counts.updated ?? '?'}/${counts.desired ?? '?'}`,
  },
  {
    name: 'AVAILABLE',
    description: 'Pods that have been ready for minReadySeconds',
    yields: 1,
    cell: ({workload: {counts}}) => String(counts.available ?? '?'),
  },
  {
    name: 'STATUS',
    description: 'Complete, Progressing, Held, Waiting, Stalled or Unknown',
    cell: ({workload: {status}}) => ({text: status, tone: STATUS_TONES[status]}),
  },
  {
    name: 'SINCE',
    description: 'Since when it is stalled, or something last moved',
    cell: ({workload: {since}, observedAt}) => (since ? age(since, observedAt) : none),
  },
  {
    name: 'NEXT',
    description: 'What the controller does next, or who is in the way',
    isFlexible: true,
    cell: ({workload, observedAt}) => ({
      text: workload.blockedBy?.message ?? unknownText(workload) ?? nextText(workload, observedAt),
    }),
  },
]

function unknownText({status, reason}: RolledWorkload): string | null {
  return status === 'Unknown' ? reason : null
}

/** `sts/db`. */
export function workloadName({kind, name}: Pick<RolledWorkload, 'kind' | 'name'>): string {
  return `${SHORT[kind]}/${name}`
}

/** A line for each, the most urgent first; then what holds them up. */
export function* rolloutListLines(
  {workloads, observedAt}: RolloutReport,
  options: TextOptions,
): Generator<string> {
  const rows = workloads
    .toSorted((left, right) => URGENCY.indexOf(left.status) - URGENCY.indexOf(right.status))
    .map((workload) => ({observedAt, workload}))
  const shown = columns.filter(({name}) => name !== 'NAMESPACE' || options.hasNamespaces)
  yield* tableLines({columns: shown, rows}, options)
  const objects = rows.map(({workload}) => ({
    title: `${workload.kind} ${workload.namespace}/${workload.name}`,
    findings: [...(workload.blockedBy?.findings ?? []), ...workload.findings].filter(
      ({severity}) => severity !== 'info',
    ),
  }))
  for (const {title, lines} of paragraphsByObject(objects, observedAt)) {
    yield ''
    if (title !== undefined) yield cleanCell(title)
    yield* labelledLines(lines, options)
  }
}
