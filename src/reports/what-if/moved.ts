import type {Aftermath} from '../../model/foretold/aftermath.ts'
import {setWorld, type World} from '../../model/foretold/world.ts'
import {controllerUid, type Pod} from '../../model/objects.ts'
import {isWell} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {WorkloadFate} from './report.ts'
import {readyOf, workloadFate} from './workloads.ts'

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
  const arrivals = Map.groupBy(
    moves.flatMap((move) => move.arrivals),
    ({pod}) => controllerUid(pod) ?? '',
  )
  const lasts = new Map(
    moves.flatMap(({courses}) => courses).map((course) => [course.set.metadata?.uid, course]),
  )
  const departures = moves.map(({evicted, world: after}) => ({
    gone: Map.groupBy(evicted.filter(isWell), (pod) => controllerUid(pod) ?? ''),
    sets: after.sets,
  }))
  return [...world.sets].flatMap(([uid, after]) => {
    const set = relations.statefulSetWith(uid)
    if (!set) return []
    const before = setWorld(set, relations)
    const lowest = lowestOf(uid, readyOf(before).length, departures)
    const waitsFor = lasts.get(uid)?.waitsFor?.message ?? null
    return [workloadFate({before, after, lowest, waitsFor}, arrivals.get(uid) ?? [], relations)]
  })
}

interface Departure {
  /** Pods that were at work, by the UID of their set. */
  readonly gone: ReadonlyMap<string, readonly Pod[]>
  readonly sets: World['sets']
}

/** So many are ready while those that left last are not back. */
function lowestOf(uid: string, before: number, departures: readonly Departure[]): number {
  let [ready, lowest] = [before, before]
  for (const {gone, sets} of departures) {
    const count = gone.get(uid)?.length ?? 0
    lowest = Math.min(lowest, ready - count)
    const set = sets.get(uid)
    ready = set ? readyOf(set).length : ready - count
  }
  return lowest
}
