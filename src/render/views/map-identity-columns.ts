import type {MappedIdentity} from '../../reports/map/report.ts'
import type {Cell, Column} from '../view.ts'
import {none, unknown} from './cells.ts'
import type {MapRow} from './map-rows.ts'

/** With `-o wide`, at the end: by which name an ordinal is found, and where that leads. */
export const identityColumns: readonly Column<MapRow>[] = [
  {
    name: 'DNS-NAME',
    description: 'Name of the ordinal, without the domain of the cluster',
    isWide: true,
    shorten: 'middle',
    cell: of(({dnsName}) => (dnsName === null ? none : {text: dnsName})),
  },
  {
    name: 'PUBLISHED',
    description: 'Whether the governing Service publishes that name now',
    isWide: true,
    cell: of(publishedCell),
  },
  {
    name: 'ENDPOINT',
    description: 'Address that the Service has under that name',
    isWide: true,
    cell: of(endpointCell),
  },
]

function of(cell: (identity: MappedIdentity, row: MapRow) => Cell): (row: MapRow) => Cell {
  return (row) => (row.ordinal.identity ? cell(row.ordinal.identity, row) : none)
}

const REASONS: Readonly<Record<NonNullable<MappedIdentity['reason']>, string>> = {
  NoServiceName: 'no serviceName',
  NoService: 'no Service',
  ExternalName: 'ExternalName',
  NoPod: 'no Pod',
  OtherName: 'other hostname',
  NotSelected: 'not selected',
  Finished: 'finished',
  NoAddress: 'no address',
  Terminating: 'terminating',
  NotReady: 'not ready',
  NotListed: 'no endpoint',
}

/** What needs no look: a Pod that is not ready, or not there, says so in other columns. */
const IN_ITS_TIME: ReadonlySet<string> = new Set([
  'NoPod',
  'Finished',
  'NoAddress',
  'Terminating',
  'NotReady',
])

/** `true`, `true (CoreDNS only)`, `false (not ready)`. */
function publishedCell({published, reason, headless}: MappedIdentity): Cell {
  if (published === null) return unknown
  if (published) return headless ? {text: 'true'} : {text: 'true (CoreDNS only)', tone: 'warn'}
  const {text, tone} = unpublished(reason)
  return {text: text === '' ? 'false' : `false (${text})`, tone}
}

/** Why a name is not published, in short, and whether that needs a look. */
export function unpublished(reason: MappedIdentity['reason']): {text: string; tone: 'warn' | 'error'} {
  if (reason === null) return {text: '', tone: 'warn'}
  return {text: REASONS[reason], tone: IN_ITS_TIME.has(reason) ? 'warn' : 'error'}
}

function endpointCell({addresses, ofPod}: MappedIdentity, row: MapRow): Cell {
  if (addresses.length === 0) return isUnseen(row) ? unknown : none
  const text = addresses.join(',')
  return ofPod === false ? {text: `${text} (not its Pod)`, tone: 'error'} : {text}
}

function isUnseen({report, ordinal}: MapRow): boolean {
  const isOmitted = report.omissions.some(({resource}) => resource === 'endpointslices')
  return isOmitted && ordinal.identity?.reason !== 'NoServiceName' && ordinal.identity?.reason !== 'NoService'
}
