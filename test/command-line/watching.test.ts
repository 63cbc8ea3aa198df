import {EventEmitter} from 'node:events'
import {PassThrough} from 'node:stream'
import {describe, expect, test} from 'vitest'
import {changes, type Frame, onPipe, onTerminal} from '../../src/command-line/display.ts'
import {canMove} from '../../src/command-line/output.ts'
import {difference, onKeys, openScreen, type Picture} from '../../src/command-line/screen.ts'
import type {Move} from '../../src/command-line/scrolling.ts'

/** A stream that keeps what is written to it. */
function sink(columns = 40, rows = 5) {
  const texts: string[] = []
  const write = (text: string) => texts.push(text) > 0
  const size = Object.assign(new EventEmitter(), {isTTY: true, columns, rows, write})
  return {stream: size as unknown as NodeJS.WriteStream, written: () => texts.splice(0).join(''), size}
}

function picture(...lines: readonly string[]): Picture {
  return {lines: () => lines, foot: (place) => place || 'whole'}
}

/** What was written last, row by row. */
function rowsIn(written: string): readonly string[] {
  return [...written.matchAll(/\u001b\[\d+;1H\u001b\[K(.*?)\u001b\[0m/g)].map(([, text]) => text ?? '')
}

function frame(...lines: readonly string[]): Frame {
  return {
    observedAt: '2026-11-20T08:00:00Z',
    lines: (width) => [...lines, `width ${width}`],
    changing: new Map(lines.map((line) => [line.split(' ')[0] ?? '', line])),
  }
}

describe('from one frame to the next', () => {
  test('only lines that changed are written, each erased first: a line may be as wide as the terminal', () => {
    expect(difference(['a', 'b', 'c'], ['a', 'B', 'c'])).toBe('\u001b[2;1H\u001b[KB\u001b[0m')
  })

  test('lines of a longer frame are blotted out', () => {
    expect(difference(['a', 'b'], ['a'])).toBe('\u001b[2;1H\u001b[K\u001b[0m')
  })

  test('the same frame writes nothing', () => {
    expect(difference(['a', 'b'], ['a', 'b'])).toBe('')
  })
})

describe('a screen', () => {
  test('a frame longer than the terminal says what is in sight, in its last line', () => {
    const {stream, written} = sink(40, 3)
    openScreen(stream).draw(picture('1', '2', '3', '4'))
    expect(rowsIn(written())).toEqual(['1', '2', 'lines 1-2 of 4: ↑ ↓ PgUp PgDn'])
  })

  test('one that fits has an empty line above its last one', () => {
    const {stream, written} = sink(40, 4)
    openScreen(stream).draw(picture('1', '2'))
    expect(rowsIn(written())).toEqual(['1', '2', '', 'whole'])
  })

  test('keys show another part of it, never beyond its ends, and it stays there when it is drawn again', () => {
    const {stream, written} = sink(40, 4)
    const screen = openScreen(stream)
    const lines = ['1', '2', '3', '4', '5', '6', '7']
    screen.draw(picture(...lines))
    const after = (move: Move) => {
      screen.scroll(move)
      stream.emit('resize')
      return rowsIn(written()).slice(-4, -1).join('')
    }
    const moves = ['up', 'down', 'down', 'pageDown', 'pageDown', 'up', 'start', 'end', 'pageUp'] as const
    expect(moves.map(after)).toEqual(['123', '234', '345', '567', '567', '456', '123', '567', '345'])
    screen.draw(picture('1', '2', '3', '4'))
    stream.emit('resize')
    expect(rowsIn(written()).slice(-4)).toEqual(['2', '3', '4', 'lines 2-4 of 4: ↑ ↓ PgUp PgDn'])
  })

  test('a terminal that does not know its size is taken for one of 80 × 24', () => {
    const {stream, written} = sink(0, 0)
    openScreen(stream).draw({lines: (width) => [`width ${width}`], foot: () => 'foot'})
    expect(rowsIn(written())).toEqual(['width 80', '', 'foot'])
  })

  test('a resize draws everything again, for the new width', () => {
    const {stream, written, size} = sink(40)
    openScreen(stream).draw({lines: (width) => [`width ${width}`], foot: () => 'foot'})
    written()
    size.columns = 80
    stream.emit('resize')
    expect(rowsIn(written())).toEqual(['width 80', '', 'foot'])
  })

  test('closing gives the terminal back, cursor shown, and leaves the last frame', () => {
    const {stream, written} = sink()
    const screen = openScreen(stream)
    screen.draw(picture('last'))
    written()
    screen.close()
    expect(written()).toBe('\u001b[?7h\u001b[?25h\u001b[?1049llast\n\nwhole\n')
  })

  test('a process that ends while it is open gives the terminal back, and closing gives it back once', () => {
    const {stream, written} = sink()
    const before = process.listeners('exit')
    const screen = openScreen(stream)
    const [atExit, ...others] = process.listeners('exit').filter((each) => !before.includes(each))
    written()
    atExit?.(143)
    expect([written(), others]).toEqual(['\u001b[?7h\u001b[?25h\u001b[?1049l', []])
    screen.close()
    expect([written(), process.listeners('exit')]).toEqual(['', before])
  })
})

test('on a terminal the last line tells how fresh the picture is, and what went wrong, cleaned', () => {
  const {stream, written} = sink()
  const display = onTerminal(stream)
  display.note('not lost')
  expect(written()).toBe('')
  display.show(frame('a'))
  display.note('')
  expect(written()).toContain('2026-11-20T08:00:00Z   q quits')
  display.note('lost \u001b[2J')
  expect(written()).toBe('\u001b[4;1H\u001b[K2026-11-20T08:00:00Z   q quits   lost ^[[2J\u001b[0m')
})

test('on a terminal nobody asks which lines may change', () => {
  const {stream} = sink()
  const silent: Frame = {
    observedAt: '',
    lines: () => ['a'],
    get changing(): never {
      throw new Error('written out for nothing')
    },
  }
  const display = onTerminal(stream)
  display.show(silent)
  display.scroll('down')
  display.close()
})

test('on a pipe the whole answer comes first, then a line per change with its time', () => {
  const {stream, written, size} = sink()
  Object.assign(size, {isTTY: false})
  const display = onPipe(stream, stream)
  display.show(frame('a 1', 'b 1'))
  display.show(frame('a 1', 'b 2'))
  display.show(frame('a 1', 'b 2'))
  expect(written()).toBe('a 1\nb 1\nwidth undefined\n2026-11-20T08:00:00Z  b 2\n')
})

describe('what can not be read any more', () => {
  const unseen = {unseen: ['pods'], omitted: 'Warning: could not read pods'}

  test('is not gone: it may be there when it can be read again', () => {
    const {stream, written} = sink()
    const display = onPipe(stream, stream)
    display.show(frame('a 1', 'b 1', 'c 1'))
    written()
    display.show({...frame('a ?'), ...unseen})
    display.show({...frame('a ?'), ...unseen})
    expect(written()).toBe('2026-11-20T08:00:00Z  a ?\nWarning: could not read pods\n')
    display.show(frame('a 1', 'b 1'))
    expect(written()).toBe('2026-11-20T08:00:00Z  c 1   (gone)\n2026-11-20T08:00:00Z  a 1\n')
  })

  test('and what goes meanwhile is', () => {
    const {stream, written} = sink()
    const display = onPipe(stream, stream)
    display.show(frame('a 1', 'b 1', 'c 1'))
    display.show({...frame('a 1', 'b 1'), ...unseen})
    written()
    display.show({...frame('a 1'), ...unseen})
    expect(written()).toBe('2026-11-20T08:00:00Z  b 1   (gone)\n')
  })

  test('nor is what only the controller knows for a moment', () => {
    const {stream, written} = sink()
    const display = onPipe(stream, stream)
    const lines = (...texts: readonly string[]) => ({
      ...frame(),
      changing: new Map(texts.map((text) => [text.split(' ')[0] ?? '', text])),
    })
    display.show(lines('db 2/2', 'db/0 a', 'db/1 a', 'web/0 a'))
    written()
    display.show({...lines('db ?/2', 'web/0 a'), vague: ['db']})
    display.show({...lines('db ?/2'), vague: ['db']})
    expect(written()).toBe('2026-11-20T08:00:00Z  db ?/2\n2026-11-20T08:00:00Z  web/0 a   (gone)\n')
    display.show(lines('db 1/2', 'db/0 a', 'db/1 b'))
    expect(written()).toBe('2026-11-20T08:00:00Z  db 1/2\n2026-11-20T08:00:00Z  db/1 b\n')
  })

  test('nor does what was never to be seen keep anything from being gone', () => {
    const {stream, written} = sink()
    const display = onPipe(stream, stream)
    display.show({...frame('a 1', 'b 1'), ...unseen})
    written()
    display.show({...frame('a 1'), ...unseen})
    expect(written()).toBe('2026-11-20T08:00:00Z  b 1   (gone)\n')
  })
})

test.for([
  ['xterm', 'linux', true],
  ['dumb', 'linux', false],
  [undefined, 'linux', false],
  ['', 'darwin', false],
  [undefined, 'win32', true],
  ['dumb', 'win32', false],
] as const)('TERM=%s on %s: a cursor can be moved: %s', ([TERM, platform, can]) => {
  const env = {...(TERM !== undefined && {TERM})}
  expect(canMove({isTTY: true}, {env, platform})).toBe(can)
  expect(canMove({isTTY: false}, {env, platform})).toBe(false)
})

describe('changes', () => {
  test('wider columns are no change', () => {
    expect(changes(new Map([['a', 'a   1']]), new Map([['a', 'a       1']]))).toEqual([])
  })

  test('what is gone is said to be gone', () => {
    expect(changes(new Map([['a', 'a 1']]), new Map())).toEqual(['a 1   (gone)'])
  })

  test('what is gone comes first: what is new may stand in its place', () => {
    const before = new Map([
      ['b', 'b 1'],
      ['a', 'a 1'],
    ])
    const after = new Map([
      ['b', 'b 2'],
      ['c', 'c 1'],
    ])
    expect(changes(before, after)).toEqual(['a 1   (gone)', 'b 2', 'c 1'])
  })
})

describe('the keyboard', () => {
  function keyboard() {
    const modes: boolean[] = []
    const stream = new PassThrough()
    const keys = Object.assign(stream, {
      isTTY: true,
      setRawMode: (mode: boolean) => {
        modes.push(mode)
        return keys
      },
    })
    return {keys, modes, stream: keys as unknown as NodeJS.ReadStream}
  }

  test('q quits, Ctrl-C interrupts, other keys do nothing, and the keyboard is given back', async () => {
    const {keys, modes, stream} = keyboard()
    const seen: boolean[] = []
    const leave = onKeys(stream, {quit: (isInterrupt) => void seen.push(isInterrupt), scroll: () => {}})
    for (const key of ['x', 'q', '\u0003']) {
      keys.write(key)
      await new Promise(setImmediate)
    }
    leave()
    expect([seen, modes]).toEqual([
      [false, true],
      [true, false],
    ])
  })

  test('arrows, pages and the letters of less scroll', async () => {
    const {keys, stream} = keyboard()
    const moves: Move[] = []
    const leave = onKeys(stream, {quit: () => {}, scroll: (move) => void moves.push(move)})
    for (const key of ['\u001b[A', '\u001bOB', 'jk', '\u001b[5~\u001b[6~', 'gG', '\u001b', 'x\u001b[C']) {
      keys.write(key)
      await new Promise(setImmediate)
    }
    leave()
    expect(moves).toEqual(['up', 'down', 'down', 'up', 'pageUp', 'pageDown', 'start', 'end'])
  })

  test('a pipe is left alone', () => {
    const actions = {quit: () => {}, scroll: () => {}}
    expect(onKeys(new PassThrough() as unknown as NodeJS.ReadStream, actions)()).toBeUndefined()
  })
})
