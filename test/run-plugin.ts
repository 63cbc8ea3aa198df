import {spawn} from 'node:child_process'
import {join} from 'node:path'

const plugin = join(import.meta.dirname, '../bin/run.js')

export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly code: number | null
}

/** Runs the built plugin as kubectl would start it, in a folder, on a pipe, without cluster and colour. */
export async function runPlugin(args: readonly string[], cwd: string, input = ''): Promise<Ran> {
  const env = {PATH: process.env.PATH ?? '', HOME: '/nonexistent', KUBECONFIG: '/nonexistent/config'}
  const child = spawn(process.execPath, [plugin, ...args], {cwd, env})
  const [out, err]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return {stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), code}
}

/** `$ kubectl stateful map …` → its words; quotes are not needed in transcripts. */
export function wordsOf(line: string): readonly string[] {
  const [dollar, kubectl, stateful, ...words] = line.trim().split(/\s+/)
  if (dollar !== '$' || kubectl !== 'kubectl' || stateful !== 'stateful')
    throw new Error(`no transcript: ${line}`)
  return words
}

/** What a terminal would show of a command: the command, stdout, stderr, and the exit status if it is not 0. */
export function transcript(line: string, {stdout, stderr, code}: Ran): string {
  return `${line.trim()}\n${stdout}${stderr}${code === 0 ? '' : `exit ${code}\n`}`
}
