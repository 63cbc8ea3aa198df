import type {Leftover, Sum} from '../../reports/leftovers/report.ts'
import {age, bytes} from '../human.ts'
import type {Cell, Column, Tone} from '../view.ts'
import {none, unknown} from './cells.ts'

export interface LeftoverRow {
  readonly observedAt: string
  readonly leftover: Leftover
}

const SHORT: Readonly<Record<Leftover['kind'], string>> = {
  PersistentVolumeClaim: 'pvc',
  PersistentVolume: 'pv',
  VolumeAttachment: 'volumeattachment',
  Pod: 'pod',
  ControllerRevision: 'controllerrevision',
}

const TONES: Readonly<Record<Leftover['severity'], Tone | undefined>> = {
  error: 'error',
  warning: 'warn',
  info: undefined,
}

/** `pvc/data-db-3`. */
export function leftoverName({kind, name}: Pick<Leftover, 'kind' | 'name'>): string {
  return `${SHORT[kind]}/${name}`
}

/** What deleting it does, in as few words as a cell has. */
const EFFECTS: Readonly<Record<Leftover['deleting']['effect'], Cell>> = {
  DestroysData: {text: 'destroys its data', tone: 'error'},
  KeepsData: {text: 'keeps its disk'},
  StopsPod: {text: 'stops it', tone: 'warn'},
  NoData: {text: 'no data'},
  Unknown: unknown,
}

export const leftoverColumns: readonly Column<LeftoverRow>[] = [
  {
    name: 'NAMESPACE',
    description: 'Namespace; of a volume that of its claim',
    shorten: 'middle',
    cell: ({leftover: {namespace}}) => namespace ?? none,
  },
  {
    name: 'NAME',
    description: 'Type and name',
    shorten: 'middle',
    cell: ({leftover}) => leftoverName(leftover),
  },
  {
    name: 'REASON',
    description: 'Why it is left over; each is explained under the table',
    cell: ({leftover: {reason, severity}}) => ({text: reason, tone: TONES[severity]}),
  },
  {
    name: 'DELETING-IT',
    description: 'What deleting it does to data: <unknown> where its volume or policy was not seen',
    cell: ({leftover: {deleting}}) => EFFECTS[deleting.effect],
  },
  {name: 'SIZE', description: 'Capacity, or what is requested', cell: ({leftover}) => sizeCell(leftover)},
  {
    name: 'AGE',
    description: 'Since it was created',
    cell: ({leftover: {createdAt}, observedAt}) => age(createdAt, observedAt),
  },
  {
    name: 'CLASS',
    description: 'StorageClass',
    yields: 3,
    shorten: 'middle',
    cell: ({leftover}) => storedCell(leftover, leftover.storageClassName),
  },
  {
    name: 'RECLAIM',
    description: 'What becomes of the volume when its claim is deleted (persistentVolumeReclaimPolicy)',
    yields: 1,
    cell: ({leftover}) => reclaimCell(leftover),
  },
  {
    name: 'RETENTION',
    description:
      'What the set says of its claims (persistentVolumeClaimRetentionPolicy): when it is deleted/when it is scaled',
    yields: 2,
    cell: ({leftover: {retentionPolicy: policy}}) =>
      policy ? `${policy.whenDeleted}/${policy.whenScaled}` : none,
  },
  {
    name: 'UNUSED',
    description: 'Since when no Pod uses a claim, where the server says so (from 1.37)',
    isWide: true,
    cell: ({leftover: {kind, unusedAt}, observedAt}) =>
      kind !== 'PersistentVolumeClaim' ? none : unusedAt === null ? unknown : age(unusedAt, observedAt),
  },
  {
    name: 'SET',
    description: 'Whose it was',
    isWide: true,
    cell: ({leftover: {sets}}) => sets.join(' or ') || none,
  },
  {
    name: 'VOLUME',
    description: 'Its volume',
    isWide: true,
    cell: ({leftover: {volumeName}}) => volumeName ?? none,
  },
  {name: 'NODE', description: 'Its node', isWide: true, cell: ({leftover: {nodeName}}) => nodeName ?? none},
  {
    name: 'WHY',
    description: 'Why it is left over, in words',
    isWide: true,
    cell: ({leftover: {message}}) => message,
  },
]

function isStored({kind}: Leftover): boolean {
  return kind === 'PersistentVolumeClaim' || kind === 'PersistentVolume'
}

function storedCell(leftover: Leftover, text: string | null): Cell | string {
  return isStored(leftover) && text ? text : none
}

function sizeCell(leftover: Leftover): Cell | string {
  if (!isStored(leftover)) return none
  return leftover.size ?? unknown
}

function reclaimCell(leftover: Leftover): Cell | string {
  if (!isStored(leftover)) return none
  return leftover.reclaimPolicy ?? (leftover.volumeName === null ? none : unknown)
}

/** Sums by one thing. */
export function sumColumns(name: string): readonly Column<Sum>[] {
  return [
    {name, description: `Sums by ${name.toLowerCase()}`, shorten: 'middle', cell: (sum) => sum.name ?? none},
    {name: 'CLAIMS', description: 'Claims', cell: ({claims}) => String(claims)},
    {name: 'VOLUMES', description: 'Volumes without claim', cell: ({volumes}) => String(volumes)},
    {name: 'SIZE', description: 'Of both', cell: (sum) => bytes(sum.bytes)},
    {
      name: 'LOST-IF-DELETED',
      description: 'Of those whose deletion destroys data',
      cell: ({bytesDestroyed: lost}) => ({text: bytes(lost), ...(lost > 0 && {tone: 'error' as const})}),
    },
  ]
}
