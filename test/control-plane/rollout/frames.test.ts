import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {IN_A_HURRY} from '../situations/daemon-large.ts'
import {brokenRollouts, NAMESPACES, type Namespace} from '../situations/rollouts-large.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {rewrites} from '../tools/terminal-frames.ts'
import {createTmux, lacksTmux, type Terminal, type Tmux} from '../tools/tmux.ts'
import {until} from '../tools/until.ts'
import {onlyWorkload, type Rollout, rolloutOf} from './plugin.ts'

type Size = readonly [columns: number, rows: number]
const SIZES: readonly Size[] = [
  [80, 24],
  [160, 40],
]
const EACH = NAMESPACES.flatMap((namespace) => SIZES.map((size) => [namespace, size] as const))
const FRESH = /\d\d:\d\d:\d\dZ {3}q quits/

const describeFrames = lacksTmux ? describe.skip : describeControlPlane

describeFrames('frames of rollout --watch', () => {
  let controlPlane: ControlPlane
  let rollout: Rollout
  let tmux: Tmux
  const terminals = new Map<string, Terminal>()

  beforeAll(async () => {
    controlPlane = await startControlPlane(IN_A_HURRY)
    const plugin = installPlugin(controlPlane)
    rollout = rolloutOf(plugin)
    tmux = createTmux(controlPlane, plugin)
    await brokenRollouts(controlPlane, rollout)
    const open = async ([namespace, size]: (typeof EACH)[number]) =>
      terminals.set(`${namespace} ${size}`, await watch(namespace, size))
    await Promise.all(EACH.map(open))
  })

  afterAll(async () => {
    await tmux?.close()
    await stopAfterReadsOnly(controlPlane)
  })

  const type = async (terminal: Terminal, command: string) => {
    await terminal.type(command)
    await until('a frame', terminal.screen, (lines) => lines.some((line) => line.startsWith('Next ')))
  }

  const watch = async (namespace: Namespace, size: Size) => {
    const terminal = await tmux.open(...size)
    await type(terminal, `kubectl stateful rollout -n ${namespace} --watch; echo exit $?`)
    return terminal
  }

  const terminalOf = (namespace: Namespace, size: Size) => terminals.get(`${namespace} ${size}`) as Terminal
  const screenOf = async (namespace: Namespace, size: Size) =>
    (await terminalOf(namespace, size).screen()).join('\n')
  const blockerOf = async (namespace: Namespace) =>
    onlyWorkload(await rollout.report('-n', namespace)).blockedBy

  /** Ends it as `key` does, and the terminal is as it was before, with the last frame in its history. */
  const leave = async (terminal: Terminal, key: string, code: number) => {
    const last = (await terminal.screen())[0] ?? ''
    await terminal.press(key)
    const history = await until('it has ended', terminal.history, (text) => /\nexit \d+\n/.test(text))
    expect(history).toContain(`\nexit ${code}\n`)
    expect(history).toContain(last)
    expect(history).toMatch(FRESH)
    expect([await terminal.state('alternate_on'), await terminal.state('cursor_flag')]).toEqual(['0', '1'])
    await terminal.type('stty -a')
    const settings = await until('stty', terminal.history, (text) =>
      /[$#] stty -a\n(.*\n)+.* icanon /.test(text),
    )
    expect(settings).toMatch(/ icanon .*\n?.* echo /)
  }

  /** Pages down until that is in sight, and back to the start. */
  const isBelow = async (namespace: Namespace, size: Size, pattern: RegExp) => {
    const terminal = terminalOf(namespace, size)
    for (let page = 0; page < 5 && !pattern.test(await screenOf(namespace, size)); page++) {
      const before = await screenOf(namespace, size)
      await terminal.press('NPage')
      await until('another page', terminal.screen, (lines) => lines.join('\n') !== before)
    }
    const isThere = pattern.test(await screenOf(namespace, size))
    await terminal.press('Home')
    await until('the start', terminal.screen, (lines) => lines.some((line) => line.startsWith('Next ')))
    return isThere
  }

  test.for(EACH)('show who is in the way, and below its STATUS: %s, %s', async ([namespace, size]) => {
    const {ordinal, nodeName} = (await blockerOf(namespace)) ?? {}
    const row = `^(\\d+ +)?${ordinal ?? nodeName} .*blocking +0/1 +ImagePullBackOff +\\d+s$`
    expect(await screenOf(namespace, size)).toMatch(/^Blocked {3}/m)
    expect(await isBelow(namespace, size, new RegExp(row, 'm'))).toBe(true)
  })

  test.for(EACH)('have what to do in sight: %s, %s', async ([namespace, size]) => {
    const {look = [], act = []} = (await blockerOf(namespace))?.findings[0]?.remedy ?? {}
    const screen = await screenOf(namespace, size)
    expect(screen).toContain(`Look      ${look[0]?.slice(0, size[0] - 10)}`)
    for (const command of act[0]?.commands ?? []) expect(screen).toContain(command.slice(0, size[0] - 10))
  })

  test.for(EACH)('always say how fresh they are: %s, %s', async ([namespace, size]) => {
    expect((await screenOf(namespace, size)).split('\n').at(-1)).toMatch(FRESH)
  })

  test.for(EACH)('fit the window, and are not cut off: %s, %s', async ([namespace, size]) => {
    const {rows} = rewrites(terminalOf(namespace, size).bytes())
    expect(Math.max(...rows.map(({width}) => width))).toBeLessThanOrEqual(size[0])
    expect(Math.max(...rows.map(({row}) => row))).toBeLessThanOrEqual(size[1])
  })

  test.for(EACH)(
    'do not flicker: only lines that have changed are written: %s, %s',
    async ([namespace, size]) => {
      const written = () => rewrites(terminalOf(namespace, size).bytes())
      const isTwiceOlder = () => written().rows.filter(({text}) => /last step|Stalled/.test(text)).length > 2
      await until('it gets older', isTwiceOlder)
      expect(written().rest).toBe('')
      expect(written().rows.filter(({isNeedless}) => isNeedless)).toEqual([])
    },
  )

  test.for(EACH)('leave the terminal as it was: %s, %s', async ([namespace, size]) => {
    const [key, code] = size === SIZES[0] ? (['q', 0] as const) : (['C-c', 130] as const)
    await leave(terminalOf(namespace, size), key, code)
  })

  test('hide the cursor, though the first reading took a while', async () => {
    const terminal = await tmux.open(80, 24)
    controlPlane.pauseComponent('kube-apiserver')
    setTimeout(controlPlane.resumeComponent, 1500, 'kube-apiserver')
    await type(terminal, 'kubectl stateful rollout -n large --watch')
    expect(await terminal.state('cursor_flag')).toBe('0')
  })

  test('follow the way out of the trap to its end, rewriting only what has changed', async () => {
    const terminal = await watch('small', [80, 40])
    const command = (await terminal.screen()).join('\n').match(/^ +kubectl (delete pod .*)$/m)?.[1] ?? ''
    expect(await controlPlane.kubectl(command.split(' '))).toMatchObject({code: 0})
    await until('it is complete', terminal.screen, (lines) =>
      lines.join('\n').includes('5/5 updated   Complete'),
    )
    const {rows, rest} = rewrites(terminal.bytes())
    expect(rest).toBe('')
    expect(rows.filter(({isNeedless}) => isNeedless)).toEqual([])
    await leave(terminal, 'q', 0)
    await terminal.type('clear; kubectl stateful rollout -n small --wait; echo done $?')
    const history = await until('a wait has ended by itself', terminal.history, (text) =>
      /^done 0$/m.test(text),
    )
    expect(history).toContain('5/5 updated   Complete')
    expect([await terminal.state('alternate_on'), await terminal.state('cursor_flag')]).toEqual(['0', '1'])
  })

  test('end a wait that is quit with 130: nobody has seen it succeed', async () => {
    const terminal = await tmux.open(80, 24)
    await type(terminal, 'kubectl stateful rollout -n large --wait; echo exit $?')
    await leave(terminal, 'q', 130)
  })
})
