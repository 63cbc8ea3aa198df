import type {WhatIfReport, WhatIfStep} from '../../reports/what-if/report.ts'
import {NONE} from '../human.ts'
import {daemonColumns, podColumns, stepColumns, workloadColumns} from '../views/what-if-columns.ts'
import {cellsBy} from './cells.ts'
import {html, type Markup} from './markup.ts'
import type {Sitter} from './picture.ts'
import {tablePart} from './tables.ts'

/** How it would end stands in the answer; here is what happens round by round, and what becomes of whom. */
export function* whatIfPicture({report}: Sitter<WhatIfReport>): Generator<Markup> {
  const {steps, workloads, pods, daemonSets} = report
  yield* roundParts(steps)
  yield* tablePart({columns: workloadColumns, rows: workloads}, 'Ready Pods of each set')
  yield* tablePart({columns: podColumns, rows: pods}, 'What becomes of each Pod')
  yield* tablePart({columns: daemonColumns, rows: daemonSets}, 'DaemonSets that would count otherwise')
}

const BATCH = 60

function* roundParts(steps: readonly WhatIfStep[]): Generator<Markup> {
  if (steps.length === 0) return yield html`<p>Nothing would happen by itself.</p>`
  yield html`<h3>Round by round</h3>`
  for (let start = 0; start < steps.length; start += BATCH) {
    const part = steps.slice(start, start + BATCH)
    yield html`<ol class="list rounds part" start="${part[0]?.round ?? 1}">`
    for (const step of part) yield roundItem(step)
    yield html`</ol>`
  }
}

const cells = cellsBy(stepColumns, ['HAPPENS', 'DOWN', 'ONCE'])

function roundItem(step: WhatIfStep): Markup {
  const {HAPPENS, DOWN, ONCE} = cells(step)
  const parts = [
    ['Once', ONCE.text],
    ['Happens', HAPPENS.text],
    ['Down', DOWN.text],
  ] as const
  const said = parts.filter(([, text]) => text !== NONE && text !== '')
  return html`<li value="${step.round}"><b>Round ${step.round}</b><dl>${said.map(([label, text]) => html`<dt>${label}</dt><dd>${text}</dd>`)}</dl></li>`
}
