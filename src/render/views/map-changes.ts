import type {MapReport} from '../../reports/map/report.ts'
import {tableLines} from '../table.ts'
import {claimColumns} from './map-claim-columns.ts'
import {nodeColumns, podColumns, workloadColumns} from './map-pod-columns.ts'
import {type MapRow, rowsOf} from './map-rows.ts'

/** Each ordinal and claim as one line, by what it is about: what changes while somebody watches. */
export function changingOrdinals(report: MapReport): ReadonlyMap<string, string> {
  const rows = report.workloads.flatMap((workload) => rowsOf(report, workload))
  const columns = [...workloadColumns('StatefulSet', true), ...podColumns, ...claimColumns, ...nodeColumns]
  const options = {isColored: false, isWide: false, hasHeaders: false, hasNamespaces: true}
  const lines = [...tableLines({columns, rows}, options)]
  return new Map(rows.map((row, index) => [keyOf(row), lines[index] ?? '']))
}

/** A Pod of a Deployment has no ordinal, only its name. */
function keyOf({workload: {kind, namespace, name}, ordinal, claim}: MapRow): string {
  const which = ordinal.ordinal ?? ordinal.pod?.name ?? ''
  return [kind, namespace, name, which, claim?.name ?? ''].join('/')
}
