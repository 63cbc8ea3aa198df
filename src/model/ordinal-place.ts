import {zoneOf} from './node.ts'
import {type Node, namespaceOf, type PersistentVolume, type Pod, type StatefulSet} from './objects.ts'
import type {Ordinal} from './ordinals.ts'
import {isTerminal} from './pod.ts'
import type {Relations} from './relations.ts'
import {allowedNodes, zoneLabelsOf} from './volume.ts'

/** What one ordinal stands on. */
export interface OrdinalPlace {
  readonly node: string | undefined
  readonly zone: string | undefined
  readonly isNodeSeen: boolean
  readonly pinnedNodes: readonly string[]
  readonly pinnedZones: readonly string[]
  readonly areVolumesSeen: boolean
}

/** Node and zone of an ordinal's Pod, and those that alone reach its volumes. */
export function ordinalPlaceOf(set: StatefulSet, {pod, claims}: Ordinal, relations: Relations): OrdinalPlace {
  const name = pod && hostOf(pod)
  const node = name === undefined ? undefined : relations.node(name)
  const mounted = claims.filter(({isMounted}) => isMounted)
  const found = mounted.flatMap((claim) => relations.claim(namespaceOf(set), claim.name) ?? [])
  const names = found.flatMap(({spec}) => spec?.volumeName || [])
  const volumes = names.flatMap((volume) => relations.volume(volume) ?? [])
  const hosts = volumes.flatMap((volume) => onlyOne(allowedNodes(volume).nodes))
  return {
    node: name,
    zone: node && zoneOf(node),
    isNodeSeen: node !== undefined,
    pinnedNodes: [...new Set(hosts.map((host) => nodeCalled(host, node, relations)?.metadata?.name ?? host))],
    pinnedZones: [...new Set(volumes.flatMap((volume) => zonesOf(volume, node, relations)))],
    areVolumesSeen:
      (found.length === mounted.length || relations.sees('persistentVolumeClaims')) &&
      names.every((each) => relations.volume(each) || relations.sees('persistentVolumes', each)),
  }
}

/** A Pod that has finished needs its node no more. */
function hostOf(pod: Pod): string | undefined {
  return isTerminal(pod) ? undefined : pod.spec?.nodeName || undefined
}

function onlyOne<T>(of: readonly T[] | undefined): readonly T[] {
  return of?.length === 1 ? of : []
}

/** The one zone that reaches a volume, or that of the one node; a disk of Azure that is in no zone has the empty one. */
function zonesOf(volume: PersistentVolume, near: Node | undefined, relations: Relations): readonly string[] {
  const {zones, nodes} = allowedNodes(volume)
  const labels = zoneLabelsOf(volume).flatMap(([label, value]) =>
    label.endsWith('/zone') && value ? value : [],
  )
  const named = zones ?? (labels.length > 0 ? labels : undefined)
  if (named) return onlyOne([...new Set(named)]).filter((zone) => zone !== '' && !zone.includes('__'))
  return onlyOne(nodes).flatMap((host) => {
    const node = nodeCalled(host, near, relations)
    return (node && zoneOf(node)) ?? []
  })
}

/** A volume names hosts by their label, which need not be the node's name. */
function nodeCalled(host: string, near: Node | undefined, relations: Relations): Node | undefined {
  if (near?.metadata?.labels?.[HOST] === host) return near
  return relations.nodesWith(HOST, host)[0]
}

const HOST = 'kubernetes.io/hostname'
