import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {binary} from './binaries.ts'
import type {KubectlOptions, KubectlResult} from './kubectl.ts'
import type {Plugin} from './plugin.ts'

/** A kubectl that runs while the test goes on. */
export interface BackgroundKubectl {
  /** What it has printed so far. */
  readonly stdout: () => string
  readonly stderr: () => string
  readonly isRunning: () => boolean
  readonly end: Promise<KubectlResult>
  readonly signal: (signal: NodeJS.Signals) => void
}

/** Starts them, with the plugin in reach, and ends those that are left. */
export function backgroundKubectls({env: plugin}: Pick<Plugin, 'env'>) {
  const children: ChildProcess[] = []
  const start = (args: readonly string[], {env}: KubectlOptions = {}): BackgroundKubectl => {
    const all = {...process.env, ...plugin, ...env}
    const child = spawn(binary('kubectl'), args, {env: all, stdio: ['ignore', 'pipe', 'pipe']})
    children.push(child)
    return observed(child)
  }
  const killAll = () => {
    for (const child of children) child.kill('SIGKILL')
  }
  return {start, killAll}
}

function observed(child: ChildProcess): BackgroundKubectl {
  const text = {stdout: '', stderr: ''}
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
    })
  }
  let isRunning = true
  const ended = async (): Promise<KubectlResult> => {
    const [code] = (await once(child, 'close')) as [number | null]
    isRunning = false
    return {...text, code: code ?? -1}
  }
  return {
    stdout: () => text.stdout,
    stderr: () => text.stderr,
    isRunning: () => isRunning,
    end: ended(),
    signal: (signal) => void child.kill(signal),
  }
}
