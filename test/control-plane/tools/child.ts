import {spawn} from 'node:child_process'
import {closeSync, openSync, readFileSync} from 'node:fs'

/** A running process whose output goes to a file. */
export interface Child {
  readonly pid: number
  readonly end: () => string | undefined
  readonly ended: Promise<void>
  /** Stops it in its tracks, with all its connections, until it is resumed. */
  readonly pause: () => void
  readonly resume: () => void
  readonly kill: () => Promise<void>
}

export interface ChildOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly log: string
}

export function startChild({command, args, cwd, log}: ChildOptions): Child {
  const output = openSync(log, 'a')
  const child = spawn(command, args, {
    cwd,
    env: {...process.env, HOME: cwd},
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  let end: string | undefined
  const ended = new Promise<void>((resolve) => {
    const finish = (how: string) => {
      end = how
      resolve()
    }
    child.once('exit', (code, signal) => finish(signal ? `ended by ${signal}` : `ended with code ${code}`))
    child.once('error', (error) => finish(error.message))
  })
  child.unref()
  const kill = () => {
    child.ref()
    child.kill('SIGCONT')
    child.kill('SIGKILL')
    return ended
  }
  return {
    pid: child.pid ?? 0,
    end: () => end,
    ended,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill,
  }
}

export function lastLines(file: string, count = 15): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n')
}
