import {nameOf, namespaceOf, type Pod} from '../objects.ts'
import {areDrawsTooMany} from './draws.ts'
import {mindsOthers} from './early.ts'
import {join, without} from './moves.ts'
import {type Shared, sharedClaim} from './one-node.ts'
import {isRefusedUnseen} from './rivals.ts'
import type {Stage} from './stage.ts'
import {isSurelyTaken} from './surely.ts'
import {type Takers, takersOf} from './takers.ts'

/** A Pod that somebody has created, and what the scheduler can do with it. */
export interface Arrival extends Takers {
  readonly pod: Pod
  /**
   * `Some`: some node takes it, whatever becomes of the others. `Maybe`: only if others leave it room. `None`: no node does.
   * `Unknown`: nodes or volumes were not seen, or not what these nodes have left for it.
   */
  readonly finds: 'Some' | 'Maybe' | 'None' | 'Unknown'
  /** It may be put where it waits for ever: somebody may have its volume on another node. */
  readonly shared?: Shared
  /** They were there before, have found no node, and may have its room. */
  readonly rivals?: readonly Pod[]
  /** It may be back before others are gone, and some node is open to it only then. */
  readonly isEarly?: true
  /** It is not created before that; absent where it is created. */
  readonly waitsFor?: string
}

/** Puts a Pod where it may be: what is certain takes room from the next one, what is not takes none. */
export function arrive(pod: Pod, stage: Stage): Arrival {
  const takers = takersOf(pod, stage)
  const {nodes, hasMore = false, unseen} = takers
  if (!nodes) return {...takers, pod, finds: 'Unknown'}
  if (nodes.length === 0) return {...takers, pod, finds: takers.mayPreempt ? 'Maybe' : 'None'}
  const isCertain = unseen === undefined && !isDrawing(pod, stage) && isSurelyTaken(pod, nodes, stage)
  join(stage, {pod, nodes, isAnywhere: hasMore})
  return doubted({...takers, pod, finds: unseen ? 'Unknown' : isCertain ? 'Some' : 'Maybe'}, stage)
}

/** Whom it succeeds is refused for a reason that is not seen. */
function doubted(arrival: Arrival, stage: Stage): Arrival {
  const {relations} = stage
  const before = relations.pod(namespaceOf(arrival.pod), nameOf(arrival.pod))
  const isPlaced = arrival.finds === 'Some' || arrival.finds === 'Maybe'
  return isPlaced && before && isRefusedUnseen(before, relations)
    ? {...arrival, finds: 'Unknown', unseen: {about: 'Refusal', resource: 'pods'}}
    : apart(arrival, stage)
}

function apart(arrival: Arrival, stage: Stage): Arrival {
  const {pod, nodes = [], hasMore = false, finds} = arrival
  const shared = finds === 'Some' ? sharedClaim(pod, {nodes, isAnywhere: hasMore}, stage) : undefined
  return shared ? {...arrival, finds: 'Maybe', shared} : arrival
}

/**
 * The same of Pods that come side by side, of whom it is chance who is first: each may go wherever it could after any of the others,
 * and is sure of a node only if one is left wherever all the others are.
 */
export function arriveTogether(pods: readonly Pod[], stage: Stage): readonly Arrival[] {
  const all = pods.map((pod) => ({pod, takers: takersOf(pod, stage)}))
  for (const each of all) joinUnsure(each, stage)
  widen(all, stage)
  const arrivals = all.map(({pod, takers}): Arrival => {
    const {nodes, unseen, mayPreempt} = takers
    if (!nodes) return {...takers, pod, finds: 'Unknown'}
    if (nodes.length === 0) return {...takers, pod, finds: mayPreempt ? 'Maybe' : 'None'}
    const isSure = !isDrawing(pod, stage) && without(stage, pod, () => isSurelyTaken(pod, nodes, stage))
    return {...takers, pod, finds: unseen ? 'Unknown' : isSure ? 'Some' : 'Maybe'}
  })
  // who has a node in any case, and only that one, is there
  for (const {pod, nodes = [], hasMore, finds} of arrivals)
    if (finds === 'Some') join(stage, {pod, nodes, isAnywhere: hasMore === true})
  return arrivals.map((each) => doubted(each, stage))
}

function isDrawing(pod: Pod, {draws, relations}: Stage): boolean {
  return areDrawsTooMany(pod, draws, relations)
}

interface Coming {
  readonly pod: Pod
  takers: Takers
}

function joinUnsure({pod, takers: {nodes = [], hasMore}}: Coming, stage: Stage): void {
  if (nodes.length > 0) join(stage, {pod, nodes, isAnywhere: hasMore === true, isUnsure: true})
}

/** Whoever is there first may open a zone to the next one that was closed to it: until nobody finds more. */
function widen(all: readonly Coming[], stage: Stage): void {
  const minding = all.filter(({pod}) => mindsOthers(pod))
  for (let hasGrown = minding.length > 1, left = minding.length; hasGrown && left > 0; left--) {
    hasGrown = false
    for (const each of minding) {
      const takers = without(stage, each.pod, () => takersOf(each.pod, stage))
      if ((takers.nodes?.length ?? 0) <= (each.takers.nodes?.length ?? 0)) continue
      each.takers = takers
      joinUnsure(each, stage)
      hasGrown = true
    }
  }
}

/** The same of a Pod that may also be back while some nodes are open to it that are not in the end. */
export function withEarly(arrival: Arrival, early: readonly string[], stage: Stage): Arrival {
  const {pod, nodes, finds, hasMore = false} = arrival
  const all = [...new Set([...(nodes ?? []), ...early])]
  if (!nodes || all.length === nodes.length) return arrival
  join(stage, {pod, nodes: all, isAnywhere: hasMore, ...(finds !== 'Some' && {isUnsure: true})})
  if (finds !== 'None') return {...arrival, nodes: all}
  const {lacks: _, ...others} = arrival
  return {...others, nodes: all, finds: 'Maybe', isEarly: true}
}
