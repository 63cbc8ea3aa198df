import type {RolledWorkload, RolloutStep} from '../../reports/rollout/report.ts'
import {NONE} from '../human.ts'
import {equalSteps, nodeColumns, ordinalColumns, type StepRow} from '../views/rollout-steps.ts'
import {cellsBy, type Shade, shadeOf} from './cells.ts'
import {EMPTY, html, type Markup} from './markup.ts'

/** Who is in the way, and how that is marked. */
interface Stuck {
  readonly step: RolloutStep | undefined
  readonly mark: Markup
}

const BATCH = 60

/** The queue, of which a browser lays out only what somebody looks at; numbers are places in it. */
export function* queueParts(
  {kind, steps}: RolledWorkload,
  observedAt: string,
  stuck: Stuck | undefined,
): Generator<Markup> {
  const isStuck = (step: RolloutStep) => step === stuck?.step
  const rows = equalSteps(steps, observedAt, isStuck)
  for (let start = 0; start < rows.length; start += BATCH) {
    const part = rows.slice(start, start + BATCH)
    yield html`<ol class="list ways part" start="${part[0]?.first ?? 1}">`
    for (const row of part) yield* rowPieces(row, kind, row.steps.some(isStuck) ? stuck?.mark : undefined)
    yield html`</ol>`
  }
}

const cells = {
  StatefulSet: cellsBy(ordinalColumns, ['ORDINAL', 'POD', 'REVISION', 'STATE', 'READY', 'STATUS', 'SINCE']),
  DaemonSet: cellsBy(nodeColumns, ['NODE', 'POD', 'REVISION', 'STATE', 'READY', 'STATUS', 'SINCE']),
}

function* rowPieces(row: StepRow, kind: RolledWorkload['kind'], mark: Markup = EMPTY): Generator<Markup> {
  const {STATE, READY, STATUS, REVISION, SINCE, ...rest} = (
    kind === 'DaemonSet' ? cells.DaemonSet : cells.StatefulSet
  )(row)
  const shade: Shade = shadeOf(STATE.tone) ?? 'muted'
  const name = 'NODE' in rest ? `${rest.NODE.text} ${told(rest.POD.text)}` : nameOf(row, rest.ORDINAL.text)
  const more = [READY, STATUS].map(({text}) => told(text)).filter(Boolean)
  const since = told(SINCE.text) && `for ${SINCE.text}`
  const words = [[STATE.text, ...more].join(' '), told(REVISION.text), since].filter(Boolean).join(' · ')
  yield html`<li class="${shade}" value="${row.first}"><b>${name.trim()}</b> <span>${words}</span>${mark}`
  if (row.steps.length > 1) yield* membersOf(row)
  yield html`</li>`
}

function told(text: string): string {
  return text === NONE ? '' : text
}

function nameOf({steps: [first, ...others]}: StepRow, ordinals: string): string {
  return others.length > 0 ? `ordinals ${ordinals}` : (first?.pod ?? `ordinal ${ordinals}`)
}

/** Who they are, of several that are one item. */
function* membersOf({steps}: StepRow): Generator<Markup> {
  yield html`<details><summary>all ${steps.length}</summary><small>`
  for (const step of steps) yield html`${memberName(step)}`
  yield html`</small></details>`
}

function memberName({ordinal, nodeName, pod}: RolloutStep): string {
  return ordinal === null ? `${nodeName}` : (pod ?? `ordinal ${ordinal}`)
}
