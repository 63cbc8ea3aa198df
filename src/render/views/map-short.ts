import type {MappedWorkload} from '../../reports/map/report.ts'
import type {Column, Section, Table} from '../view.ts'
import {headLines} from './head.ts'
import {claimCell} from './map-claim-columns.ts'
import {headTexts, needsTitles, titles} from './map-heads.ts'
import {isOdd, shortNames} from './map-names.ts'
import type {MapRow} from './map-rows.ts'

/** The table for a terminal: what each row repeats stands above it, and names are as short as they still say which. */
export function shortTable(
  {columns, rows}: Table<MapRow>,
  workloads: readonly MappedWorkload[],
  width: number,
): Required<Pick<Section<MapRow>, 'head' | 'table'>> {
  const names = shortNames(rows)
  const named = rows.map((row) => ({...row, names}))
  const titleOf = needsTitles(workloads, columns, width) ? titles(workloads, rows) : undefined
  const said = saidElsewhere(workloads, rows, titleOf !== undefined)
  return {
    head: headLines(headTexts(workloads, rows), width),
    table: {
      columns: columns.filter(({name}) => !said.has(name)).map((column) => keptClaim(column, named)),
      rows: named,
      ...(titleOf && {titleOf}),
    },
  }
}

/** Where claims are more than one for each ordinal, as its template makes it, they don't yield: they say something. */
function keptClaim({yields, ...column}: Column<MapRow>, rows: readonly MapRow[]): Column<MapRow> {
  const isNeeded = column.name === 'CLAIM' && rows.some((row) => !hasPlainClaim(row))
  return isNeeded || yields === undefined ? column : {...column, yields}
}

function hasPlainClaim(row: MapRow): boolean {
  const cell = claimCell(row)
  return row.ordinal.claims.length <= 1 && (row.claim === null || cell.text === row.claim.template)
}

/** Columns that would say in each row what the heading says, or what the ordinal does. */
function saidElsewhere(
  workloads: readonly MappedWorkload[],
  rows: readonly MapRow[],
  isTitled: boolean,
): ReadonlySet<string> {
  const [{kind} = {kind: 'StatefulSet'}] = workloads
  return new Set([
    ...(isTitled || workloads.length === 1 ? ['NAMESPACE', kind.toUpperCase()] : []),
    ...(kind === 'StatefulSet' && !rows.some(isOdd) ? ['POD'] : []),
  ])
}
