import type {Pod} from '../objects.ts'
import {isReady, isTerminal, isTerminating} from '../pod.ts'
import {atWork, begun, isBegun, isLongReady} from './born.ts'
import type {Fates} from './course.ts'

/** The same world when all has come to pass that comes by itself. A Pod keeps its identity where nothing changes. */
export function settled<World extends {readonly pods: readonly Pod[]}>(world: World, fates: Fates): World {
  const stay = world.pods.filter((pod) => !isTerminating(pod) || !fates.leaves(pod))
  fates.coming?.(stay.filter(isComing))
  return {...world, pods: stay.map((pod) => after(pod, fates))}
}

function isComing(pod: Pod): boolean {
  return !isTerminating(pod) && !isTerminal(pod) && !isLongReady(pod) && !isReady(pod)
}

function after(pod: Pod, fates: Fates): Pod {
  if (isTerminating(pod) || isTerminal(pod) || isLongReady(pod)) return pod
  if (isReady(pod)) return atWork(pod, pod.spec?.nodeName)
  const place = fates.placed(pod)
  if (!place) return pod
  if (place.isReady) return atWork(pod, place.nodeName ?? undefined)
  return isBegun(pod) ? pod : begun(pod, place.nodeName ?? undefined)
}
