import type {MappedClaim, MappedOrdinal, MappedWorkload, MapReport} from '../../reports/map/report.ts'
import {type Changing, cellTexts, changingOf, rememberedParts, tablePart} from '../changing.ts'
import type {Column} from '../view.ts'
import {claimColumns} from './map-claim-columns.ts'
import {nodeColumns, podColumns, workloadColumns} from './map-pod-columns.ts'
import {type MapRow, rowsOf} from './map-rows.ts'

const columns = [...workloadColumns('StatefulSet', true), ...podColumns, ...claimColumns, ...nodeColumns]

const partOf = rememberedParts<MapReport, MappedWorkload>((workload, report) =>
  tablePart(columns, rowsOf(report, workload), keyOf, rememberedCells(report)),
)

/** Cells of each row, by its ordinal and claim, for what may not be read. */
interface Known {
  readonly unseen: string
  readonly cells: Map<MappedClaim | null, readonly string[]>
}

const known = new WeakMap<MappedOrdinal | MappedWorkload, Known>()

/** An ordinal that is the same object as before says the same; no column without `-o wide` looks at anything else. */
function rememberedCells({omissions}: MapReport) {
  const unseen = omissions.map(({resource}) => resource).join()
  return (row: MapRow, columns: readonly Column<MapRow>[]): readonly string[] => {
    const {workload, claim} = row
    // what stands for the ordinals of a set that has none is that of all such sets
    const owner = workload.ordinals.length > 0 ? row.ordinal : workload
    const before = known.get(owner)
    const {cells} =
      before?.unseen === unseen ? before : {cells: new Map<MappedClaim | null, readonly string[]>()}
    const found = cells.get(claim) ?? cellTexts(row, columns)
    known.set(owner, {unseen, cells: cells.set(claim, found)})
    return found
  }
}

/** Each ordinal and claim as one line, by what it is about: what changes while somebody watches. */
export function changingOrdinals(report: MapReport): Changing {
  return changingOf(report.workloads.map((workload) => partOf(workload, report)))
}

/** A Pod of a Deployment has no ordinal, only its name. */
function keyOf({workload: {kind, namespace, name}, ordinal, claim}: MapRow): string {
  const which = ordinal.ordinal ?? ordinal.pod?.name ?? ''
  return [kind, namespace, name, which, claim?.name ?? ''].join('/')
}
