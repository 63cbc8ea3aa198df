import type {MappedClaim, MappedOrdinal, MappedWorkload, MapReport} from '../../reports/map/report.ts'

/** One line of the table: a claim of an ordinal, or an ordinal that has none. */
export interface MapRow {
  readonly report: MapReport
  readonly workload: MappedWorkload
  readonly ordinal: MappedOrdinal
  readonly claim: MappedClaim | null
  readonly names: MapNames
}

/** How a table shows names. */
export interface MapNames {
  readonly node: (name: string) => string
  readonly volume: (name: string) => string
  readonly claim: (claim: MappedClaim, row: MapRow) => string
  /** Empty where the Pod is called as its ordinal says. */
  readonly pod: (name: string, row: MapRow) => string
}

/** As they are: for a pipe. */
const FULL: MapNames = {
  node: (name) => name,
  volume: (name) => name,
  claim: ({name}) => name,
  pod: (name) => name,
}

/** What a workload without any ordinal is shown as: it is there, and has nothing. */
const NOTHING: MappedOrdinal = {
  ordinal: null,
  state: 'desired',
  pod: null,
  nameHeldBy: null,
  claims: [],
  node: null,
  identity: null,
  findings: [],
}

/** A row per ordinal and claim. */
export function rowsOf(report: MapReport, workload: MappedWorkload): readonly MapRow[] {
  const ordinals = workload.ordinals.length > 0 ? workload.ordinals : [NOTHING]
  return ordinals.flatMap((ordinal) => {
    const claims = ordinal.claims.length === 0 ? [null] : ordinal.claims
    return claims.map((claim) => ({report, workload, ordinal, claim, names: FULL}))
  })
}
