import {setTimeout} from 'node:timers/promises'

/** Clock, chance and patience of a follower; tests have their own. */
export interface Timing {
  /** Milliseconds since some moment. */
  now(): number
  /** From 0 up to 1. */
  random(): number
  /** @throws when the signal comes first. */
  sleep(milliseconds: number, stop: AbortSignal): Promise<void>
  /** Silence, in milliseconds, after which a watch is given up that the server was to end after so many seconds. */
  idle(timeoutSeconds: number): number
}

export const REAL_TIME: Timing = {
  now: () => performance.now(),
  random: Math.random,
  sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, {signal}),
  idle: (timeoutSeconds) => (timeoutSeconds + 30) * 1000,
}
