import {SIGN_SECONDS, secondsBetween} from '../../diagnosis/patience.ts'
import type {RolledWorkload, RolloutReport} from './report.ts'

/** What a wait for rollouts makes of a report. */
export interface RolloutVerdict {
  readonly isOver: boolean
  /** All that was waited for is there. */
  readonly isGood: boolean
  /** One look is enough: what a DaemonSet's current revision is stands in another list, which may be older. */
  readonly isSure: boolean
  /** Who is in the way and its STATUS, or what is still to come; the last words of a wait that fails. */
  readonly words: string
}

/**
 * Complete, and held by a partition, is what was waited for. What is stalled ends the wait once nothing else moves;
 * with `isFailFast` the first sign of trouble does.
 */
export function rolloutVerdict({workloads, observedAt}: RolloutReport, isFailFast: boolean): RolloutVerdict {
  const unfinished = workloads.filter(({state}) => state !== 'Complete' && state !== 'Held')
  const [stalled] = unfinished.filter(({state}) => state === 'Stalled')
  const [troubled] = isFailFast ? unfinished.filter((workload) => hasTrouble(workload, observedAt)) : []
  const isStill = unfinished.length > 0 && unfinished.every(({state}) => state === 'Stalled')
  const failed = (isFailFast ? stalled : undefined) ?? troubled ?? (isStill ? stalled : undefined)
  const shown = failed ?? stalled ?? unfinished[0]
  return {
    isOver: unfinished.length === 0 || failed !== undefined,
    isGood: unfinished.length === 0,
    isSure: unfinished.length === 0 && workloads.every(({kind}) => kind === 'StatefulSet'),
    words: shown
      ? wordsOf(shown, shown === troubled && shown !== stalled ? 'in trouble' : shown.state)
      : 'complete',
  }
}

function hasTrouble({blockedBy}: RolledWorkload, now: string): boolean {
  return blockedBy !== null && secondsBetween(blockedBy.since ?? now, now) >= SIGN_SECONDS
}

/** `statefulset.apps/db of namespace shop is Stalled: db-2 CrashLoopBackOff: …`. */
function wordsOf(workload: RolledWorkload, how: string): string {
  const {kind, namespace, name, blockedBy, reason, next} = workload
  const why = blockedBy ? blockerWords(blockedBy) : (reason ?? waitWords(next.waitsFor?.message))
  return `${kind.toLowerCase()}.apps/${name} of namespace ${namespace} is ${how}${why ? `: ${why}` : ''}`
}

function blockerWords({message, status}: NonNullable<RolledWorkload['blockedBy']>): string {
  return status === null || message.includes(status) ? message : `${message} (STATUS ${status})`
}

function waitWords(message: string | undefined): string {
  return message ? `the controller waits for ${message}` : ''
}
