/** The built plugin as a process of its own, and what became of it. */
import {spawn} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {environment} from '../run-plugin.ts'

const PLUGIN = join(import.meta.dirname, '../../bin/run.js')
const PEAK = join(import.meta.dirname, 'peak-memory.cjs')

/** Nothing that ends at all takes so long, on the slowest machine. */
const FOREVER = 120_000

export interface Ended {
  readonly stdout: string
  readonly stderr: string
  /** null: it had to be killed. */
  readonly code: number | null
  /** Mebibytes. */
  readonly peak: number
}

export interface Running {
  readonly end: Promise<Ended>
  readonly stdout: () => string
  readonly stderr: () => string
  readonly signal: (signal: NodeJS.Signals) => void
}

export interface RunOptions {
  readonly url: string
  readonly authority?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** File descriptor for standard output. */
  readonly stdout?: number
}

/** Starts it with a kubeconfig for that server and the namespace `shop`. */
export function startPlugin(
  args: readonly string[],
  {url, authority, env = {}, stdout}: RunOptions,
): Running {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-stateful-'))
  const kubeconfig = join(folder, 'config')
  writeFileSync(kubeconfig, configFor(url, authority))
  const child = spawn(process.execPath, ['--require', PEAK, PLUGIN, ...args], {
    env: {...environment, KUBECONFIG: kubeconfig, ...env},
    stdio: ['ignore', stdout ?? 'pipe', 'pipe', 'pipe'],
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), FOREVER)
  const said = {stdout: '', stderr: ''}
  child.stdout?.setEncoding('utf8').on('data', (more: string) => (said.stdout += more))
  child.stderr?.setEncoding('utf8').on('data', (more: string) => (said.stderr += more))
  const peak = text(child.stdio[3] as NodeJS.ReadableStream)
  const code = new Promise<number | null>((resolve) => child.on('close', resolve))
  const end = code.then(async (status): Promise<Ended> => {
    clearTimeout(timer)
    rmSync(folder, {recursive: true, force: true})
    return {...said, code: status, peak: Number(await peak) / 1024}
  })
  return {
    end,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    signal: (signal) => void child.kill(signal),
  }
}

export function runFaulty(args: readonly string[], options: RunOptions): Promise<Ended> {
  return startPlugin(args, options).end
}

function configFor(server: string, authority: string | undefined): string {
  const data = authority && {'certificate-authority-data': Buffer.from(authority).toString('base64')}
  return JSON.stringify({
    clusters: [{name: 'faulty', cluster: {server, ...data}}],
    users: [{name: 'someone', user: {token: 'canary'}}],
    contexts: [{name: 'here', context: {cluster: 'faulty', user: 'someone', namespace: 'shop'}}],
    'current-context': 'here',
  })
}
