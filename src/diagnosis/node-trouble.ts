import {isNodeReady} from '../model/node.ts'
import type {Node} from '../model/objects.ts'
import {isJoining, secondsBetween} from './elapsed.ts'
import {quoted} from './quoted.ts'

/** What is wrong with a node, or announced about it, in a condition of its own. */
export interface NodeTrouble {
  readonly text: string
  readonly since: string | undefined
  readonly evidence: string
}

/** The node does not say that it is ready; undefined for one that does, and for one that was not seen. */
export function notReadyTrouble(node: Node | undefined): NodeTrouble | undefined {
  if (!node || isNodeReady(node)) return undefined
  const condition = node.status?.conditions?.find(({type}) => type === 'Ready')
  return {
    text: `is not ready${condition?.message ? ` (${quoted(condition.message)})` : ''}`,
    since: condition?.lastTransitionTime,
    evidence: `node/${node.metadata?.name} condition Ready=${condition?.status ?? '<none>'}`,
  }
}

const BLIP_SECONDS = 60

/**
 * The node has just joined, or its trouble has just begun: a restarted kubelet takes some seconds, too. `Unknown`
 * is never a blip: it means that the kubelet has been silent for longer than that already.
 */
export function isBlip(node: Node | undefined, trouble: NodeTrouble, now: string): boolean {
  const isSilent = node?.status?.conditions?.some(
    ({type, status}) => type === 'Ready' && status === 'Unknown',
  )
  return !isSilent && (isJoining(node, now) || secondsBetween(trouble.since, now) < BLIP_SECONDS)
}

/** What an administrator, or the kubelet while it shuts down, says of a node that is still ready (KEP-5683, 1.37). */
const ANNOUNCED: Readonly<Record<string, string>> = {
  GracefulNodeShutdownInProgress: 'is being shut down',
  MaintenanceInProgress: 'is under maintenance',
  DrainInProgress: 'is being drained',
  Drained: 'has been drained',
}

export function announcedTrouble(node: Node | undefined): NodeTrouble | undefined {
  return troubleOf(node, ANNOUNCED)
}

/** The node's network is not set up. */
export function networkTrouble(node: Node | undefined): NodeTrouble | undefined {
  return troubleOf(node, {NetworkUnavailable: 'has no network'})
}

function troubleOf(node: Node | undefined, words: Readonly<Record<string, string>>): NodeTrouble | undefined {
  const types = Object.keys(words)
  const conditions = node?.status?.conditions?.filter(({status}) => status === 'True') ?? []
  const condition = conditions
    .filter(({type}) => types.includes(type))
    .toSorted((left, right) => types.indexOf(left.type) - types.indexOf(right.type))[0]
  if (!condition) return undefined
  return {
    text: `${words[condition.type]}${condition.message ? ` (${quoted(condition.message)})` : ''}`,
    since: condition.lastTransitionTime,
    evidence: `node/${node?.metadata?.name} condition ${condition.type}=True`,
  }
}

const PRESSURE = ['MemoryPressure', 'DiskPressure', 'PIDPressure']

/** Kinds of pressure that the node reports: no cause by themselves, but worth knowing beside one. */
export function pressures(node: Node | undefined): readonly string[] {
  const conditions = node?.status?.conditions ?? []
  return conditions
    .filter(({type, status}) => status === 'True' && PRESSURE.includes(type))
    .map(({type}) => `node/${node?.metadata?.name} condition ${type}=True`)
}
