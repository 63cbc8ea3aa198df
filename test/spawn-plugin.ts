import {spawn} from 'node:child_process'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {environment} from './run-plugin.ts'
import type {Ran} from './transcript.ts'

const plugin = join(import.meta.dirname, '../bin/run.js')

/** What the built plugin answers, as kubectl would start it, in a folder, on pipes, without cluster and colour. */
export async function spawnPlugin(
  args: readonly string[],
  cwd: string,
  input = '',
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [plugin, ...args], {cwd, env: {...environment, ...env}})
  const code = new Promise<number | null>((resolve) => child.on('close', resolve))
  child.stdin.end(input)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return {stdout, stderr, code: await code}
}
