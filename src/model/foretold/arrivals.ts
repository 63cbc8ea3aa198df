import type {Pod} from '../objects.ts'
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
  /** It is not created before that; absent where it is created. */
  readonly waitsFor?: string
}

/** Puts a Pod where it may be: what is certain takes room from the next one, what is not takes none. */
export function arrive(pod: Pod, stage: Stage): Arrival {
  const takers = takersOf(pod, stage)
  const {nodes, hasMore = false, unseen} = takers
  if (!nodes) return {...takers, pod, finds: 'Unknown'}
  if (nodes.length === 0) return {...takers, pod, finds: takers.mayPreempt ? 'Maybe' : 'None'}
  const isCertain = unseen === undefined && isSurelyTaken(pod, nodes, stage)
  join(stage, {pod, nodes, isAnywhere: hasMore})
  return {...takers, pod, finds: unseen ? 'Unknown' : isCertain ? 'Some' : 'Maybe'}
}

/**
 * The same of Pods that come side by side, of whom it is chance who is first: each may go wherever it could if it were, and is sure
 * of a node only if one is left wherever all the others are.
 */
export function arriveTogether(pods: readonly Pod[], stage: Stage): readonly Arrival[] {
  const all = pods.map((pod) => ({pod, takers: takersOf(pod, stage)}))
  const standings = all.map(({pod, takers: {nodes = [], hasMore = false}}) => ({
    pod,
    nodes,
    isAnywhere: hasMore,
    isUnsure: true,
  }))
  for (const standing of standings) if (standing.nodes.length > 0) join(stage, standing)
  const arrivals = all.map(({pod, takers}): Arrival => {
    const {nodes, unseen, mayPreempt} = takers
    if (!nodes) return {...takers, pod, finds: 'Unknown'}
    if (nodes.length === 0) return {...takers, pod, finds: mayPreempt ? 'Maybe' : 'None'}
    const isSure = without(stage, pod, () => isSurelyTaken(pod, nodes, stage))
    return {...takers, pod, finds: unseen ? 'Unknown' : isSure ? 'Some' : 'Maybe'}
  })
  // who has a node in any case, and only that one, is there
  for (const [index, {pod, finds}] of arrivals.entries()) {
    const standing = standings[index]
    if (finds !== 'Some' || !standing) continue
    join(stage, {pod, nodes: standing.nodes, isAnywhere: standing.isAnywhere})
  }
  return arrivals
}
