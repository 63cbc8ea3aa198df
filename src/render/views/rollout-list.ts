import type {RolledWorkload, RolloutReport, RolloutState} from '../../reports/rollout/report.ts'
import {age} from '../human.ts'
import {type Column, type Section, sectionOf, type TextOptions} from '../view.ts'
import {none} from './cells.ts'
import {paragraphsByObject} from './findings.ts'
import {nextText, STATE_TONES} from './rollout-words.ts'

const SHORT: Readonly<Record<string, string>> = {StatefulSet: 'sts', DaemonSet: 'ds'}

const URGENCY: readonly RolloutState[] = ['Stalled', 'Unknown', 'Progressing', 'Waiting', 'Held', 'Complete']

export function byUrgency(workloads: readonly RolledWorkload[]): readonly RolledWorkload[] {
  return workloads.toSorted((left, right) => URGENCY.indexOf(left.state) - URGENCY.indexOf(right.state))
}

interface WorkloadRow {
  readonly observedAt: string
  readonly workload: RolledWorkload
}

const columns: readonly Column<WorkloadRow>[] = [
  {
    name: 'NAMESPACE',
    description: 'Namespace',
    shorten: 'middle',
    cell: ({workload}) => workload.namespace,
  },
  {
    name: 'WORKLOAD',
    description: 'Type and name',
    shorten: 'middle',
    cell: ({workload}) => workloadName(workload),
  },
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
    name: 'STATE',
    description: 'Complete, Progressing, Held, Waiting, Stalled or Unknown',
    cell: ({workload: {state}}) => ({text: state, tone: STATE_TONES[state]}),
  },
  {
    name: 'SINCE',
    description: 'Since when it is stalled, or something last moved',
    cell: ({workload: {since}, observedAt}) => (since ? age(since, observedAt) : none),
  },
  {
    name: 'NEXT',
    description: 'What the controller does next, or what it waits for',
    isFlexible: true,
    cell: ({workload, observedAt}) => nextText(workload, observedAt),
  },
]

/** Where nothing is told under the table: who is in the way. */
const blockedColumn: Column<WorkloadRow> = {
  name: 'NEXT',
  description: 'Who is in the way, or what the controller does next',
  isFlexible: true,
  cell: ({workload, observedAt}) => workload.blockedBy?.message ?? nextText(workload, observedAt),
}

/** `sts/db`. */
export function workloadName({kind, group, name}: Pick<RolledWorkload, 'kind' | 'group' | 'name'>): string {
  return group ? `${kind.toLowerCase()}.${group}/${name}` : `${SHORT[kind]}/${name}`
}

/** A line for each, the most urgent first; then what blocks them. */
export function rolloutListSection(
  {workloads, observedAt}: RolloutReport,
  options: TextOptions,
): Section<unknown> {
  const rows = byUrgency(workloads).map((workload) => ({observedAt, workload}))
  const objects = rows.map(({workload}) => ({
    title: `${workload.kind} ${workload.namespace}/${workload.name}`,
    findings: [...(workload.blockedBy?.findings ?? []), ...workload.findings].filter(
      ({severity}) => severity !== 'info',
    ),
  }))
  const all = options.findings === 'none' ? [...columns.slice(0, -1), blockedColumn] : columns
  const shown = all.filter(({name}) => name !== 'NAMESPACE' || options.hasNamespaces)
  return sectionOf({
    table: {columns: shown, rows},
    paragraphs: paragraphsByObject(objects, observedAt, options),
  })
}
