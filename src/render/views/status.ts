import type {StatusReport, WorkloadStatus} from '../../reports/status/report.ts'
import {type Changing, changingOf, rememberedParts, tablePart} from '../changing.ts'
import {age} from '../human.ts'
import type {Cell, Column, Section, TextOptions, Tone} from '../view.ts'
import {none, unknown} from './cells.ts'
import {workloadName} from './rollout-list.ts'
import {STATE_TONES} from './rollout-words.ts'

interface Row {
  readonly observedAt: string
  readonly workload: WorkloadStatus
}

const columns: readonly Column<Row>[] = [
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
    name: 'READY',
    description: 'Pods that are ready, of how many that should be',
    cell: ({workload: {ready, desired}}) => count(ready, desired),
  },
  {
    name: 'UPDATED',
    description: 'Pods of the update revision, of how many',
    yields: 2,
    cell: ({workload: {updated, desired}}) => count(updated, desired),
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
    name: 'FINDING',
    description: 'What is wrong, the cause first',
    wraps: true,
    cell: ({workload}) => finding(workload),
  },
  {
    name: 'ID',
    description: 'Its id, to be looked up in docs/causes.md',
    isWide: true,
    cell: ({workload: {top}}) => (top ? top.id : none),
  },
]

function count(some: number | null, all: number | null): Cell {
  if (some === null || all === null) return unknown
  return {text: `${some}/${all}`, tone: some < all ? 'warn' : undefined}
}

const TONES: Readonly<Record<string, Tone>> = {error: 'error', warning: 'warn', info: 'muted'}

function finding({top, findings: [worst]}: WorkloadStatus): Cell {
  return top ? {text: top.title, tone: TONES[worst?.severity ?? 'info']} : none
}

/** One line for each workload, the worst first. */
export function statusView(
  {workloads, observedAt}: StatusReport,
  options: TextOptions,
): readonly Section<Row>[] {
  const shown = columns.filter(({name}) => name !== 'NAMESPACE' || options.hasNamespaces)
  return [
    {table: {columns: shown, rows: workloads.map((workload) => ({observedAt, workload}))}, paragraphs: []},
  ]
}

/** Each line by its workload, without times: what changes while somebody watches. */
export function changingStatus(report: StatusReport): Changing {
  return changingOf(report.workloads.map((workload) => partOf(workload, report)))
}

const timeless = columns.filter(({name}) => name !== 'SINCE')

const partOf = rememberedParts<StatusReport, WorkloadStatus>((workload) =>
  tablePart(timeless, [{observedAt: '', workload}], () => `${workload.namespace}/${workloadName(workload)}`),
)
