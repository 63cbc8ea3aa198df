import type {MappedWorkload, MapReport} from '../../reports/map/report.ts'
import type {Column, Paragraph, Section, Table, TextOptions} from '../view.ts'
import {paragraphsByObject} from './findings.ts'
import {claimColumns, wideClaimColumns} from './map-claim-columns.ts'
import {identityColumns} from './map-identity-columns.ts'
import {
  addressColumns,
  nodeColumns,
  podColumns,
  roleColumn,
  widePodColumns,
  workloadColumns,
} from './map-pod-columns.ts'
import {type MapRow, rowsOf} from './map-rows.ts'
import {shortTable} from './map-short.ts'
import {spreadParagraphs} from './map-spread.ts'
import {hasUsage, usageColumns, wideUsageColumns} from './map-usage-columns.ts'

/** In this order; types of operators come after them. */
const KINDS = ['StatefulSet', 'Deployment', 'ReplicaSet']

/** Kinds of these workloads, told apart by their groups. */
function typesOf(workloads: readonly MappedWorkload[]): readonly (readonly MappedWorkload[])[] {
  const own = KINDS.map((kind) => workloads.filter((each) => each.kind === kind && !each.group))
  const others = Map.groupBy(
    workloads.filter(({group}) => group),
    ({kind, group}) => `${kind}.${group}`,
  )
  return [...own, ...others.values()].filter(({length}) => length > 0)
}

/** A table per kind of workload, and under it what was found, by workload. */
export function mapView(report: MapReport, options: TextOptions): readonly Section<MapRow>[] {
  return typesOf(report.workloads)
    .map((workloads) => {
      const rows = workloads.flatMap((workload) => rowsOf(report, workload))
      return {
        ...shown(
          {columns: columnsOf(workloads, options.hasNamespaces, hasUsage(report)), rows},
          workloads,
          options,
        ),
        paragraphs: [...spreadParagraphs(workloads), ...paragraphsOf(report, workloads, options)],
      }
    })
    .filter(({table, paragraphs}) => table.rows.length + paragraphs.length > 0)
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
function columnsOf(
  workloads: readonly MappedWorkload[],
  hasNamespaces: boolean,
  isMeasured: boolean,
): readonly Column<MapRow>[] {
  const kind = workloads[0]?.kind ?? ''
  const ordinals = workloads.flatMap((workload) => workload.ordinals)
  const hasOrdinals = workloads.some(({group}) => group)
    ? ordinals.some(({ordinal}) => ordinal !== null)
    : kind === 'StatefulSet'
  const [usage, wideUsage] = isMeasured ? [usageColumns, wideUsageColumns] : [[], []]
  const narrow = [
    ...workloadColumns(kind, hasNamespaces, hasOrdinals),
    ...(ordinals.some(({role}) => role) ? [roleColumn] : []),
    ...podColumns,
    ...claimColumns,
    ...usage,
    ...nodeColumns,
  ]
  const isOwnSet = kind === 'StatefulSet' && !workloads.some(({group}) => group)
  const ofSets = isOwnSet ? identityColumns : []
  return [...narrow, ...widePodColumns, ...wideClaimColumns, ...wideUsage, ...addressColumns, ...ofSets]
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
