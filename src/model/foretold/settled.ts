import type {Pod} from '../objects.ts'
import {isReady, isTerminal, isTerminating} from '../pod.ts'
import {atWork, begun, isBegun, isLongReady} from './born.ts'
import type {Fates} from './course.ts'

/** The same world when all has come to pass that comes by itself. A Pod keeps its identity where nothing changes. */
export function settled<World extends {readonly pods: readonly Pod[]}>(world: World, fates: Fates): World {
  return {...world, pods: world.pods.flatMap((pod) => after(pod, fates))}
}

function after(pod: Pod, fates: Fates): readonly Pod[] {
  if (isTerminating(pod)) return fates.leaves(pod) ? [] : [pod]
  if (isTerminal(pod) || isLongReady(pod)) return [pod]
  if (isReady(pod)) return [atWork(pod, pod.spec?.nodeName)]
  const place = fates.placed(pod)
  if (!place) return [pod]
  if (place.isReady) return [atWork(pod, place.nodeName ?? undefined)]
  return [isBegun(pod) ? pod : begun(pod, place.nodeName ?? undefined)]
}
