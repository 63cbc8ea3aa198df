import type {RolloutStep, StepState} from '../../reports/rollout/report.ts'
import {age} from '../human.ts'
import type {Cell, Column, Tone} from '../view.ts'
import {none} from './cells.ts'

/** Steps that are told in one line: one, or several of which the same is to be said. */
export interface StepRow {
  readonly observedAt: string
  /** Places in the queue, from 1. */
  readonly first: number
  readonly steps: readonly RolloutStep[]
}

const TONES: Readonly<Record<StepState, Tone | undefined>> = {
  updated: 'ok',
  updating: 'warn',
  blocking: 'error',
  waiting: undefined,
  held: 'muted',
  missing: 'warn',
  condemned: 'warn',
  excluded: 'muted',
  unknown: 'muted',
}

/** So many lines are read; of more, neighbours with the same to say share one. */
const READABLE = 20

/** One row per step; of a long queue one per run of equals. */
export function stepRows(
  steps: readonly RolloutStep[],
  observedAt: string,
  isWhole: boolean,
): readonly StepRow[] {
  const single = steps.map((step, index) => ({observedAt, first: index + 1, steps: [step]}))
  if (isWhole || steps.length <= READABLE) return single
  const alike = runs(single, wordsOf)
  if (alike.length <= READABLE) return alike
  const roughly = runs(single, ({state}) => state)
  return roughly.length <= READABLE ? roughly : aroundBlocker(roughly)
}

/** One row per step; of a long queue one per run of which the same is to be said, however many runs there are. */
export function equalSteps(
  steps: readonly RolloutStep[],
  observedAt: string,
  isApart: (step: RolloutStep) => boolean,
): readonly StepRow[] {
  const single = steps.map((step, index) => ({observedAt, first: index + 1, steps: [step]}))
  if (steps.length <= READABLE) return single
  return runs(single, (step) => `${isApart(step)}\n${wordsOf(step)}`)
}

function wordsOf({state, status, revision}: RolloutStep): string {
  return [state, status, revision].join('\n')
}

const NEIGHBOURS = 4

/** Of a queue in which nothing stays the same for long: the part to look at, and the rest as one row on either side. */
function aroundBlocker(rows: readonly StepRow[]): readonly StepRow[] {
  const blocker = rows.findIndex(({steps}) => steps.some(({state}) => state === 'blocking'))
  const start = Math.max(0, blocker - NEIGHBOURS)
  const end = start + 2 * NEIGHBOURS + 1
  return [...joined(rows.slice(0, start)), ...rows.slice(start, end), ...joined(rows.slice(end))]
}

function joined(rows: readonly StepRow[]): readonly StepRow[] {
  const [first] = rows
  return first ? [{...first, steps: rows.flatMap(({steps}) => steps)}] : []
}

function runs(rows: readonly StepRow[], keyOf: (step: RolloutStep) => string): readonly StepRow[] {
  const found: (Omit<StepRow, 'steps'> & {steps: RolloutStep[]})[] = []
  for (const row of rows) {
    const [last, step] = [found.at(-1), row.steps[0]]
    const isSame = last?.steps[0] && step && keyOf(last.steps[0]) === keyOf(step)
    if (last && isSame) last.steps.push(...row.steps)
    else found.push({...row, steps: [...row.steps]})
  }
  return found
}

const order: Column<StepRow> = {
  name: 'ORDER',
  description: 'Place in the queue of the controller',
  yields: 3,
  cell: ({first, steps}) => span(first, first + steps.length - 1),
}
const ordinal: Column<StepRow> = {
  name: 'ORDINAL',
  description: 'Ordinal',
  cell: ({steps}) => span(steps[0]?.ordinal ?? '', steps.at(-1)?.ordinal ?? ''),
}
const node: Column<StepRow> = {
  name: 'NODE',
  description: 'Node',
  shorten: 'middle',
  cell: ({steps}) => (steps.length > 1 ? `${steps.length} nodes` : (steps[0]?.nodeName ?? none)),
}

const common: readonly Column<StepRow>[] = [
  {
    name: 'POD',
    description: 'Pod',
    yields: 2,
    shorten: 'middle',
    cell: ({steps}) => (steps.length > 1 ? `${steps.length} Pods` : (steps[0]?.pod ?? none)),
  },
  {
    name: 'REVISION',
    description: 'Revision of the Pod',
    yields: 1,
    shorten: 'middle',
    cell: same(({revision}) => revision),
  },
  {
    name: 'STATE',
    description:
      'updated, updating, blocking (the controller waits for it, and something is wrong), waiting for its turn, held by the partition, missing, condemned (will be deleted), excluded (not wanted on that node), unknown (nothing tells whether it is updated)',
    cell: (row) => stateCell(row),
  },
  {
    name: 'READY',
    description: 'Containers ready, of how many',
    cell: same(({containers}) => containers && `${containers.ready}/${containers.total}`),
  },
  {name: 'STATUS', description: 'What kubectl says of the Pod', cell: same(({status}) => status)},
  {
    name: 'SINCE',
    description: 'How long the Pod has been as it is; of several, the youngest',
    cell: ({steps, observedAt}) => sinceCell(steps, observedAt),
  },
]

function stateCell({steps}: StepRow): Cell {
  const states = new Set(steps.map(({state}) => state))
  const [state] = states
  if (states.size > 1) return {text: '<various>', tone: 'muted'}
  return state ? {text: state, tone: TONES[state]} : none
}

export const ordinalColumns: readonly Column<StepRow>[] = [order, ordinal, ...common, {...node, isWide: true}]
export const nodeColumns: readonly Column<StepRow>[] = [node, ...common]

const role: Column<StepRow> = {
  name: 'ROLE',
  description: 'What its operator says that it is among the others',
  cell: same(({role}) => role ?? null),
}

/** Of what an operator updates in an order of its own. */
export function operatorColumns(steps: readonly RolloutStep[]): readonly Column<StepRow>[] {
  const hasOrdinals = steps.some((step) => step.ordinal !== null)
  const hasRoles = steps.some((step) => step.role)
  return [
    ...(hasOrdinals ? [ordinal] : []),
    ...(hasRoles ? [role] : []),
    ...common,
    {...node, isWide: hasOrdinals},
  ]
}

function span(first: number | string, last: number | string): string {
  return first === last ? String(first) : `${first}-${last}`
}

/** What all of them say; `<various>` where they differ. */
function same(fact: (step: RolloutStep) => string | null): (row: StepRow) => Cell {
  return ({steps}) => {
    const texts = new Set(steps.map(fact))
    const [text] = texts
    if (texts.size > 1) return {text: '<various>', tone: 'muted'}
    return text ? {text} : none
  }
}

function sinceCell(steps: readonly RolloutStep[], observedAt: string): Cell {
  const youngest = steps
    .map(({since}) => since)
    .filter((since) => since !== null)
    .toSorted()
    .at(-1)
  return youngest ? {text: age(youngest, observedAt)} : none
}
