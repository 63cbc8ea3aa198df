import type {Aftermath} from '../../model/foretold/departure.ts'
import {setWorld, type World} from '../../model/foretold/world.ts'
import {controllerUid, type Pod} from '../../model/objects.ts'
import {isWell} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {WorkloadFate} from './report.ts'
import {workloadFate} from './workloads.ts'

/** A departure, and who left. */
interface Move extends Aftermath {
  readonly evicted: readonly Pod[]
}

/** What becomes of each StatefulSet of which Pods leave, in the order in which it loses the first. */
export function movedWorkloads(
  moves: readonly Move[],
  world: World,
  relations: Relations,
): readonly WorkloadFate[] {
  const arrivals = moves.flatMap((move) => move.arrivals)
  return [...world.sets].flatMap(([uid, after]) => {
    const set = relations.statefulSetWith(uid)
    if (!set) return []
    const before = setWorld(set, relations)
    const last = moves
      .flatMap(({courses}) => courses.filter((course) => course.set.metadata?.uid === uid))
      .at(-1)
    const lowest = lowestOf(uid, before.pods.filter(isWell).length, moves)
    const waitsFor = last?.waitsFor?.message ?? null
    return [workloadFate({before, after, lowest, waitsFor}, arrivals, relations)]
  })
}

/** So many are ready while those that were evicted last are not back. */
function lowestOf(uid: string, before: number, moves: readonly Move[]): number {
  let [ready, lowest] = [before, before]
  for (const {evicted, world} of moves) {
    const gone = evicted.filter((pod) => controllerUid(pod) === uid && isWell(pod)).length
    lowest = Math.min(lowest, ready - gone)
    ready = world.sets.get(uid)?.pods.filter(isWell).length ?? ready - gone
  }
  return lowest
}
