import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'
import {execPath} from 'node:process'

/** Ends processes and removes a folder as soon as this process is gone. */
export interface Guard {
  readonly watch: (pids: readonly number[]) => void
  readonly finish: () => Promise<void>
}

export function startGuard(folder: string): Guard {
  const guard = spawn(execPath, [join(import.meta.dirname, 'guard.ts'), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.unref()
  if ('unref' in guard.stdin && typeof guard.stdin.unref === 'function') guard.stdin.unref()
  const ended = once(guard, 'exit')
  return {
    watch: (pids) => guard.stdin.write(`${JSON.stringify(pids)}\n`),
    finish: async () => {
      guard.ref()
      guard.stdin.end()
      await ended
    },
  }
}
