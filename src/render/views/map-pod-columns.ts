import type {MappedPod} from '../../reports/map-report.ts'
import {age, NONE, UNKNOWN} from '../human.ts'
import type {Cell, Column, Tone} from '../view.ts'
import type {MapRow} from './map.ts'

export type MapColumn = Column<MapRow> & {readonly place: number}

/** Columns about the workload, the ordinal, its Pod and its node. */
export function podColumns(kind: MapRow['workload']['kind'], hasNamespaces: boolean): readonly MapColumn[] {
  const columns: readonly MapColumn[] = [
    {
      place: 0,
      name: 'NAMESPACE',
      description: 'Namespace of the workload',
      cell: ({workload}) => workload.namespace,
    },
    {
      place: 1,
      name: kind.toUpperCase(),
      description: 'Name of the workload',
      cell: ({workload}) => workload.name,
    },
    {
      place: 2,
      name: 'ORDINAL',
      description: 'Ordinal; condemned: its Pod is to go, leftover: only claims remain',
      cell: ordinalCell,
    },
    {
      place: 3,
      name: 'POD',
      description: 'Pod of the ordinal; foreign: it has the name and is not the set’s',
      cell: podCell,
    },
    {place: 4, name: 'READY', description: 'Containers ready, of how many', yields: 2, cell: readyCell},
    {
      place: 5,
      name: 'STATUS',
      description: 'What kubectl says of the Pod; Missing: there is none',
      cell: statusCell,
    },
    {place: 9, name: 'NODE', description: 'Node that the Pod is bound to', cell: nodeCell},
    {place: 10, name: 'ZONE', description: 'Zone of that node', yields: 4, cell: zoneCell},
    {
      place: 11,
      name: 'REVISION',
      description: 'ControllerRevision of the Pod',
      isWide: true,
      cell: fact((pod) => pod.revision),
    },
    {
      place: 12,
      name: 'AVAILABLE',
      description: 'Ready for minReadySeconds',
      isWide: true,
      cell: fact((pod) => String(pod.available)),
    },
    {
      place: 13,
      name: 'RESTARTS',
      description: 'Restarts of the containers',
      isWide: true,
      cell: fact((pod) => String(pod.restarts)),
    },
    {place: 20, name: 'IP', description: 'Address of the Pod', isWide: true, cell: fact((pod) => pod.ip)},
    {place: 21, name: 'AGE', description: 'Since the Pod was created', isWide: true, cell: ageCell},
  ]
  return columns
    .filter(({name}) => name !== 'NAMESPACE' || hasNamespaces)
    .filter(({name}) => name !== 'ORDINAL' || kind === 'StatefulSet')
}

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
    return {text: isUnseen(row, 'pods') ? UNKNOWN : NONE, tone: 'muted'}
  }
}

function known(text: string | null): Cell {
  return text === null || text === '' ? {text: NONE, tone: 'muted'} : {text}
}

function ordinalCell({ordinal}: MapRow): Cell {
  if (ordinal.state === 'desired') return {text: String(ordinal.ordinal)}
  return {text: `${ordinal.ordinal} (${ordinal.state})`, tone: 'muted'}
}

function podCell(row: MapRow): Cell {
  if (row.ordinal.nameHeldBy) return {text: `${row.ordinal.nameHeldBy.name} (foreign)`, tone: 'error'}
  return fact((pod) => pod.name)(row)
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
  if (isUnseen(row, 'pods')) return {text: UNKNOWN, tone: 'muted'}
  return row.ordinal.state === 'desired' ? {text: 'Missing', tone: 'error'} : {text: NONE, tone: 'muted'}
}

function statusTone({status, ready}: MappedPod): Tone | undefined {
  if (BAD.test(status)) return 'error'
  return ready ? undefined : 'warn'
}

function nodeCell(row: MapRow): Cell {
  const {node} = row.ordinal
  if (!node) return fact(() => null)(row)
  if (node.state === 'Missing') return {text: `${node.name} (deleted)`, tone: 'error'}
  if (node.ready === false) return {text: `${node.name} (NotReady)`, tone: 'error'}
  return node.schedulable === false ? {text: `${node.name} (cordoned)`, tone: 'warn'} : {text: node.name}
}

function zoneCell(row: MapRow): Cell {
  const {node} = row.ordinal
  if (!node) return fact(() => null)(row)
  return node.state === 'Present' ? known(node.zone) : {text: UNKNOWN, tone: 'muted'}
}

function ageCell(row: MapRow): Cell {
  const cell = fact(({createdAt}) => age(createdAt, row.report.observedAt))(row)
  return cell
}
