import {type Peer, timeoutError} from './errors.ts'
import type {Limits} from './limits.ts'

interface Deadline {
  readonly signal: AbortSignal | undefined
  clear(): void
}

/** Aborts when that limit of the server's is over; a limit of 0 is none. */
export function deadline(peer: Peer, limit: keyof Limits): Deadline {
  const time = peer.limits[limit]
  if (time === 0) return {signal: undefined, clear: () => undefined}
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(timeoutError(peer, limit)), time)
  return {signal: controller.signal, clear: () => clearTimeout(timer)}
}

/** @throws the error of the deadline where it is over, or whatever `run` throws. */
export async function within<T>(
  {signal, clear}: Deadline,
  run: (late: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  try {
    return await run(signal)
  } catch (error) {
    throw signal?.aborted ? signal.reason : error
  } finally {
    clear()
  }
}
