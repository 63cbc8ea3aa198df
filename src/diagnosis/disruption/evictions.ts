import type {Pod, PodDisruptionBudget} from '../../model/objects.ts'
import {isReady} from '../../model/pod.ts'
import {type DisruptionSubject, type Drained, drainedPods, isGuarded, protects} from './subject.ts'

/** A Pod that a drain has to evict, and the budget that says no. */
export interface Refused extends Drained {
  readonly budget: PodDisruptionBudget
}

/** Of Pods on cordoned nodes. A drain evicts no daemon Pods. */
export function refusedEvictions(subject: DisruptionSubject): readonly Refused[] {
  if (subject.kind !== 'StatefulSet') return []
  return drainedPods(subject).flatMap((drained) => {
    const budget = subject.budgets.find((each) => protects(each, drained.pod) && refuses(each, drained.pod))
    return budget ? [{...drained, budget}] : []
  })
}

/** Mirrors EvictionREST.Create (1.27 to 1.37): one that is not ready may go where enough others are healthy. */
function refuses({spec, status}: PodDisruptionBudget, pod: Pod): boolean {
  const {disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0} = status ?? {}
  if (!isGuarded(pod) || disruptionsAllowed > 0) return false
  if (isReady(pod)) return true
  return (
    spec?.unhealthyPodEvictionPolicy !== 'AlwaysAllow' &&
    !(currentHealthy >= desiredHealthy && desiredHealthy > 0)
  )
}
