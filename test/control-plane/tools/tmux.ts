import {execFile, spawnSync} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {areBinariesRequired, binary} from './binaries.ts'
import type {ControlPlane} from './control-plane.ts'
import type {Plugin} from './plugin.ts'
import {until} from './until.ts'

const run = promisify(execFile)

const isInstalled = spawnSync('tmux', ['-V']).status === 0

/** Where it is required, the tests fail instead. */
export const lacksTmux = !isInstalled && !areBinariesRequired()

if (lacksTmux) console.log('no tmux on this machine: tests of frames in a real terminal are skipped')

/** A shell in a terminal of that size. */
export interface Terminal {
  readonly type: (line: string) => Promise<void>
  readonly press: (key: string) => Promise<void>
  /** The lines that are in sight. */
  readonly screen: () => Promise<readonly string[]>
  /** Those that were scrolled away, and those in sight. */
  readonly history: () => Promise<string>
  /** A variable of tmux, such as `cursor_flag`. */
  readonly state: (variable: string) => Promise<string>
  /** Every byte that was written to it. */
  readonly bytes: () => string
}

export interface Tmux {
  readonly open: (columns: number, rows: number) => Promise<Terminal>
  readonly close: () => Promise<void>
}

// tmux outlives a test that is killed, but not its last shell
const SHELL = ['timeout', '--foreground', '--signal=HUP', '300', '/bin/sh']

/** A tmux of its own, in whose shells `kubectl` is the control plane's and knows the plugin. */
export function createTmux({folder}: ControlPlane, plugin: Plugin): Tmux {
  if (!isInstalled) throw new Error('tmux is needed: frames are looked at in a real terminal')
  const {CI: _, TMUX: __, ...rest} = process.env
  const env = {...rest, ...plugin.env, LC_ALL: 'C.UTF-8'}
  const tmux = async (...args: readonly string[]) =>
    (await run('tmux', ['-f', '/dev/null', '-S', join(folder, 'tmux.sock'), ...args], {env})).stdout
  let count = 0
  const open = async (columns: number, rows: number) => {
    const name = `terminal-${++count}`
    const file = join(folder, `${name}.bytes`)
    writeFileSync(file, '')
    const set = ['set', '-g', 'status', 'off']
    const size = ['-x', String(columns), '-y', String(rows)]
    const session = ['new-session', '-d', '-s', name, ...size, ...SHELL]
    await tmux('start-server', ';', ...set, ';', ...session)
    await tmux('pipe-pane', '-t', name, `cat >> ${file}`)
    const terminal = terminalOf(name, file, tmux)
    await until('the shell is there', terminal.screen, ([first]) => /^[$#]/.test(first ?? ''))
    await terminal.type(`alias kubectl=${binary('kubectl')}; clear`)
    await until('the screen is empty', terminal.history, (text) => /^[$#]$/.test(text))
    return terminal
  }
  const close = async () => {
    if (count > 0) await tmux('kill-server')
  }
  return {open, close}
}

function terminalOf(
  name: string,
  file: string,
  tmux: (...args: readonly string[]) => Promise<string>,
): Terminal {
  const lines = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => line.trimEnd())
  const target = ['-t', name]
  return {
    type: async (line) => void (await tmux('send-keys', ...target, line, 'Enter')),
    press: async (key) => void (await tmux('send-keys', ...target, key)),
    screen: async () => lines(await tmux('capture-pane', '-p', ...target)),
    history: async () => lines(await tmux('capture-pane', '-p', '-J', '-S', '-', ...target)).join('\n'),
    state: async (variable) => (await tmux('display-message', '-p', ...target, `#{${variable}}`)).trimEnd(),
    bytes: () => readFileSync(file, 'utf8'),
  }
}
