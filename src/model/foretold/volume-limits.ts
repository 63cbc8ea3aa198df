import {type CSINode, type Node, nameOf, type Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'
import type {ResourceKey} from '../snapshot.ts'
import {driverVolumes, strayVolumes, volumesInUse} from './driver-volumes.ts'
import {addVolume, type How} from './holdings.ts'
import {podsOn, type Stage} from './stage.ts'

/**
 * Whether a node may have the volumes of a Pod besides those that it has. Mirrors the scheduler's NodeVolumeLimits plugin
 * (CSILimits.Filter, 1.27 to 1.37): a volume that several Pods mount counts once, one that stays attached behind its Pods too. A node
 * without a CSINode, or a driver without a count there, has no limit.
 */
export function mayAttach(node: Node, pod: Pod, stage: Stage, how: How): boolean {
  const {relations} = stage
  const wanted = driverVolumes(pod, relations)
  const limits = wanted.length > 0 ? limitsOf(node, relations) : undefined
  if (!limits) return true
  const inUse = volumesOn(node, stage, how)
  return [...new Set(wanted.map(({driver}) => driver))].every((driver) => {
    const limit = limits.get(driver)
    const there = inUse.get(driver) ?? new Map<string, number>()
    const more = new Set(wanted.filter((each) => each.driver === driver).map(({id}) => id)).difference(there)
    return limit === undefined || more.size === 0 || there.size + more.size <= limit
  })
}

/** Where a node has a limit: whose volumes it has by now, and those that stay attached behind them. */
const IN_USE = ['pods', 'persistentVolumeClaims', 'persistentVolumes', 'volumeAttachments'] as const

/** What could not be seen and may matter for whether a node takes one more volume of the Pod. */
export function unseenOfLimits(node: string, pod: Pod, relations: Relations): ResourceKey | undefined {
  const wanted = driverVolumes(pod, relations)
  if (wanted.length === 0) return undefined
  if (!relations.sees('csiNodes', node)) return 'csiNodes'
  const limits = limitsOf({metadata: {name: node}}, relations)
  if (!wanted.some(({driver}) => limits?.has(driver))) return undefined
  return IN_USE.find((key) => !relations.sees(key))
}

/** How many volumes of each driver a node takes; undefined: as many as you like. */
export function limitsOf(
  {metadata}: Node | CSINode,
  {snapshot, once}: Relations,
): ReadonlyMap<string, number> | undefined {
  const {csiNodes} = snapshot
  const limits = once('limits of volumes', csiNodes, () => new Map(csiNodes.map(limitsIn)))
  const own = limits.get(metadata?.name ?? '')
  return own && own.size > 0 ? own : undefined
}

function limitsIn(csiNode: CSINode): [string, ReadonlyMap<string, number>] {
  const counted = (csiNode.spec?.drivers ?? []).flatMap(({name, allocatable}) =>
    allocatable?.count === undefined ? [] : [[name, allocatable.count] as const],
  )
  return [nameOf(csiNode), new Map(counted)]
}

type InUse = ReadonlyMap<string, ReadonlyMap<string, number>>

function volumesOn(node: Node, stage: Stage, how: How): InUse {
  const {mounted} = stage.holdings
  const key = `${how} ${nameOf(node)}`
  const known = mounted.get(key)
  if (known) return known
  const volumes = new Map<string, Map<string, number>>()
  const pods = podsOn(nameOf(node), stage, how)
  for (const each of pods.flatMap((pod) => volumesInUse(pod, stage.relations))) addVolume(volumes, each, 1)
  for (const each of strayVolumes(node, stage.relations)) addVolume(volumes, each, 1)
  mounted.set(key, volumes)
  return volumes
}
