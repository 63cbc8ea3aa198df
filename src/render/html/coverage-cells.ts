import type {CoverageReport, CoveredDaemonSet, CoveredNode} from '../../reports/coverage/report.ts'
import {counted, UNKNOWN} from '../human.ts'
import {nodeCell} from '../views/cells.ts'
import {nodeColumns} from '../views/coverage-node-columns.ts'
import {summaryOf} from '../views/coverage-rows.ts'
import {cellsBy, classOf, type Shade, shadeOf} from './cells.ts'
import type {GridRow} from './coverage-rows.ts'
import {EMPTY, html, type Markup} from './markup.ts'

/** A DaemonSet on the nodes of a row. */
export interface Covered {
  readonly report: CoverageReport
  readonly daemonSet: CoveredDaemonSet
  readonly node: CoveredNode | undefined
  readonly isGone: boolean
}

/** Names up to so many stand there; more are behind their number. */
const FEW = 3

/** How many nodes, and which. */
export function* headMarkup({names, nodes, isGone}: GridRow): Generator<Markup> {
  const known = nodes.find((node) => node !== undefined)
  if (names.length <= FEW) {
    for (const name of names) yield nameMarkup(name, known, isGone)
    return
  }
  const {text, tone} = nodeCell(
    {name: '', ready: known?.ready ?? null, schedulable: known?.schedulable ?? null},
    isGone,
  )
  yield html`<details><summary>${counted(names.length, 'node')} <span${classOf(shadeOf(tone))}>${text}</span></summary><small>`
  for (const name of names) yield html`${name}`
  yield html`</small></details>`
}

function nameMarkup(name: string, known: CoveredNode | undefined, isGone: boolean): Markup {
  const {text, tone} = nodeCell(
    {name, ready: known?.ready ?? null, schedulable: known?.schedulable ?? null},
    isGone,
  )
  return html`<div${classOf(shadeOf(tone))}>${text}</div>`
}

const cells = cellsBy(nodeColumns, ['STATE', 'STATUS'])

/** States that say all that the Pod's STATUS would. */
const PLAIN: ReadonlySet<string> = new Set(['Running', 'Excluded', 'Missing', 'Unknown'])

/** The state, and the rule that decides or what was found. */
export function cellMarkup({report, daemonSet, node, isGone}: Covered): Markup {
  if (!node)
    return isGone
      ? html`<td class="muted"><span>nothing there</span></td>`
      : html`<td class="muted"><span>${UNKNOWN}</span></td>`
  const {STATE, STATUS} = cells({report, daemonSet, node, shown: node.name})
  const shade: Shade = shadeOf(STATE.tone) ?? (node.updated === false ? 'warn' : 'ok')
  const why = summaryOf(node)
  const more = [PLAIN.has(node.state) ? '' : STATUS.text, why ?? ''].filter(Boolean).join(': ')
  return html`<td class="${shade}"><span>${STATE.text}</span>${more ? html`<small>${more}</small>` : EMPTY}</td>`
}
