import {lastSeen, latestOf} from '../../model/events.ts'
import type {Event} from '../../model/objects.ts'
import {LONGEST_RETRY_SECONDS, REFUSED_SECONDS, secondsBetween} from '../patience.ts'
import {refusalText} from './failed-create.ts'

/** What the API server answers when a controller tries to create a Pod. */
export interface CreateRefusal {
  /** As the API server says it. */
  readonly text: string
  /** RFC 3339. */
  readonly since: string | undefined
  /** RFC 3339: when it was refused last. */
  readonly lastAt: string | undefined
  readonly isStalled: boolean
}

/** The last refusal that these events tell of; undefined where the controller has created one since. */
export function createRefusal(events: readonly Event[], now: string): CreateRefusal | undefined {
  const failed = latestOf(events, 'FailedCreate')
  const text = refusalText(failed?.message ?? '')
  const created = latestOf(events, 'SuccessfulCreate')
  if (!failed || text === undefined) return undefined
  const isPast = created && lastSeen(created) > lastSeen(failed)
  if (isPast || !(secondsBetween(lastSeen(failed), now) < LONGEST_RETRY_SECONDS)) return undefined
  const since = failed.firstTimestamp ?? lastSeen(failed)
  return {text, since, lastAt: lastSeen(failed), isStalled: secondsBetween(since, now) > REFUSED_SECONDS}
}
