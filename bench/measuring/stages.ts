import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type Command, run} from './process.ts'
import {median} from './statistics.ts'

/** Where the time of one of our commands goes, one stage after the other, in seconds. */
export interface Stages {
  /** Node itself, until it begins with our code. */
  readonly node: number
  /** Our modules, the command line and the kubeconfig, until the first request. */
  readonly import: number
  /** From the first request to the end of the last answer; what is decoded meanwhile is part of it. */
  readonly read: number
  /** From there to the first byte of the answer. */
  readonly build: number
  /** From there to the end. */
  readonly render: number
}

/** Moments in milliseconds, as `stages-hook.js` writes them; a command may request nothing. */
interface Marks {
  readonly started: number
  readonly asked?: number
  readonly read?: number
  readonly written: number
  readonly ended: number
}

const HOOK = join(import.meta.dirname, '..', 'stages-hook.js')

/** The middle of so many runs. */
export async function stagesOf(command: Command, times: number): Promise<Stages> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-stages-'))
  const file = join(folder, 'marks.json')
  const all: Stages[] = []
  try {
    for (let time = 0; time < times; time++) {
      const {args, env} = command
      await run({...command, args: ['--import', HOOK, ...args], env: {...env, BENCH_STAGES: file}})
      all.push(between(JSON.parse(readFileSync(file, 'utf8')) as Marks))
    }
  } finally {
    rmSync(folder, {recursive: true})
  }
  const middle = (stage: keyof Stages) => median(all.map((each) => each[stage]))
  return {
    node: middle('node'),
    import: middle('import'),
    read: middle('read'),
    build: middle('build'),
    render: middle('render'),
  }
}

/** What follows what: without requests all up to the first byte is `import`, and reading ends where writing begins. */
export function between({started, asked, read, written, ended}: Marks): Stages {
  const firstRequest = Math.min(asked ?? written, written)
  const lastAnswer = Math.min(read ?? written, written)
  return {
    node: started / 1000,
    import: (firstRequest - started) / 1000,
    read: (lastAnswer - firstRequest) / 1000,
    build: (written - lastAnswer) / 1000,
    render: (ended - written) / 1000,
  }
}
