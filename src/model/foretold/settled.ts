import type {Pod} from '../objects.ts'
import {isReady, isTerminal, isTerminating} from '../pod.ts'
import {atWork, begun, isBegun, isLongReady} from './born.ts'
import type {Fates} from './course.ts'

/** The same world when all has come to pass that comes by itself. A Pod keeps its identity where nothing changes. */
export function settled<World extends {readonly pods: readonly Pod[]}>(world: World, fates: Fates): World {
  return {...world, pods: placed(staying(world.pods, fates), fates)}
}

/** Without those who were asked to go, and do. */
export function staying(pods: readonly Pod[], fates: Fates): readonly Pod[] {
  return pods.filter((pod) => !isTerminating(pod) || !fates.leaves(pod))
}

/** Nothing has become of it yet. */
export function isComing(pod: Pod): boolean {
  return !isTerminating(pod) && !isTerminal(pod) && !isLongReady(pod) && !isReady(pod)
}

/** What becomes of each. */
export function placed(pods: readonly Pod[], fates: Fates): readonly Pod[] {
  return pods.map((pod) => after(pod, fates))
}

function after(pod: Pod, fates: Fates): Pod {
  if (isTerminating(pod) || isTerminal(pod) || isLongReady(pod)) return pod
  if (isReady(pod)) return atWork(pod, pod.spec?.nodeName)
  const place = fates.placed(pod)
  if (!place) return pod
  if (place.isReady) return atWork(pod, place.nodeName ?? undefined)
  return isBegun(pod) ? pod : begun(pod, place.nodeName ?? undefined)
}
