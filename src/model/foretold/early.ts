import {keyOf, type Pod} from '../objects.ts'
import {termsOf} from './guards.ts'
import {join, leave} from './moves.ts'
import {spreadConstraints} from './spread-constraints.ts'
import {type Stage, standingOf} from './stage.ts'
import {successorOf} from './successor.ts'
import {takersOf} from './takers.ts'

/** Some of its rules open nodes where others are, or as evenly as others are. */
export function mindsOthers(pod: Pod): boolean {
  return spreadConstraints(pod).length > 0 || termsOf(pod, 'podAffinity').length > 0
}

/**
 * Who leave side by side leave in an order that is chance, and each is back as soon as it is gone: nodes that are open to it while the
 * others are still there, by namespace and name.
 */
export function earlyPlaces(leavers: readonly Pod[], stage: Stage): ReadonlyMap<string, readonly string[]> {
  const minding = leavers.length > 1 ? leavers.filter(mindsOthers) : []
  return new Map(minding.map((pod) => [keyOf(pod), placesAlone(pod, stage)]))
}

function placesAlone(pod: Pod, stage: Stage): readonly string[] {
  const standing = standingOf(stage, pod)
  if (!standing) return []
  leave(stage, [pod])
  const {nodes = []} = takersOf(successorOf(pod, stage.relations.snapshot.observedAt), stage)
  join(stage, standing)
  return nodes
}
