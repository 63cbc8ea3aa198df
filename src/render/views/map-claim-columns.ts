import type {MappedClaim, MappedVolume} from '../../reports/map-report.ts'
import {accessModes} from '../human.ts'
import type {Cell, Column} from '../view.ts'
import {none, unknown} from './cells.ts'
import type {MapRow} from './map.ts'

/** Columns about the claim and its volume. */
export const claimColumns: readonly Column<MapRow>[] = [
  {name: 'CLAIM', description: 'PersistentVolumeClaim', cell: claimCell},
  {
    name: 'CAPACITY',
    description: 'Size of the volume',
    yields: 3,
    cell: ofClaim(({capacity}) => capacity),
  },
  {
    name: 'VOLUME',
    description: 'PersistentVolume, or what stands in its place',
    yields: 1,
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

function claimCell({claim}: MapRow): Cell {
  if (!claim) return none
  if (claim.terminating) return {text: `${claim.name} (terminating)`, tone: 'error'}
  if (claim.template === null && !claim.mounted) return {text: `${claim.name} (no template)`, tone: 'warn'}
  return {text: claim.shared ? `${claim.name} (shared)` : claim.name}
}

const INSTEAD: Readonly<Record<string, Cell>> = {
  Missing: {text: '<missing>', tone: 'error'},
  Lost: {text: '<lost>', tone: 'error'},
  Pending: {text: '<pending>', tone: 'warn'},
  Unknown: unknown,
}

function volumeCell({claim}: MapRow): Cell {
  if (!claim) return none
  if (claim.phase !== 'Bound') return INSTEAD[claim.phase] ?? none
  if (!claim.volume) return none
  return claim.volume.phase === 'Missing'
    ? {text: `${claim.volume.name} (deleted)`, tone: 'error'}
    : {text: claim.volume.name}
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
