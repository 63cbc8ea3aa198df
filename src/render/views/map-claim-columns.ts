import type {MappedClaim, MappedVolume} from '../../reports/map/report.ts'
import {accessModes} from '../human.ts'
import type {Cell, Column} from '../view.ts'
import {none, unknown} from './cells.ts'
import type {MapRow} from './map-rows.ts'

/** Columns about the claim and its volume. */
export const claimColumns: readonly Column<MapRow>[] = [
  {
    name: 'CLAIM',
    description: 'PersistentVolumeClaim; on a terminal the template that it is made from',
    yields: 2,
    shorten: 'middle',
    cell: claimCell,
  },
  {
    name: 'CAPACITY',
    description: 'Size of the volume',
    yields: 3,
    cell: ofClaim(({capacity}) => capacity),
  },
  {
    name: 'VOLUME',
    description:
      'PersistentVolume, or what stands in its place; of `pvc-<uuid>` a terminal shows the first digits',
    shorten: 'middle',
    cell: volumeCell,
  },
]

/** With `-o wide`: what the claim and its volume are. */
export const wideClaimColumns: readonly Column<MapRow>[] = [
  {
    name: 'CLASS',
    description: 'StorageClass',
    isWide: true,
    cell: ofClaim(({storageClassName}) => (storageClassName === '' ? '""' : storageClassName)),
  },
  {
    name: 'ACCESS',
    description: 'Access modes',
    isWide: true,
    cell: ofClaim((claim) => accessModes(claim.accessModes)),
  },
  {name: 'PHASE', description: 'Phase of the claim', isWide: true, cell: phaseCell},
  {
    name: 'RECLAIM',
    description: 'What happens to the volume when its claim goes',
    isWide: true,
    cell: ofVolume(({reclaimPolicy}) => reclaimPolicy),
  },
  {
    name: 'ATTACHED',
    description: 'Nodes that the volume is attached to',
    isWide: true,
    cell: attachedCell,
  },
  {
    name: 'PINNED-TO',
    description: 'Nodes or zones that can reach the volume',
    isWide: true,
    cell: ofVolume(reach),
  },
]

function ofClaim(fact: (claim: MappedClaim) => string | null): (row: MapRow) => Cell {
  return ({claim}) => {
    if (!claim || claim.phase === 'Missing') return none
    if (claim.phase === 'Unknown') return unknown
    const text = fact(claim)
    return text ? {text} : none
  }
}

function ofVolume(fact: (volume: MappedVolume) => string | null): (row: MapRow) => Cell {
  return ({claim}) => {
    if (claim?.phase === 'Unknown' || claim?.volume?.phase === 'Unknown') return unknown
    const text = claim?.volume && claim.volume.phase !== 'Missing' ? fact(claim.volume) : null
    return text ? {text} : none
  }
}

/** A claim, and what is odd about it. */
export function claimCell(row: MapRow): Cell {
  const {claim} = row
  if (!claim) return none
  const name = row.names.claim(claim, row)
  if (claim.terminating) return {text: `${name} (terminating)`, tone: 'error'}
  if (claim.template === null && !claim.mounted) return {text: `${name} (no template)`, tone: 'warn'}
  return {text: claim.shared ? `${name} (shared)` : name}
}

const INSTEAD: Readonly<Record<string, Cell>> = {
  Missing: {text: '<missing>', tone: 'error'},
  Lost: {text: '<lost>', tone: 'error'},
  Pending: {text: '<pending>', tone: 'warn'},
  Unknown: unknown,
}

function volumeCell({claim, names}: MapRow): Cell {
  if (!claim) return none
  if (claim.phase !== 'Bound')
    return Object.hasOwn(INSTEAD, claim.phase) ? (INSTEAD[claim.phase] ?? none) : none
  if (!claim.volume) return none
  const name = names.volume(claim.volume.name)
  return claim.volume.phase === 'Missing' ? {text: `${name} (deleted)`, tone: 'error'} : {text: name}
}

function phaseCell({claim}: MapRow): Cell {
  if (!claim) return none
  return claim.phase === 'Unknown' ? unknown : {text: claim.terminating ? 'Terminating' : claim.phase}
}

function attachedCell({claim, report}: MapRow): Cell {
  if (report.omissions.some(({resource}) => resource === 'volumeattachments')) return unknown
  const nodes = (claim?.attachments ?? []).map((each) => each.nodeName + (each.error ? ' (error)' : ''))
  return nodes.length > 0 ? {text: nodes.join(',')} : none
}

function reach({allowedNodes}: MappedVolume): string | null {
  if (allowedNodes?.nodes) return allowedNodes.nodes.join(',')
  if (allowedNodes?.zones) return allowedNodes.zones.map((zone) => `zone=${zone}`).join(',')
  return '<any>'
}
