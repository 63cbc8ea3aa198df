import {mountedClaims} from '../../model/mounted-claims.ts'
import {
  controllerOf,
  controllerUid,
  type Node,
  nameOf,
  namespaceOf,
  type PersistentVolume,
  type Pod,
} from '../../model/objects.ts'
import {nodesReaching, placementOf} from '../../model/placement.ts'
import type {Relations} from '../../model/relations.ts'
import {reaches} from '../../model/volume.ts'
import {claimLinks, podLink} from './links.ts'
import type {ChainLink} from './report.ts'

/** It has an ordinal, or data of its own. */
export function isStateful(pod: Pod): boolean {
  const owner = controllerOf(pod)
  return owner?.kind === 'StatefulSet' || mountedClaims(pod).length > 0
}

/** A Pod of the node with what it mounts, and what would become of it without the node. */
export function statefulLinks(pod: Pod, node: Node, relations: Relations): readonly ChainLink[] {
  const claims = mountedClaims(pod).flatMap((name) =>
    claimLinks(namespaceOf(pod), name, nameOf(node), relations),
  )
  const about = `${ownerText(pod)}${returnText(pod, node, relations)}`
  return [podLink(pod, relations, about), ...claims]
}

function ownerText(pod: Pod): string {
  const owner = controllerOf(pod)
  return owner ? `of ${owner.kind ?? '<none>'} ${owner.name ?? '<none>'}, ` : ''
}

/** Room on the other nodes is not looked at. */
function returnText(pod: Pod, node: Node, relations: Relations): string {
  if (!relations.sees('nodes') || !relations.sees('persistentVolumes')) return 'elsewhere: <unknown>'
  const volumes = mountedClaims(pod)
    .map((name) => relations.claim(namespaceOf(pod), name)?.spec?.volumeName ?? '')
    .flatMap((name) => relations.volume(name) ?? [])
  const template = relations.statefulSetWith(controllerUid(pod))?.spec?.template
  const {allowed, open} = placementOf({volumes, selected: [], template}, relations)
  const within = countWithout(node, allowed, relations)
  if (within === 0 && volumes.length > 0) return 'would not come back elsewhere: its data is only here'
  const homes = countWithout(node, open, relations)
  if (homes > 0) return `could come back on ${homes} other ${homes === 1 ? 'node' : 'nodes'}`
  return 'would not come back elsewhere: no other node would take it'
}

function countWithout(node: Node, nodes: readonly Node[], {once}: Relations): number {
  const names = once('names', nodes, () => new Set(nodes.map(nameOf)))
  return nodes.length - (names.has(nameOf(node)) ? 1 : 0)
}

/** Volumes that nobody on the node mounts and that no other node can reach. */
export function pinnedLinks(node: Node, pods: readonly Pod[], relations: Relations): readonly ChainLink[] {
  const {persistentVolumes} = relations.snapshot
  const mounted = new Set(
    pods.flatMap((pod) =>
      mountedClaims(pod).map((name) => relations.claim(namespaceOf(pod), name)?.spec?.volumeName),
    ),
  )
  const isPinned = (volume: PersistentVolume) =>
    volume.spec?.nodeAffinity?.required !== undefined &&
    reaches(volume, node) &&
    nodesReaching([volume], relations).every((each) => nameOf(each) === nameOf(node))
  return persistentVolumes
    .filter((volume) => !mounted.has(nameOf(volume)) && isPinned(volume))
    .map(pinnedLink)
}

function pinnedLink(volume: PersistentVolume): ChainLink {
  const {name, namespace} = volume.spec?.claimRef ?? {}
  const whose = name ? `kept for claim ${namespace ?? ''}/${name}` : 'kept for no claim'
  const text = `${volume.status?.phase ?? 'Pending'}, ${whose}, only reachable from here`
  return {kind: 'PersistentVolume', name: nameOf(volume), state: 'ok', text}
}

export function daemonLinks(pods: readonly Pod[], relations: Relations): readonly ChainLink[] {
  return pods.filter((pod) => !isStateful(pod)).map((pod) => podLink(pod, relations, daemonText(pod)))
}

function daemonText(pod: Pod): string {
  const owner = controllerOf(pod)
  return `of DaemonSet ${owner?.name ?? '<none>'}`
}
