import type {RolledWorkload, RolloutReport} from '../../reports/rollout/report.ts'
import {counted} from '../human.ts'
import {byUrgency} from '../views/rollout-list.ts'
import {
  countsText,
  nextText,
  revisionsText,
  STATE_TONES,
  stateWords,
  strategyText,
} from '../views/rollout-words.ts'
import {classOf, shadeOf} from './cells.ts'
import {EMPTY, html, type Markup} from './markup.ts'
import {markOf, type Sitter} from './picture.ts'
import {queueParts} from './rollout-queue.ts'

/** Of more rollouts than these a line, to be opened. */
const MANY = 10

/** The queue of each rollout, in the controller's own order, with who is in the way; the most urgent first. */
export function* rolloutPicture({report}: Sitter<RolloutReport>): Generator<Markup> {
  const isOne = report.workloads.length === 1
  const all = byUrgency(report.workloads)
  const open = all.filter(({state}) => isOne || state !== 'Complete')
  for (const [index, workload] of open.entries()) {
    const isFolded = index >= MANY
    const {observedAt} = report
    if (isFolded)
      yield html`<details><summary>${titleOf(workload)}: ${stateWords(workload, observedAt)}, ${countsText(workload)}</summary>`
    // of one the answer says it already
    const next = isOne ? EMPTY : html`<p>Next: ${nextText(workload, observedAt)}</p>`
    yield* workloadPart(workload, observedAt, {number: index + 1, next})
    if (isFolded) yield html`</details>`
  }
  if (open.length === all.length) return
  const complete = all.slice(open.length)
  yield html`<details><summary>${counted(complete.length, 'rollout')} that ${complete.length === 1 ? 'is' : 'are'} complete</summary><ul>`
  for (const workload of complete)
    yield html`<li class="ok"><b>${titleOf(workload)}</b> <span>${countsText(workload)}</span></li>`
  yield html`</ul></details>`
}

function titleOf({kind, namespace, name}: RolledWorkload): string {
  return `${kind} ${namespace}/${name}`
}

function* workloadPart(
  workload: RolledWorkload,
  observedAt: string,
  {number, next}: {readonly number: number; readonly next: Markup},
): Generator<Markup> {
  const {state, reason, blockedBy, steps} = workload
  const stuck = steps.findIndex((step) => blockedBy && isAt(step, blockedBy))
  const shade = shadeOf(STATE_TONES[state])
  const mark = blockedBy && stuck < 0 ? markOf(number) : EMPTY
  yield html`<section class="zone part"><h3>${titleOf(workload)}</h3>`
  yield html`<p${classOf(shade)}><b>${stateWords(workload, observedAt)}</b>${mark}${reason ? html` <span>${reason}</span>` : EMPTY}</p>`
  yield html`<p>${strategyText(workload)}</p><p>${revisionsText(workload)}</p>`
  yield html`<p>${barOf(workload)}${countsText(workload)}</p>${next}`
  yield* queueParts(workload, observedAt, stuck < 0 ? undefined : {step: steps[stuck], mark: markOf(number)})
  yield html`</section>`
}

function barOf({counts: {desired, updated}}: RolledWorkload): Markup {
  if (desired === null || updated === null) return EMPTY
  const [most, full] = [Math.max(1, desired), desired === 0 ? 1 : updated]
  return html`<progress max="${most}" value="${full}" aria-label="updated"></progress> `
}

function isAt(
  {ordinal, nodeName}: RolledWorkload['steps'][number],
  blocker: NonNullable<RolledWorkload['blockedBy']>,
): boolean {
  return ordinal === null ? nodeName !== null && nodeName === blocker.nodeName : ordinal === blocker.ordinal
}
