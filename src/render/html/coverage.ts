import type {CoverageReport, CoveredDaemonSet} from '../../reports/coverage/report.ts'
import {counterColumns} from '../views/coverage-counter-columns.ts'
import {type Covered, cellMarkup, headMarkup} from './coverage-cells.ts'
import {type GridRow, gridRows} from './coverage-rows.ts'
import {html, type Markup} from './markup.ts'
import type {Sitter} from './picture.ts'
import {tablePart} from './tables.ts'

const BATCH = 200

/** The counters, then a grid of nodes and DaemonSets with the rule that decides. */
export function* coveragePicture({
  report,
  hasNamespaces,
  isWhole,
}: Sitter<CoverageReport>): Generator<Markup> {
  const {daemonSets} = report
  const columns = counterColumns.filter(({name}) => name !== 'NAMESPACE' || hasNamespaces)
  yield* tablePart({columns, rows: daemonSets}, 'Nodes that should run each DaemonSet, and those that do')
  const rows = gridRows(report, isWhole)
  for (let start = 0; start < rows.length; start += BATCH)
    yield* gridPart(rows.slice(start, start + BATCH), report, hasNamespaces)
}

/** Each part has its headers, so that whoever looks at it knows the columns. */
function* gridPart(
  rows: readonly GridRow[],
  report: CoverageReport,
  hasNamespaces: boolean,
): Generator<Markup> {
  yield html`<div class="part scroll"><table class="coverage"><thead><tr><th scope="col">Nodes</th>`
  for (const daemonSet of report.daemonSets)
    yield html`<th scope="col">${titleOf(daemonSet, hasNamespaces)}</th>`
  yield html`</tr></thead><tbody>`
  for (const row of rows) yield* rowPieces(row, report)
  yield html`</tbody></table></div>`
}

function titleOf({namespace, name}: CoveredDaemonSet, hasNamespaces: boolean): string {
  return hasNamespaces ? `${namespace}/${name}` : name
}

function* rowPieces(row: GridRow, report: CoverageReport): Generator<Markup> {
  yield html`<tr><th scope="row">`
  yield* headMarkup(row)
  yield html`</th>`
  for (const [index, daemonSet] of report.daemonSets.entries()) {
    const covered: Covered = {report, daemonSet, node: row.nodes[index], isGone: row.isGone}
    yield cellMarkup(covered)
  }
  yield html`</tr>`
}
