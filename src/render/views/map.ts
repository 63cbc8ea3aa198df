import type {Finding} from '../../diagnosis/finding.ts'
import type {MappedClaim, MappedOrdinal, MappedWorkload, MapReport} from '../../reports/map-report.ts'
import type {Column, Paragraph, Section, TextOptions} from '../view.ts'
import {paragraphsByObject} from './findings.ts'
import {claimColumns, wideClaimColumns} from './map-claim-columns.ts'
import {addressColumns, nodeColumns, podColumns, widePodColumns, workloadColumns} from './map-pod-columns.ts'

/** One line of the table: a claim of an ordinal, or an ordinal that has none. */
export interface MapRow {
  readonly report: MapReport
  readonly workload: MappedWorkload
  readonly ordinal: MappedOrdinal
  readonly claim: MappedClaim | null
}

const KINDS = ['StatefulSet', 'Deployment', 'ReplicaSet'] as const

/** A table per kind of workload, and under it what was found, by workload. */
export function mapView(report: MapReport, {hasNamespaces}: TextOptions): readonly Section<MapRow>[] {
  return KINDS.map((kind) => {
    const workloads = report.workloads.filter((workload) => workload.kind === kind)
    return {
      table: {
        columns: columnsOf(kind, hasNamespaces),
        rows: workloads.flatMap((workload) => rowsOf(report, workload)),
      },
      paragraphs: paragraphsOf(report, workloads),
    }
  }).filter(({table, paragraphs}) => table.rows.length + paragraphs.length > 0)
}

/** In their order; wide ones last, so that `-o wide` only adds at the end. */
function columnsOf(kind: MappedWorkload['kind'], hasNamespaces: boolean): readonly Column<MapRow>[] {
  const narrow = [...workloadColumns(kind, hasNamespaces), ...podColumns, ...claimColumns, ...nodeColumns]
  return [...narrow, ...widePodColumns, ...wideClaimColumns, ...addressColumns]
}

/** What a workload without any ordinal is shown as: it is there, and has nothing. */
const NOTHING: MappedOrdinal = {
  ordinal: null,
  state: 'desired',
  pod: null,
  nameHeldBy: null,
  claims: [],
  node: null,
  findings: [],
}

function rowsOf(report: MapReport, workload: MappedWorkload): readonly MapRow[] {
  const ordinals = workload.ordinals.length > 0 ? workload.ordinals : [NOTHING]
  return ordinals.flatMap((ordinal) => {
    const claims = ordinal.claims.length === 0 ? [null] : ordinal.claims
    return claims.map((claim) => ({report, workload, ordinal, claim}))
  })
}

function paragraphsOf(report: MapReport, workloads: readonly MappedWorkload[]): readonly Paragraph[] {
  const objects = workloads.map((workload) => ({
    title: `${workload.kind} ${workload.namespace}/${workload.name}`,
    findings: allFindings(workload),
  }))
  return paragraphsByObject(objects, report.observedAt)
}

/** What holds ordinals up, before what only hangs on the set. */
function allFindings({findings, ordinals}: MappedWorkload): readonly Finding[] {
  return [...ordinals.flatMap((ordinal) => ordinal.findings), ...findings]
}
