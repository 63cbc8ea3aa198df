import {setTimeout as sleep} from 'node:timers/promises'

/** Waits until something is so; whoever waits in vain is ended by the test's own time limit. */
export async function untilSo(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(50)
}
