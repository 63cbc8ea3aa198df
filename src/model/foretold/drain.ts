import {toleratesCordon} from '../node.ts'
import {type Node, nameOf, type Pod, type PodDisruptionBudget} from '../objects.ts'
import {isTerminal, isTerminating} from '../pod.ts'
import type {Relations} from '../relations.ts'
import type {Aftermath, Expectations} from './aftermath.ts'
import {budgetsOf, changed, type Health, isFailure, type Refusal, refusalOf} from './budgets.ts'
import {afterDeparture} from './departure.ts'
import {ownerKindOf} from './owner.ts'
import {type World, worldOf} from './world.ts'

/** What `kubectl drain` does with a Pod (its filters, 1.27 to 1.37). */
export type DrainRole =
  | 'Evicted'
  /** It stays: a daemon Pod, or one that the kubelet runs from a file. */
  | 'Left'
/** What `kubectl drain` wants to be told before it touches anything. */
export type DrainFlag = '--ignore-daemonsets' | '--delete-emptydir-data' | '--force'

/** The Pods that were evicted side by side, and what came of it. */
export interface DrainRound extends Aftermath {
  readonly node: string
  readonly evicted: readonly Pod[]
  /** Budgets let only so many of these go at once: which, is chance. */
  readonly choices: readonly {readonly count: number; readonly from: readonly Pod[]}[]
}

export interface Drained {
  readonly rounds: readonly DrainRound[]
  /** Pods that were evicted and that nobody ends: the node does not answer. The drain waits for them. */
  readonly lingering: readonly Pod[]
  /** Pods that are refused for ever, and by whom. */
  readonly refused: readonly Refused[]
  /** Pods whose eviction fails at once: the drain leaves them, ends with an error, and goes on to the next node before. */
  readonly failed: readonly Refused[]
  readonly world: World
}

interface Refused {
  readonly pod: Pod
  readonly refusal: Refusal
}

export function drainRole(pod: Pod, relations: Relations): DrainRole {
  if (isTerminal(pod)) return 'Evicted'
  return ['DaemonSet', 'Node'].includes(ownerKindOf(pod, relations)) ? 'Left' : 'Evicted'
}

/** Flags without which a drain refuses to begin because of this Pod. */
export function drainFlags(pod: Pod, relations: Relations): readonly DrainFlag[] {
  const owner = ownerKindOf(pod, relations)
  if (isTerminal(pod) || owner === 'Node') return []
  if (owner === 'DaemonSet') return ['--ignore-daemonsets']
  const hasData = pod.spec?.volumes?.some(({emptyDir}) => emptyDir) ?? false
  return [
    ...(hasData ? (['--delete-emptydir-data'] as const) : []),
    ...(owner === 'None' ? (['--force'] as const) : []),
  ]
}

/**
 * Nodes are cordoned, then one after the other loses its Pods, as budgets let them go, until nothing moves any more. Mirrors evictPods of
 * kubectl (1.27 to 1.37): what is refused with 429 it tries for ever, and what fails otherwise is an error in the end.
 */
export function drain(nodes: readonly Node[], relations: Relations, expected: Expectations): Drained {
  const names = new Set(nodes.map(nameOf))
  let world = worldOf(
    relations,
    (node, pod) => names.has(nameOf(node)) && !toleratesCordon(pod.spec?.tolerations ?? []),
  )
  const rounds: DrainRound[] = []
  const failed: Refused[] = []
  for (const node of nodes) {
    const own = relations.podsOn(nameOf(node)).filter((pod) => drainRole(pod, relations) === 'Evicted')
    const failing = refusedAmong(own, world).filter(({refusal}) => isFailure(refusal))
    failed.push(...failing)
    let left = own.filter((pod) => !failing.some((each) => each.pod === pod))
    while (left.length > 0) {
      const {evicted, choices} = eviction(left, world)
      if (evicted.length === 0)
        return {rounds, world, lingering: [], failed, refused: refusedAmong(left, world)}
      const after = afterDeparture(world, evicted, expected)
      rounds.push({...after, node: nameOf(node), evicted, choices})
      world = after.world
      left = left.filter((pod) => !evicted.includes(pod))
    }
    const lingering = rounds.flatMap(({evicted}) => evicted).filter((pod) => !expected.leaves(pod))
    if (lingering.length > 0) return {rounds, world, lingering, failed, refused: []}
  }
  return {rounds, world, lingering: [], failed, refused: []}
}

function refusedAmong(left: readonly Pod[], {health, stage}: World): readonly Refused[] {
  return left.flatMap((pod) => {
    const refusal = refusalOf(pod, health, stage.relations)
    return refusal ? [{pod, refusal}] : []
  })
}

/** All that may go now, side by side. */
function eviction(
  left: readonly Pod[],
  {health: first, stage}: World,
): Pick<DrainRound, 'evicted' | 'choices'> {
  const {relations} = stage
  const evicted: Pod[] = []
  let health: Health = first
  for (const pod of left) {
    if (refusalOf(pod, health, relations)) continue
    evicted.push(pod)
    if (!isTerminating(pod)) health = changed(health, [pod], -1, relations)
  }
  return {evicted, choices: choicesAmong(left, evicted, relations)}
}

function choicesAmong(
  left: readonly Pod[],
  evicted: readonly Pod[],
  relations: Relations,
): DrainRound['choices'] {
  const byBudget = Map.groupBy(left, (pod): PodDisruptionBudget | undefined => budgetsOf(pod, relations)[0])
  byBudget.delete(undefined)
  return [...byBudget.values()].flatMap((from) => {
    const count = from.filter((pod) => evicted.includes(pod)).length
    return count > 0 && count < from.length ? [{count, from}] : []
  })
}
