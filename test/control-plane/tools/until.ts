import {setTimeout as sleep} from 'node:timers/promises'
import {inspect} from 'node:util'

export interface UntilOptions {
  readonly timeout?: number
  readonly interval?: number
}

/** Reads again and again until what was read is accepted; fails with the last thing read. */
export async function until<T>(
  description: string,
  read: () => T | Promise<T>,
  accept: (value: T) => boolean = Boolean,
  {timeout = 30_000, interval = 50}: UntilOptions = {},
): Promise<T> {
  const deadline = performance.now() + timeout
  for (;;) {
    const attempt = await settled(read)
    if ('value' in attempt && accept(attempt.value)) return attempt.value
    if (performance.now() > deadline) throw new Error(lateness(description, timeout, attempt))
    await sleep(interval)
  }
}

type Attempt<T> = {readonly value: T} | {readonly error: unknown}

async function settled<T>(read: () => T | Promise<T>): Promise<Attempt<T>> {
  try {
    return {value: await read()}
  } catch (error) {
    if (error instanceof HopelessError) throw error
    return {error}
  }
}

/** Thrown by a read that no later read can repair. */
export class HopelessError extends Error {}

function lateness(description: string, timeout: number, attempt: Attempt<unknown>): string {
  const last = inspect('value' in attempt ? attempt.value : attempt.error, {depth: 8})
  return `not within ${timeout / 1000} s: ${description}\nlast seen: ${last}`
}
