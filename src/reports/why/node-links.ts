import {refusal} from '../../model/node.ts'
import {
  controllerOf,
  controllerUid,
  type Node,
  nameOf,
  namespaceOf,
  type PersistentVolume,
  type Pod,
} from '../../model/objects.ts'
import {mountedClaims, type Relations} from '../../model/relations.ts'
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
  const others = relations.snapshot.nodes.filter((each) => nameOf(each) !== nameOf(node))
  const within = others.filter((each) => volumes.every((volume) => reaches(volume, each)))
  if (within.length === 0 && volumes.length > 0) return 'would not come back elsewhere: its data is only here'
  const template = relations.snapshot.statefulSets.find(
    ({metadata}) => metadata?.uid !== undefined && metadata.uid === controllerUid(pod),
  )?.spec?.template
  const homes = within.filter((each) => refusal(each, template) === undefined)
  if (homes.length > 0)
    return `could come back on ${homes.length} other ${homes.length === 1 ? 'node' : 'nodes'}`
  return 'would not come back elsewhere: no other node would take it'
}

/** Volumes that nobody on the node mounts and that no other node can reach. */
export function pinnedLinks(node: Node, pods: readonly Pod[], relations: Relations): readonly ChainLink[] {
  const {nodes, persistentVolumes} = relations.snapshot
  const mounted = new Set(
    pods.flatMap((pod) =>
      mountedClaims(pod).map((name) => relations.claim(namespaceOf(pod), name)?.spec?.volumeName),
    ),
  )
  const isPinned = (volume: PersistentVolume) =>
    volume.spec?.nodeAffinity?.required !== undefined &&
    reaches(volume, node) &&
    !nodes.some((each) => nameOf(each) !== nameOf(node) && reaches(volume, each))
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
