import {isNodeReady} from '../model/node.ts'
import type {KubernetesObject, Node} from '../model/objects.ts'
import {own} from '../model/own.ts'
import {BLIP_SECONDS, JOINING_SECONDS, secondsBetween} from './patience.ts'
import {quoted, quotedInProof} from './words.ts'

/** The node has only just joined; false where nothing tells. */
export function isJoining(node: KubernetesObject | undefined, now: string): boolean {
  return secondsBetween(node?.metadata?.creationTimestamp, now) < JOINING_SECONDS
}

/** What is wrong with a node, or announced about it, in a condition of its own. */
export interface NodeTrouble {
  /** After the name of the node: `is not ready`. */
  readonly text: string
  /** What the condition says, in its own words; empty where nothing. */
  readonly said: string
  readonly since: string | undefined
  readonly evidence: string
}

/** The node does not say that it is ready; undefined for one that does, and for one that was not seen. */
export function notReadyTrouble(node: Node | undefined): NodeTrouble | undefined {
  if (!node || isNodeReady(node)) return undefined
  const condition = node.status?.conditions?.find(({type}) => type === 'Ready')
  return {
    text: 'is not ready',
    said: quoted(condition?.message),
    since: condition?.lastTransitionTime,
    evidence: `node/${node.metadata?.name} condition Ready=${condition?.status ?? '<none>'}${saidText(condition)}`,
  }
}

/**
 * The node has just joined, or its trouble has just begun: a restarted kubelet takes some seconds, too. `Unknown`
 * is never a blip: it means that the kubelet has been silent for longer than that already.
 */
export function isBlip(node: Node | undefined, trouble: NodeTrouble, now: string): boolean {
  return !isSilent(node) && (isJoining(node, now) || secondsBetween(trouble.since, now) < BLIP_SECONDS)
}

/** Its kubelet does not report, so that nobody knows how the node is. */
export function isSilent(node: Node | undefined): boolean {
  const ready = node?.status?.conditions?.find(({type}) => type === 'Ready')
  return ready?.status === 'Unknown'
}

/** What an administrator, or the kubelet while it shuts down, says of a node that is still ready (KEP-5683, 1.37). */
const ANNOUNCED: Readonly<Record<string, string>> = {
  GracefulNodeShutdownInProgress: 'is being shut down',
  MaintenanceInProgress: 'is under maintenance',
  DrainInProgress: 'is being drained',
  Drained: 'has been drained',
}

export function announcedTrouble(node: Node | undefined): NodeTrouble | undefined {
  return conditionTrouble(node, ANNOUNCED)
}

/** The node's network is not set up. */
export function networkTrouble(node: Node | undefined): NodeTrouble | undefined {
  return conditionTrouble(node, {NetworkUnavailable: 'has no network'})
}

/** A condition of these that is `True`, in the words for it. */
export function conditionTrouble(
  node: Node | undefined,
  words: Readonly<Record<string, string>>,
): NodeTrouble | undefined {
  const types = Object.keys(words)
  const conditions = node?.status?.conditions?.filter(({status}) => status === 'True') ?? []
  const condition = conditions
    .filter(({type}) => types.includes(type))
    .toSorted((left, right) => types.indexOf(left.type) - types.indexOf(right.type))[0]
  if (!condition) return undefined
  return {
    text: own(words, condition.type) ?? '',
    said: quoted(condition.message),
    since: condition.lastTransitionTime,
    evidence: `node/${node?.metadata?.name} condition ${condition.type}=True${saidText(condition)}`,
  }
}

/** `: Kubelet stopped posting node status.`, or nothing. */
function saidText(condition: {readonly message?: string} | undefined): string {
  return condition?.message ? `: ${quotedInProof(condition.message)}` : ''
}

const PRESSURE = [
  'MemoryPressure',
  'DiskPressure',
  'PIDPressure',
  // of the node problem detector
  'KernelDeadlock',
  'ReadonlyFilesystem',
  'KubeletUnhealthy',
  'ContainerRuntimeUnhealthy',
  'FrequentKubeletRestart',
  'FrequentContainerdRestart',
  'FrequentDockerRestart',
  'FrequentUnregisterNetDevice',
]

/** What a node reports that is bad while it is ready, such as pressure: no cause by themselves, but worth knowing beside one. */
export function pressures(node: Node | undefined): readonly string[] {
  const conditions = node?.status?.conditions ?? []
  return conditions
    .filter(({type, status}) => status === 'True' && PRESSURE.includes(type))
    .map(({type}) => `node/${node?.metadata?.name} condition ${type}=True`)
}
