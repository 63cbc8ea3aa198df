import type {Omission} from '../../model/snapshot.ts'
import type {Connection} from '../connection.ts'
import {serverVersion} from '../server-version.ts'
import {createBackoff} from './backoff.ts'
import type {Timing} from './timing.ts'

/** What the server says of itself, or why it can't be asked. */
export type ToldVersion = string | Omission | undefined

/**
 * Asks the server for its version until that can be asked: `onTold` hears of the first try, and again once a later one succeeds.
 * @throws what is no error of the cluster, or the signal.
 */
export async function askVersion(
  connection: Connection,
  timing: Timing,
  stop: AbortSignal,
  onTold: (version: ToldVersion) => void,
): Promise<void> {
  const backoff = createBackoff(timing)
  for (let tries = 0; ; tries++) {
    const version = await serverVersion(connection, stop)
    const isOver = typeof version !== 'object'
    if (tries === 0 || isOver) onTold(version)
    if (isOver) return
    await timing.sleep(backoff(), stop)
  }
}
