import {nameOf, type VolumeAttachment} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {withoutUids} from '../../model/without-uids.ts'
import type {MappedClaim, MappedVolume} from '../map/report.ts'
import type {ChainLink, LinkState} from './report.ts'

/** What a claim stands on: its volume, where that is attached, and the hosts that alone can reach it. */
export function volumeLinks(
  {volume}: MappedClaim,
  nodeName: string | undefined,
  relations: Relations,
): readonly ChainLink[] {
  if (!volume) return []
  const attachments = relations.attachmentsOf(volume.name)
  return [
    {kind: 'PersistentVolume', name: volume.name, ...volumeState(volume, nodeName)},
    ...attachments.map(attachmentLink),
    ...hostLinks(volume, nodeName, relations),
  ]
}

function volumeState(volume: MappedVolume, nodeName: string | undefined): Pick<ChainLink, 'state' | 'text'> {
  const {phase, capacity, source, reclaimPolicy, reachesNode} = volume
  if (phase === 'Unknown') return {state: 'unknown', text: '<unknown>'}
  if (phase === 'Missing') return {state: 'missing', text: 'does not exist'}
  const isAstray = reachesNode === false
  return {
    state: isAstray ? 'broken' : phaseState(phase),
    text: [
      phase,
      capacity,
      source,
      reclaimPolicy,
      isAstray ? `${reachText(volume)}, and not from node ${nodeName}` : reachText(volume),
    ]
      .filter(Boolean)
      .join(', '),
  }
}

function phaseState(phase: MappedVolume['phase']): LinkState {
  return phase === 'Bound' ? 'ok' : phase === 'Failed' || phase === 'Released' ? 'broken' : 'waiting'
}

function reachText({allowedNodes}: MappedVolume): string {
  const {nodes, zones} = allowedNodes ?? {}
  if (nodes) return `reachable from ${nodes.length > 1 ? 'nodes' : 'node'} ${nodes.join(', ')}`
  return zones ? `reachable from ${zones.length > 1 ? 'zones' : 'zone'} ${zones.join(', ')}` : ''
}

function attachmentLink({metadata, spec, status}: VolumeAttachment): ChainLink {
  const failure = status?.detachError?.message ?? status?.attachError?.message
  const where = `node ${spec?.nodeName ?? '<none>'}`
  const is = metadata?.deletionTimestamp ? 'is being detached from' : 'attached to'
  return {
    kind: 'VolumeAttachment',
    name: nameOf({...(metadata && {metadata})}),
    state: failure ? 'broken' : status?.attached ? 'ok' : 'waiting',
    text: `${status?.attached || metadata?.deletionTimestamp ? is : 'not yet attached to'} ${where}${failure ? `: ${withoutUids(failure)}` : ''}`,
  }
}

const FEW = 3

/** Where a Pod is on no node, or on a wrong one: the hosts that would do, if they were there. */
function hostLinks(
  {allowedNodes}: MappedVolume,
  nodeName: string | undefined,
  relations: Relations,
): readonly ChainLink[] {
  const hosts = allowedNodes?.nodes ?? []
  if (nodeName !== undefined || !relations.sees('nodes')) return []
  const gone = hosts.filter((host) => !relations.snapshot.nodes.some((node) => isHost(node, host)))
  return gone.slice(0, FEW).map((name) => ({
    kind: 'Node',
    name,
    state: 'missing',
    text: 'the volume can be reached from there, and no such node exists',
  }))
}

function isHost(node: Relations['snapshot']['nodes'][number], host: string): boolean {
  return (node.metadata?.labels?.['kubernetes.io/hostname'] ?? nameOf(node)) === host
}
