import type {Pod} from '../objects.ts'
import {join, type Stage} from './stage.ts'
import {type Takers, takersOf} from './takers.ts'

/** A Pod that somebody has created, and what the scheduler can do with it. */
export interface Arrival extends Takers {
  readonly pod: Pod
  /**
   * `Some`: some node takes it, whatever becomes of the others. `Maybe`: only if others leave it room. `None`: no node does.
   * `Unknown`: nodes or volumes were not seen.
   */
  readonly finds: 'Some' | 'Maybe' | 'None' | 'Unknown'
  /** It is not created before that; absent where it is created. */
  readonly waitsFor?: string
}

/** Puts a Pod where it may be: what is certain takes room from the next one, what is not takes none. */
export function arrive(pod: Pod, stage: Stage): Arrival {
  const takers = takersOf(pod, stage)
  const {nodes} = takers
  if (!nodes) return {...takers, pod, finds: 'Unknown'}
  if (nodes.length === 0) return {...takers, pod, finds: 'None'}
  // some node is left to it even if each of those who may be in several places were in all of them
  const isCertain = (takersOf(pod, stage, 'possible', 1).nodes?.length ?? 0) > 0
  join(stage, {pod, nodes})
  return {...takers, pod, finds: isCertain ? 'Some' : 'Maybe'}
}
