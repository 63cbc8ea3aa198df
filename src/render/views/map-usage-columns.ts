import type {MapReport} from '../../reports/map/report.ts'
import {bytes, percentage, UNKNOWN} from '../human.ts'
import type {Cell, Column} from '../view.ts'
import {none, unknown} from './cells.ts'
import type {MapRow} from './map-rows.ts'

type Usage = NonNullable<NonNullable<MapRow['claim']>['usage']>

/** Columns about what is on the disk, with `--usage`. */
export const usageColumns: readonly Column<MapRow>[] = [
  {name: 'USED', description: 'Bytes in use', yields: 4, cell: of(({usedBytes}) => bytes(usedBytes))},
  {
    name: 'FREE',
    description: 'Bytes that are free',
    yields: 4,
    cell: of(({availableBytes}) => bytes(availableBytes)),
  },
  {
    name: 'USE%',
    description: 'Share of the space in use, as df has it',
    cell: of(({usedBytes, availableBytes}) => percentage(usedBytes, availableBytes)),
  },
  {
    name: 'IUSE%',
    description: 'Share of the inodes in use; <none> where they have no limit',
    yields: 5,
    cell: of(inodeShare),
  },
]

/** With `-o wide`. */
export const wideUsageColumns: readonly Column<MapRow>[] = [
  {
    name: 'IUSED',
    description: 'Inodes in use',
    isWide: true,
    cell: of(({inodesUsed}) => (inodesUsed === null ? undefined : String(inodesUsed))),
  },
  {
    name: 'IFREE',
    description: 'Inodes that are free',
    isWide: true,
    cell: of(({inodes, inodesFree}) =>
      inodes === null ? '' : inodesFree === null ? undefined : String(inodesFree),
    ),
  },
]

/** Whether somebody asked for it. */
export function hasUsage({workloads}: MapReport): boolean {
  return workloads.some(({ordinals}) =>
    ordinals.some(({claims}) => claims.some(({usage}) => usage !== undefined)),
  )
}

/** Undefined is not known, and an empty text is none. */
function of(fact: (usage: Usage) => string | undefined): (row: MapRow) => Cell {
  return ({claim}) => {
    if (!claim || claim.phase === 'Missing') return none
    const text = claim.usage ? fact(claim.usage) : undefined
    if (text === undefined) return unknown
    return text === '' ? none : {text}
  }
}

function inodeShare({inodes, inodesUsed, inodesFree}: Usage): string | undefined {
  return inodes === null ? '' : percentage(inodesUsed, inodesFree)
}

/** `97% used, 300Mi free`. */
export function usageText(usage: Usage | null): string {
  const share = usage && percentage(usage.usedBytes, usage.availableBytes)
  return share && usage ? `${share} used, ${bytes(usage.availableBytes) ?? UNKNOWN} free` : `used ${UNKNOWN}`
}
