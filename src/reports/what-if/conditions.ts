import type {Arrival} from '../../model/foretold/arrivals.ts'
import type {Round} from '../../model/foretold/course.ts'
import type {SetWorld} from '../../model/foretold/stateful-set-course.ts'
import {nameOf} from '../../model/objects.ts'
import {statefulSetRules} from '../../model/rollout/stateful-set-rules.ts'
import {maxUnavailableOf} from '../../model/rollout/stateful-set-update.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import {podManagementPolicy} from '../../model/stateful-set.ts'

/** By the names of Pods, those of whom enough have to be at work before anything is done to them. */
export type Conditions = ReadonlyMap<string, readonly string[]>

/**
 * Rounds go on as if everybody found a node. Where it is not certain of somebody, an OrderedReady set may get no further, and a rolling
 * update may have too many down by then.
 */
export function conditionsOf(
  rounds: readonly Round[],
  arrivals: readonly Arrival[],
  world: SetWorld,
): Conditions {
  const unsure = new Set(
    arrivals.filter(({finds}) => finds === 'Maybe' || finds === 'Unknown').map(({pod}) => nameOf(pod)),
  )
  const conditions = new Map<string, readonly string[]>()
  const doubts: string[] = []
  const seen = new Set<string>()
  for (const {actions, unavailable} of unsure.size > 0 ? rounds : []) {
    const isHeld = doubts.length > 0 && isEnough(new Set([...doubts, ...unavailable]).size, world)
    for (const {action, pod} of actions) {
      if (pod === null) continue
      if (isHeld && !seen.has(pod) && (action === 'Delete' || isOrdered(world)))
        conditions.set(pod, [...doubts])
      if (action === 'Create' && unsure.has(pod) && !conditions.has(pod)) doubts.push(pod)
      seen.add(pod)
    }
  }
  return conditions
}

const isOrdered = ({set}: SetWorld) => podManagementPolicy(set) !== 'Parallel'

/** So many that are down keep the controller from going on. */
function isEnough(down: number, world: SetWorld): boolean {
  const {set} = world
  if (isOrdered(world)) return true
  const {maxUnavailable} = statefulSetRules(set, serverVersionOf(world))
  return down > (maxUnavailable === 'ignored' ? 1 : maxUnavailableOf({set}))
}
