import {spawn} from 'node:child_process'

/** What is run. */
export interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** One run of one process. */
export interface Run {
  readonly seconds: number
  /** Seconds of a processor that it has had: what else the machine does changes these less. */
  readonly cpuSeconds: number
  /** Peak of its resident memory, in MB. */
  readonly megabytes: number
  readonly bytesOut: number
}

/** GNU time has the peak of memory from the kernel, without looking again and again. */
const TIME = ['-f', '%M %U %S'] as const

/** @throws Error with its last words when it fails. */
export function run({command, args, env}: Command): Promise<Run> {
  return new Promise((resolve, reject) => {
    const begun = performance.now()
    const child = spawn('time', [...TIME, command, ...args], {
      env: {...process.env, ...env},
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [bytesOut, words] = [0, '']
    child.stdout.on('data', (chunk: Buffer) => {
      bytesOut += chunk.length
    })
    child.stderr.on('data', (chunk: Buffer) => {
      words = `${words}${chunk}`.slice(-2000)
    })
    child.once('error', (cause) => reject(new Error('GNU time is needed to measure memory', {cause})))
    child.once('close', (code) => {
      const seconds = (performance.now() - begun) / 1000
      if (code === 0) resolve({seconds, bytesOut, ...usage(words)})
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${words}`))
    })
  })
}

/** What GNU time says in its one line, the last one. */
function usage(words: string): Pick<Run, 'cpuSeconds' | 'megabytes'> {
  const [kilobytes = 0, user = 0, system = 0] = (words.trimEnd().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number)
  return {megabytes: kilobytes / 1024, cpuSeconds: user + system}
}
