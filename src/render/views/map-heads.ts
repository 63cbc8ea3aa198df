import type {MappedWorkload} from '../../reports/map/report.ts'
import {GAP} from '../rooms.ts'
import type {Column} from '../view.ts'
import {widthOf} from '../width.ts'
import {domainOfNodes} from './map-names.ts'
import type {MapRow} from './map-rows.ts'
import {domainText} from './node-names.ts'

/** What stands above the table: the only workload, and what all nodes end with. */
export function headTexts(workloads: readonly MappedWorkload[], rows: readonly MapRow[]): readonly string[] {
  const [workload, ...others] = workloads
  const domain = domainOfNodes(rows)
  return [
    ...(workload && others.length === 0
      ? [`${workload.kind} ${fullName(workload)}`, readyText(workload, rows)]
      : []),
    ...(domain === '' ? [] : [domainText(domain)]),
  ]
}

/** Of the width, the share that columns for the names of workloads may take. */
const SHARE = 0.25

/** Several workloads whose names would take too much of each row stand above their rows. */
export function needsTitles(
  workloads: readonly MappedWorkload[],
  columns: readonly Column<MapRow>[],
  width: number,
): boolean {
  const taken = columns.map(({name}) => {
    if (name === 'NAMESPACE')
      return needed(
        name,
        workloads.map(({namespace}) => namespace),
      )
    return name === workloads[0]?.kind.toUpperCase()
      ? needed(
          name,
          workloads.map((each) => each.name),
        )
      : 0
  })
  return workloads.length > 1 && taken.reduce((sum, each) => sum + each, 0) > width * SHARE
}

function needed(header: string, texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, widthOf(text)), header.length) + GAP
}

/** `shop/db   3/5 ready`, for each row. */
export function titles(
  workloads: readonly MappedWorkload[],
  rows: readonly MapRow[],
): (row: MapRow) => string {
  const texts = new Map(workloads.map((each) => [each, `${fullName(each)}   ${readyText(each, rows)}`]))
  return ({workload}) => texts.get(workload) ?? ''
}

function fullName({namespace, name}: MappedWorkload): string {
  return `${namespace}/${name}`
}

/** `3/5 ready`. */
function readyText({ordinals, desiredReplicas}: MappedWorkload, rows: readonly MapRow[]): string {
  const isUnseen = rows[0]?.report.omissions.some(({resource}) => resource === 'pods')
  const ready = ordinals.filter(({state, pod}) => state === 'desired' && pod?.ready).length
  return `${isUnseen ? '?' : ready}/${desiredReplicas ?? '?'} ready`
}
