import type {MappedWorkload, MapReport} from '../../reports/map/report.ts'
import {counted} from '../human.ts'
import {titles} from '../views/map-heads.ts'
import {rowsOf} from '../views/map-rows.ts'
import type {Shade} from './cells.ts'
import {isDown} from './map-blocker.ts'
import {lossText} from './map-facts.ts'
import {EMPTY, html, type Markup} from './markup.ts'
import {foldedParts} from './picture.ts'

/** More workloads than these are folded into one line, to be opened. */
const MANY = 20

/** What is on the map, and how many are ready; those of which something was found first. */
export function* workloadParts(report: MapReport, marks: ReadonlyMap<object, Markup>): Generator<Markup> {
  const {workloads} = report
  const troubled = workloads.filter(({findings}) => findings.length > 0)
  const well = workloads.filter(({findings}) => findings.length === 0)
  const itemOf = (workload: MappedWorkload) => [item(workload, report, marks.get(workload) ?? EMPTY)]
  const more = (count: number) => `${counted(count, 'more workload')} with findings`
  yield* foldedParts(troubled.map(itemOf), 'list', MANY, more)
  const most = well.length > MANY ? 0 : MANY
  yield* foldedParts(
    well.map(itemOf),
    'list',
    most,
    (count) => `${counted(count, 'workload')} without findings`,
  )
}

const SHADES: Readonly<Record<string, Shade>> = {error: 'error', warning: 'warn'}

/** What is not seen is not well. */
function shadeOfWorkload({findings: [first], ordinals}: MappedWorkload, {omissions}: MapReport): Shade {
  const known = first && SHADES[first.severity]
  if (known) return known
  if (omissions.some(({resource}) => resource === 'pods')) return 'muted'
  return ordinals.some(isDown) ? 'warn' : 'ok'
}

function item(workload: MappedWorkload, report: MapReport, mark: Markup): Markup {
  const [row] = rowsOf(report, {...workload, ordinals: workload.ordinals.slice(0, 1)})
  const title = row ? titles([workload], [row])({...row, workload}) : workload.name
  const [first] = workload.findings
  const found = first ? counted(workload.findings.length, 'finding') : 'no findings'
  // of the only one the answer says it
  const loss = report.workloads.length > 1 ? lossText(workload.spread, workload.desiredReplicas) : ''
  const said = [found, loss].filter(Boolean).join(' · ')
  return html`<li class="${shadeOfWorkload(workload, report)}"><b>${workload.kind} ${title.replaceAll(/ {2,}/g, ' · ')}</b> <span>${said}</span>${mark}</li>`
}
