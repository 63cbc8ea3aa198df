import {spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'

/** One run of one process. */
export interface Run {
  readonly seconds: number
  /** Peak of its resident memory, in MB. */
  readonly megabytes: number
  readonly bytesOut: number
}

export interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** How often it is looked at how much memory a process has had. */
const LOOK = 10

/** @throws Error with its last words when it fails. */
export function run({command, args, env}: Command): Promise<Run> {
  return new Promise((resolve, reject) => {
    const begun = performance.now()
    const child = spawn(command, args, {env: {...process.env, ...env}, stdio: ['ignore', 'pipe', 'pipe']})
    let [peak, bytesOut, words] = [0, 0, '']
    const timer = setInterval(() => {
      peak = Math.max(peak, peakOf(child.pid))
    }, LOOK)
    child.stdout.on('data', (chunk: Buffer) => {
      bytesOut += chunk.length
    })
    child.stderr.on('data', (chunk: Buffer) => {
      words = `${words}${chunk}`.slice(-2000)
    })
    child.once('error', reject)
    child.once('close', (code) => {
      clearInterval(timer)
      const seconds = (performance.now() - begun) / 1000
      if (code === 0) resolve({seconds, megabytes: peak / 1024, bytesOut})
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${words}`))
    })
  })
}

/** `VmHWM` in kB, which only ever grows; 0 where the process is gone already. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  return (
    ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.floor(sorted.length / 2)] ?? 0)) / 2
  )
}
