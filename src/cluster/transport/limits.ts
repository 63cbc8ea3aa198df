/** Time limits of one request, in milliseconds; 0 is none. */
export interface Limits {
  readonly connect: number
  /** From the request sent to the first header. */
  readonly headers: number
  /** Between two pieces of the body. */
  readonly body: number
  /** All of it together. */
  readonly total: number
  /** For all waits of one question that the server asked for. */
  readonly waiting: number
}

const DEFAULT = 30_000
const WAITING = 60_000
/** Node's timers hold no longer time, and end at once instead: nobody waits for 24 days. */
const LONGEST = 2 ** 31 - 1

/**
 * `--request-timeout` bounds a whole request, as in kubectl, and 0 takes every bound away. Without the flag kubectl
 * would wait without limit; here a silent server is given up after 30 s.
 */
export function limitsFor(requestTimeout: number | undefined): Limits {
  if (requestTimeout === undefined) {
    return {connect: DEFAULT, headers: DEFAULT, body: DEFAULT, total: 0, waiting: WAITING}
  }
  const time = Math.min(requestTimeout, LONGEST)
  const whole = {connect: time, headers: 0, body: 0, total: time}
  return {...whole, waiting: time || WAITING}
}

/** How a limit is told: `30s`, `300ms`. */
export function duration(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`
}
