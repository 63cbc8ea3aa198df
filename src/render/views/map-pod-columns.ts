import type {MappedPod} from '../../reports/map/report.ts'
import {age} from '../human.ts'
import type {Cell, Column, Tone} from '../view.ts'
import {nodeCell, none, unknown} from './cells.ts'
import type {MapRow} from './map-rows.ts'

type MapColumn = Column<MapRow>

/** Columns that say what a line is about. */
export function workloadColumns(
  kind: MapRow['workload']['kind'],
  hasNamespaces: boolean,
  hasOrdinals = kind === 'StatefulSet',
): readonly MapColumn[] {
  const columns: readonly MapColumn[] = [
    {
      name: 'NAMESPACE',
      description: 'Namespace of the workload',
      shorten: 'middle',
      cell: ({workload}) => workload.namespace,
    },
    {
      name: kind.toUpperCase(),
      description: 'Name of the workload',
      shorten: 'middle',
      cell: ({workload}) => workload.name,
    },
    {
      name: 'ORDINAL',
      description: 'Ordinal; condemned: its Pod will be deleted, leftover: only claims remain',
      cell: ordinalCell,
    },
  ]
  return columns
    .filter(({name}) => name !== 'NAMESPACE' || hasNamespaces)
    .filter(({name}) => name !== 'ORDINAL' || hasOrdinals)
}

/** Of what some operators tell. */
export const roleColumn: MapColumn = {
  name: 'ROLE',
  description: 'What its operator says that it is among the others',
  cell: ({ordinal}) => known(ordinal.role ?? null),
}

/** Columns about the Pod. */
export const podColumns: readonly MapColumn[] = [
  {
    name: 'POD',
    description: 'Pod of the ordinal; foreign: it has the name and is not the set’s',
    shorten: 'middle',
    cell: podCell,
  },
  {name: 'READY', description: 'Containers ready, of how many', cell: readyCell},
  {
    name: 'STATUS',
    description: 'What kubectl says of the Pod; Missing: there is none',
    cell: statusCell,
  },
]

/** Columns about the Pod's node. */
export const nodeColumns: readonly MapColumn[] = [
  {name: 'NODE', description: 'Node that the Pod is bound to', shorten: 'middle', cell: podNodeCell},
  {name: 'ZONE', description: 'Zone of that node', yields: 1, cell: zoneCell},
]

/** With `-o wide`: what the Pod is. */
export const widePodColumns: readonly MapColumn[] = [
  {
    name: 'REVISION',
    description: 'ControllerRevision of the Pod',
    isWide: true,
    cell: fact((pod) => pod.revision),
  },
  {
    name: 'AVAILABLE',
    description: 'Ready for minReadySeconds',
    isWide: true,
    cell: fact((pod) => String(pod.available)),
  },
  {
    name: 'RESTARTS',
    description: 'Restarts of the containers',
    isWide: true,
    cell: fact((pod) => String(pod.restarts)),
  },
]

/** With `-o wide`, last: as kubectl has them. */
export const addressColumns: readonly MapColumn[] = [
  {name: 'IP', description: 'Address of the Pod', isWide: true, cell: fact((pod) => pod.ip)},
  {name: 'AGE', description: 'Since the Pod was created', isWide: true, cell: ageCell},
]

function isUnseen({report}: MapRow, resource: string): boolean {
  return report.omissions.some((omission) => omission.resource === resource)
}

function podOf({ordinal}: MapRow): MappedPod | null {
  return ordinal.pod ?? ordinal.nameHeldBy
}

/** A fact of the Pod; `<none>` without Pod, `<unknown>` when Pods could not be read. */
function fact(of: (pod: MappedPod) => string | null): (row: MapRow) => Cell {
  return (row) => {
    const pod = podOf(row)
    if (pod) return known(of(pod))
    return isUnseen(row, 'pods') ? unknown : none
  }
}

function known(text: string | null): Cell {
  return text ? {text} : none
}

/** `3`, `4 (condemned)`, `5 (leftover)`. */
function ordinalCell({ordinal}: MapRow): Cell {
  if (ordinal.ordinal === null) return none
  if (ordinal.state === 'desired') return {text: String(ordinal.ordinal)}
  return {text: `${ordinal.ordinal} (${ordinal.state})`, tone: 'muted'}
}

function podCell(row: MapRow): Cell {
  if (row.ordinal.nameHeldBy) return {text: `${row.ordinal.nameHeldBy.name} (foreign)`, tone: 'error'}
  const pod = podOf(row)
  return pod ? {text: row.names.pod(pod.name, row)} : fact(() => null)(row)
}

function readyCell(row: MapRow): Cell {
  const cell = fact(({containers}) => `${containers.ready}/${containers.total}`)(row)
  const pod = podOf(row)
  return pod && pod.containers.ready < pod.containers.total ? {...cell, tone: 'warn'} : cell
}

const BAD = /Err|BackOff|Fail|Invalid|OOM|Evicted|Unknown|ExitCode|Signal|Never|Lost/

function statusCell(row: MapRow): Cell {
  const pod = podOf(row)
  if (pod) return {text: pod.status, tone: statusTone(pod)}
  if (isUnseen(row, 'pods')) return unknown
  const isWanted = row.ordinal.state === 'desired' && row.ordinal.ordinal !== null
  return isWanted ? {text: 'Missing', tone: 'error'} : none
}

function statusTone({status, ready}: MappedPod): Tone | undefined {
  if (BAD.test(status)) return 'error'
  return ready ? undefined : 'warn'
}

function podNodeCell(row: MapRow): Cell {
  const {node} = row.ordinal
  if (!node) return fact(() => null)(row)
  return nodeCell({...node, name: row.names.node(node.name)}, node.state === 'Missing')
}

function zoneCell(row: MapRow): Cell {
  const {node} = row.ordinal
  if (!node) return fact(() => null)(row)
  return node.state === 'Present' ? known(node.zone) : unknown
}

function ageCell(row: MapRow): Cell {
  return fact(({createdAt}) => age(createdAt, row.report.observedAt))(row)
}
