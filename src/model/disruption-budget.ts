import type {PodDisruptionBudget} from './objects.ts'

type Condition = NonNullable<NonNullable<PodDisruptionBudget['status']>['conditions']>[number]

/** Its controller has not seen what was changed: until then no eviction is allowed (checkAndDecrement, 1.27 to 1.37). */
export function isUnobserved({metadata, status}: PodDisruptionBudget): boolean {
  return (status?.observedGeneration ?? 0) < (metadata?.generation ?? 0)
}

/** What its controller says where it could not count the Pods, and so allows no eviction; undefined: it could, or has said nothing. */
export function syncFailure({status}: PodDisruptionBudget): Condition | undefined {
  return status?.conditions?.find(
    ({type, status: is, reason}) => type === 'DisruptionAllowed' && is === 'False' && reason === 'SyncFailed',
  )
}
