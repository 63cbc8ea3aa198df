import type {Pod} from '../../model/objects.ts'
import {roomOf} from '../scheduling/room.ts'
import type {Verdict} from './unscheduled-verdict.ts'

/** The verdict's reasons in words, with numbers where there is one node to have them. */
export interface PodRoom {
  readonly texts: readonly string[]
  /** Even empty, none of the nodes is big enough; false where that was not seen. */
  readonly isHopeless: boolean
}

export function roomFor(pod: Pod, {told, nodes}: Verdict): PodRoom {
  const [only, ...others] = nodes
  const isSingle = only !== undefined && others.length === 0
  const texts = told.map(({text}) => roomOf(text, pod, isSingle ? only : undefined).text)
  const isHopeless =
    nodes.length > 0 && nodes.every((node) => told.some(({text}) => roomOf(text, pod, node).isTooSmall))
  return {texts, isHopeless}
}
