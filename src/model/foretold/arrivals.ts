import {nameOf, namespaceOf, type Pod} from '../objects.ts'
import {areDrawsTooMany} from './draws.ts'
import {termsOf} from './guards.ts'
import {type Shared, sharedClaim} from './one-node.ts'
import {isRefusedUnseen} from './rivals.ts'
import {spreadConstraints} from './spread-constraints.ts'
import {join, type Stage, without} from './stage.ts'
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
  const minding = all.filter(
    ({pod}) => spreadConstraints(pod).length > 0 || termsOf(pod, 'podAffinity').length > 0,
  )
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
