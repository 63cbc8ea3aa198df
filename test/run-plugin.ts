import {Console} from 'node:console'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import process from 'node:process'
import {Readable, Writable} from 'node:stream'
import {main} from '../src/main.ts'
import type {Ran} from './transcript.ts'

const ROOT = join(import.meta.dirname, '..')
/** Of what `main` listens to, for the whole life of a process that answers once. */
const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const

/** Neither a cluster nor a home; vitest's own variables would change what oclif loads. */
export const environment: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  KUBECONFIG: '/nonexistent/config',
}

/** Instead of a pipe: where the answer is read by a person. */
export interface Terminal {
  readonly columns: number
  readonly isColored?: boolean
}

let last: Promise<unknown> = Promise.resolve()

/**
 * What the plugin answers in a folder, on pipes or on a terminal, without cluster. It runs in this process, which is
 * a hundred times quicker than a process of its own; `test/built-plugin.test.ts` proves that both say the same.
 * `program` may be the bundle's `main`. One at a time, however many are asked for: what a process has only one of is lent to it.
 */
export function runPlugin(
  args: readonly string[],
  cwd: string,
  input = '',
  terminal?: Terminal,
  program = main,
): Promise<Ran> {
  const ran = last.then(() => run(args, cwd, input, terminal, program))
  last = ran.catch(() => {})
  return ran
}

async function run(
  args: readonly string[],
  cwd: string,
  input: string,
  terminal: Terminal | undefined,
  program: typeof main,
): Promise<Ran> {
  const [stdout, stderr] = [collected(terminal), collected(terminal)]
  const stdin = Readable.from(input === '' ? [] : [Buffer.from(input)])
  const streams = {stdin, stdout: stdout.stream, stderr: stderr.stream}
  const giveBack = lend({cwd, streams, env: environmentOn(terminal)})
  try {
    await program(args, () => readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8'))
    return {stdout: stdout.text(), stderr: stderr.text(), code: Number(process.exitCode ?? 0)}
  } finally {
    giveBack()
  }
}

function environmentOn(terminal: Terminal | undefined): Readonly<Record<string, string>> {
  if (!terminal) return environment
  return {...environment, TERM: 'xterm-256color', ...(!terminal.isColored && {NO_COLOR: '1'})}
}

function collected(terminal: Terminal | undefined) {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(chunk)
      done()
    },
  })
  if (terminal) Object.assign(stream, {isTTY: true, columns: terminal.columns, rows: 24})
  return {stream, text: () => Buffer.concat(chunks).toString()}
}

interface Streams {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
}

interface Lent {
  readonly cwd: string
  readonly streams: Streams
  readonly env: Readonly<Record<string, string>>
}

/** Gives `main` streams, a folder and an environment of its own; returns what takes them away again. */
function lend({cwd, streams, env}: Lent): () => void {
  const before = {cwd: process.cwd(), env: {...process.env}, exitCode: process.exitCode}
  const listeners = SIGNALS.map((signal) => ({signal, known: process.listeners(signal)}))
  const takeBack = [
    ...Object.entries(streams).map(([name, stream]) => replace(process, name, stream)),
    replace(globalThis, 'console', new Console(streams.stdout, streams.stderr)),
  ]
  process.chdir(cwd)
  setEnvironment(env)
  process.exitCode = undefined
  return () => {
    process.exitCode = before.exitCode
    setEnvironment(before.env)
    process.chdir(before.cwd)
    for (const each of takeBack) each()
    for (const {signal, known} of listeners)
      for (const each of process.listeners(signal))
        if (!known.includes(each)) process.removeListener(signal, each)
  }
}

function replace(target: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name) ?? {}
  Object.defineProperty(target, name, {value, configurable: true, writable: true})
  return () => Object.defineProperty(target, name, before)
}

/** In place: the system's own calls, such as that for the home folder, look at the real one. */
function setEnvironment(wanted: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(process.env)) if (!(name in wanted)) delete process.env[name]
  for (const [name, value] of Object.entries(wanted)) process.env[name] = value
}
