import {spawn} from 'node:child_process'
import {existsSync} from 'node:fs'
import {text} from 'node:stream/consumers'
import {binary} from '../tools/binaries.ts'
import type {Plugin} from '../tools/plugin.ts'

/** Of util-linux: it runs a command on a terminal of its own. */
const SCRIPT = '/usr/bin/script'

export const hasTerminal = existsSync(SCRIPT)

/** The lines that `coverage …` writes on a terminal of that many columns. */
export async function onTerminal(
  {env}: Pick<Plugin, 'env'>,
  columns: number,
  args: readonly string[],
): Promise<readonly string[]> {
  const command = `stty cols ${columns} rows 40; exec ${binary('kubectl')} stateful coverage ${args.join(' ')} 2>/dev/null`
  const child = spawn(SCRIPT, ['-qec', command, '/dev/null'], {
    env: {...process.env, ...env, TERM: 'xterm-256color'},
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const output = await text(child.stdout)
  return output.replaceAll('\r', '').trimEnd().split('\n')
}
