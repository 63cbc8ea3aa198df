import {spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {symlinkSync} from 'node:fs'
import {type AddressInfo, createServer} from 'node:net'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {addNodes} from './situations/nodes.ts'
import {untilReady} from './situations/waits.ts'
import {headlessService, statefulSet} from './situations/workloads.ts'
import {areBinariesRequired, binary} from './tools/binaries.ts'
import {type ControlPlane, startControlPlane} from './tools/control-plane.ts'
import {describeControlPlane} from './tools/describe-control-plane.ts'
import {installPlugin, type Plugin} from './tools/plugin.ts'
import {stopAfterReadsOnly} from './tools/requests.ts'
import {createTmux, lacksTmux, type Tmux} from './tools/tmux.ts'
import {until} from './tools/until.ts'

const isZshHere = spawnSync('zsh', ['--version']).status === 0
const lacksZsh = !isZshHere && !areBinariesRequired()
if (lacksZsh) console.log('no zsh on this machine: tests of TAB in it are skipped')

describeControlPlane('TAB', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin
  let tmux: Tmux

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    symlinkSync(
      join(import.meta.dirname, '../../bin/complete.js'),
      join(controlPlane.folder, 'plugins', 'kubectl_complete-stateful'),
    )
    if (!lacksTmux) tmux = createTmux(controlPlane, plugin)
    await addNodes(controlPlane)
    await controlPlane.createNamespace('shop')
    await controlPlane.apply([headlessService(), statefulSet({replicas: 2})])
    await untilReady(controlPlane, 'default', 'db')
  })

  afterAll(async () => {
    await tmux?.close()
    await stopAfterReadsOnly(controlPlane)
  })

  /** As kubectl's own script for the shell asks kubectl, which asks us. */
  const offered = async (words: readonly string[], options = {}) => {
    const args = ['__complete', 'stateful', ...words]
    const {stdout} = await controlPlane.kubectl(args, {...options, env: {...plugin.env, ...options}})
    return stdout.trimEnd().split('\n')
  }

  test.for([
    [
      ['map', ''],
      ['db', ':4'],
    ],
    [
      ['map', 'd'],
      ['db', ':4'],
    ],
    [['map', 'x'], [':4']],
    [
      ['map', 'st'],
      ['sts/', ':6'],
    ],
    [
      ['map', 'sts/'],
      ['sts/db', ':4'],
    ],
    [
      ['map', 'statefulset.apps/d'],
      ['statefulset.apps/db', ':4'],
    ],
    [
      ['map', 'sts', ''],
      ['db', ':4'],
    ],
    [
      ['map', 'db', ''],
      ['sts/', 'deploy/', 'rs/', ':6'],
    ],
    [
      ['map', '-n', 'sh'],
      ['shop', ':4'],
    ],
    [
      ['map', '--namespace=sh'],
      ['shop', ':4'],
    ],
    [['map', '-n', 'shop', 'sts/'], [':4']],
    [
      ['why', 'pod/'],
      ['pod/db-0', 'pod/db-1', ':4'],
    ],
    [
      ['why', 'pod/db-1'],
      ['pod/db-1', ':4'],
    ],
    [['why', 'pvc/'], [':4']],
    [
      ['coverage', '--node', 'node-'],
      ['node-a', 'node-b', 'node-c', ':4'],
    ],
    [
      ['what-if', 'drain', 'node/node-a'],
      ['node/node-a', ':4'],
    ],
    [
      ['what-if', 'update', 'sts/'],
      ['sts/db', ':4'],
    ],
    [
      ['what-if', 'lose', 'zone/'],
      ['zone/zone-a', 'zone/zone-b', 'zone/zone-c', ':4'],
    ],
    [
      ['what-if', 'update', 'sts/db', '--never-ready', 'db-1'],
      ['db-1', ':4'],
    ],
  ] as const)('of %s', async ([words, expected]) => {
    expect(await offered(words)).toEqual(expected)
  })

  test('a server that does not answer is given up after two seconds, in silence', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1')
    await once(server, 'listening')
    try {
      const {port} = server.address() as AddressInfo
      expect(await offered(['map', '--server', `https://127.0.0.1:${port}`, ''])).toEqual([':4'])
    } finally {
      server.close()
    }
  })

  test('nothing is ever said on stderr, and every status is 0', () => {
    const complete = join(import.meta.dirname, '../../bin/complete.js')
    for (const words of [
      ['map', '--server', 'https://127.0.0.1:1', ''],
      ['map', '--context', 'nosuch', ''],
      ['--nosuch', ''],
    ]) {
      const {status, stdout, stderr} = spawnSync(process.execPath, [complete, ...words], {
        env: {...process.env, ...plugin.env},
        encoding: 'utf8',
      })
      expect({status, stderr}).toEqual({status: 0, stderr: ''})
      expect(stdout).toMatch(/^:4$/m)
    }
  })

  const describeShells = lacksTmux ? describe.skip : describe

  describeShells('pressed in a real shell', () => {
    test('bash', () => pressed('bash --norc --noprofile -i', 'bash'), 60_000)
    test.skipIf(lacksZsh)('zsh', () => pressed('zsh -f -i', 'zsh'), 60_000)
  })

  async function pressed(shell: string, name: string): Promise<void> {
    const terminal = await tmux.open(120, 30)
    const sees = (text: string) =>
      until(`"${text}" on the screen`, terminal.history, (seen) => seen.includes(text))
    const prepare =
      name === 'zsh'
        ? 'autoload -Uz compinit; compinit -u -D'
        : '[ -r /usr/share/bash-completion/bash_completion ] && . /usr/share/bash-completion/bash_completion'
    await terminal.type(`PS1='> ' exec ${shell}`)
    await terminal.type(
      `PATH=${join(binary('kubectl'), '..')}:$PATH; PS1='> '; ${prepare}; . <(kubectl completion ${name}); clear`,
    )
    await until('the screen is empty', terminal.history, (text) => text.trim() === '>')
    await terminal.press('kubectl stateful roll')
    await terminal.press('Tab')
    await sees('> kubectl stateful rollout')
    await terminal.press('sts/')
    await terminal.press('Tab')
    await sees('> kubectl stateful rollout sts/db')
    await terminal.press(' -n sho')
    await terminal.press('Tab')
    await sees('-n shop')
  }
})
