import {type AnswerError, ConnectionError, StatusError} from '../errors.ts'
import type {Recovery} from './recovery.ts'
import type {Timing} from './timing.ts'

/** Who was told that nobody may watch does not ask again sooner: rights may be given while we look. */
const REFUSED = 300_000
/** After so many failures in a row it is tried whether a list succeeds: then it is not the server that is away. */
const FAILURES = 6
const BROKEN = 60_000
/** What is shown may be old by so much: who is to come again later than that lists meanwhile. */
const TOLERATED = 10_000
/** Lists that stand for a watch come so often, but take a tenth of the time at most. */
const INTERVAL = 5000
const SHARE = 10

/** Whether one need may be watched at present. */
export interface Watches {
  readonly mayBegin: () => boolean
  /** Whether that failure of a watch means that it is to be listed instead for a while. */
  readonly isRefused: (error: AnswerError, recovery: Recovery) => boolean
  /** Whether a list is to tell what fails. */
  readonly isDoubtful: () => boolean
  /** One has gone on for some time. */
  readonly held: () => void
  /** A list has taken so many milliseconds. */
  readonly listed: (took: number) => void
  /** Until the next list, in milliseconds. */
  readonly pause: () => number
}

export function createWatches({now}: Pick<Timing, 'now'>): Watches {
  let [notBefore, failures, took] = [Number.NEGATIVE_INFINITY, 0, 0]
  const timeWithout = (error: AnswerError, recovery: Recovery): number => {
    if (recovery === 'later') return REFUSED
    const asked = error instanceof StatusError ? (error.retryAfter ?? 0) : 0
    if (asked > TOLERATED) return asked
    if (isCounted(error)) failures++
    return failures > FAILURES ? BROKEN : 0
  }
  return {
    mayBegin: () => now() >= notBefore,
    isRefused: (error, recovery) => {
      const time = timeWithout(error, recovery)
      if (time === 0) return false
      notBefore = now() + time
      failures = 0
      return true
    },
    isDoubtful: () => failures === FAILURES,
    held: () => {
      failures = 0
    },
    listed: (milliseconds) => {
      took = milliseconds
    },
    pause: () => Math.max(INTERVAL, took * SHARE),
  }
}

/** Where nobody listens at all there is no doubt. */
function isCounted(error: AnswerError): boolean {
  return !(error instanceof ConnectionError && error.reason === 'Refused')
}
