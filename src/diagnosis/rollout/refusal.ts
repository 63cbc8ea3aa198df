import type {Event} from '../../model/objects.ts'
import {refusalText} from '../create/failed-create.ts'
import {secondsBetween} from '../elapsed.ts'
import {quoted} from '../quoted.ts'
import type {HoldUp} from './hold-up.ts'

/** The controller has tried several times by then. */
const REFUSED_SECONDS = 60
/** It never waits longer than 1000 s before it tries again. */
const FORGOTTEN_SECONDS = 1200

/** What the API server answered when a controller last tried to make a Pod; undefined where it has made one since. */
export function refusal(events: readonly Event[], now: string): HoldUp | undefined {
  const failed = latest(events, 'FailedCreate')
  const text = refusalText(failed?.message ?? '')
  const made = latest(events, 'SuccessfulCreate')
  if (!failed || text === undefined) return undefined
  const isPast = made && lastSeen(made) > lastSeen(failed)
  if (isPast || !(secondsBetween(lastSeen(failed), now) < FORGOTTEN_SECONDS)) return undefined
  const since = failed.firstTimestamp ?? lastSeen(failed)
  return {
    text: `can't be made: ${quoted(text)}`,
    since,
    isStuck: secondsBetween(since, now) > REFUSED_SECONDS,
    refusal: text,
  }
}

function latest(events: readonly Event[], reason: string): Event | undefined {
  const those = events.filter((event) => event.reason === reason)
  return those.toSorted((left, right) => (lastSeen(left) > lastSeen(right) ? -1 : 1))[0]
}

function lastSeen({lastTimestamp, firstTimestamp, metadata}: Event): string {
  return lastTimestamp ?? firstTimestamp ?? metadata?.creationTimestamp ?? ''
}
