import type {MappedWorkload, MapReport} from '../../reports/map/report.ts'
import {type Changing, changingOf, rememberedParts, tablePart} from '../changing.ts'
import {claimColumns} from './map-claim-columns.ts'
import {nodeColumns, podColumns, workloadColumns} from './map-pod-columns.ts'
import {type MapRow, rowsOf} from './map-rows.ts'

const columns = [...workloadColumns('StatefulSet', true), ...podColumns, ...claimColumns, ...nodeColumns]

const partOf = rememberedParts<MapReport, MappedWorkload>((workload, report) =>
  tablePart(columns, rowsOf(report, workload), keyOf),
)

/** Each ordinal and claim as one line, by what it is about: what changes while somebody watches. */
export function changingOrdinals(report: MapReport): Changing {
  return changingOf(report.workloads.map((workload) => partOf(workload, report)))
}

/** A Pod of a Deployment has no ordinal, only its name. */
function keyOf({workload: {kind, namespace, name}, ordinal, claim}: MapRow): string {
  const which = ordinal.ordinal ?? ordinal.pod?.name ?? ''
  return [kind, namespace, name, which, claim?.name ?? ''].join('/')
}
