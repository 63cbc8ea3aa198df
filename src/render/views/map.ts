import type {MappedWorkload, MapReport} from '../../reports/map/report.ts'
import type {Column, Paragraph, Section, Table, TextOptions} from '../view.ts'
import {paragraphsByObject} from './findings.ts'
import {claimColumns, wideClaimColumns} from './map-claim-columns.ts'
import {identityColumns} from './map-identity-columns.ts'
import {addressColumns, nodeColumns, podColumns, widePodColumns, workloadColumns} from './map-pod-columns.ts'
import {type MapRow, rowsOf} from './map-rows.ts'
import {shortTable} from './map-short.ts'
import {spreadParagraphs} from './map-spread.ts'

const KINDS = ['StatefulSet', 'Deployment', 'ReplicaSet'] as const

/** A table per kind of workload, and under it what was found, by workload. */
export function mapView(report: MapReport, options: TextOptions): readonly Section<MapRow>[] {
  return KINDS.map((kind) => {
    const workloads = report.workloads.filter((workload) => workload.kind === kind)
    const rows = workloads.flatMap((workload) => rowsOf(report, workload))
    return {
      ...shown({columns: columnsOf(kind, options.hasNamespaces), rows}, workloads, options),
      paragraphs: [...spreadParagraphs(workloads), ...paragraphsOf(report, workloads, options)],
    }
  }).filter(({table, paragraphs}) => table.rows.length + paragraphs.length > 0)
}

/** A terminal gets what all rows have in common in a heading, and short names. */
function shown(
  table: Table<MapRow>,
  workloads: readonly MappedWorkload[],
  options: TextOptions,
): Pick<Section<MapRow>, 'head' | 'table'> {
  const isShort = options.width !== undefined && !options.isWide && options.hasHeaders
  return isShort ? shortTable(table, workloads, options.width) : {table}
}

/** In their order; wide ones last, so that `-o wide` only adds at the end. */
function columnsOf(kind: MappedWorkload['kind'], hasNamespaces: boolean): readonly Column<MapRow>[] {
  const narrow = [...workloadColumns(kind, hasNamespaces), ...podColumns, ...claimColumns, ...nodeColumns]
  const ofSets = kind === 'StatefulSet' ? identityColumns : []
  return [...narrow, ...widePodColumns, ...wideClaimColumns, ...addressColumns, ...ofSets]
}

function paragraphsOf(
  report: MapReport,
  workloads: readonly MappedWorkload[],
  options: TextOptions,
): readonly Paragraph[] {
  const objects = workloads.map((workload) => ({
    title: `${workload.kind} ${workload.namespace}/${workload.name}`,
    findings: workload.findings,
  }))
  return paragraphsByObject(objects, report.observedAt, options)
}
