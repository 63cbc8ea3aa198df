import {Writable} from 'node:stream'
import {setImmediate} from 'node:timers/promises'
import {expect, test} from 'vitest'
import {omissionsNote} from '../../src/command-line/omissions-note.ts'
import {allowsColor, ReaderGone, writeLines} from '../../src/command-line/output.ts'

type Stream = Parameters<typeof writeLines>[1]

const KIB = 1024

/** A reader that takes a turn of the event loop for each chunk, and refuses all after `patience` of them. */
function reader(patience = Number.POSITIVE_INFINITY, refuse?: NodeJS.ErrnoException) {
  const chunks: string[] = []
  const stream = new Writable({
    highWaterMark: KIB,
    async write(chunk, _, done) {
      await setImmediate()
      if (chunks.length >= patience) return refuse ? done(refuse) : void stream.destroy()
      chunks.push(String(chunk))
      done()
    },
  })
  stream.on('error', () => {})
  return {chunks, stream: stream as unknown as Stream}
}

function* many(count: number, counted: {lines: number}) {
  for (let index = 0; index < count; index += 1) {
    counted.lines += 1
    yield 'x'.repeat(KIB - 1)
  }
}

const EPIPE = Object.assign(new Error('write EPIPE'), {code: 'EPIPE'})

test('lines come out whole, in order, each with its end', async () => {
  const {chunks, stream} = reader()
  await writeLines(['one', '', 'three'], stream)
  await setImmediate()
  expect(chunks).toEqual(['one\n\nthree\n'])
})

test('nothing to say is nothing written', async () => {
  const {chunks, stream} = reader()
  await writeLines([], stream)
  await setImmediate()
  expect(chunks).toEqual([])
})

test('a slow reader is waited for, chunk by chunk, and no listeners pile up', async () => {
  const {chunks, stream} = reader()
  const before = stream.listenerCount('close') + stream.listenerCount('drain') + stream.listenerCount('error')
  await writeLines(many(64 * 20, {lines: 0}), stream)
  expect(chunks.map(({length}) => length)).toEqual(Array.from({length: 20}, () => 64 * KIB))
  expect(stream.listenerCount('close') + stream.listenerCount('drain') + stream.listenerCount('error')).toBe(
    before,
  )
})

test.for([
  ['closes', undefined],
  ['breaks', EPIPE],
] as const)('a reader that %s ends the writing at once', async ([, refuse]) => {
  const {stream} = reader(1, refuse)
  const counted = {lines: 0}
  await expect(writeLines(many(64 * 100, counted), stream)).rejects.toThrow(ReaderGone)
  expect(counted.lines).toBeLessThanOrEqual(64 * 3)
})

test('a reader that was gone before is gone', async () => {
  const {stream} = reader()
  stream.destroy()
  await expect(writeLines(['x'], stream)).rejects.toThrow(ReaderGone)
})

test('any other trouble with the stream is told as it is', async () => {
  const full = Object.assign(new Error('no space left on device'), {code: 'ENOSPC'})
  const {stream} = reader(0, full)
  await expect(writeLines(many(64, {lines: 0}), stream)).rejects.toBe(full)
})

/** cli-runtime terminal.AllowsColorOutput (1.37); `--color` overrides it. */
test.for([
  ['auto', true, {}, true],
  ['auto', true, {TERM: 'xterm'}, true],
  ['auto', true, {TERM: 'dumb'}, false],
  ['auto', true, {NO_COLOR: '1'}, false],
  ['auto', true, {NO_COLOR: ''}, false],
  ['auto', false, {}, false],
  ['auto', undefined, {FORCE_COLOR: '1', CLICOLOR_FORCE: '1'}, false],
  ['always', false, {NO_COLOR: '1', TERM: 'dumb'}, true],
  ['never', true, {}, false],
] as const)('--color %s, on a terminal: %s, with %o: %s', ([choice, isTTY, env, expected]) => {
  expect(allowsColor(choice, isTTY === undefined ? {} : {isTTY}, env)).toBe(expected)
})

test('of the terminals of Windows only the new one has colours, as for kubectl', () => {
  const onWindows = (env: Readonly<Record<string, string>>) =>
    allowsColor('auto', {isTTY: true}, env, 'win32')
  expect(onWindows({WT_SESSION: 'x'})).toBe(true)
  expect(onWindows({})).toBe(false)
  expect(allowsColor('always', {}, {}, 'win32')).toBe(true)
})

function omission(resource: string, reason = 'Forbidden') {
  return {resource, reason, message: 'm'}
}

test.for([
  [[], undefined],
  [[omission('nodes')], 'Warning: could not read nodes (Forbidden); what they would tell is <unknown>'],
  [
    [omission('nodes'), omission('events', 'Timeout'), omission('persistentvolumes'), omission('nodes')],
    'Warning: could not read nodes, persistentvolumes (Forbidden); could not read events (Timeout); what they would tell is <unknown>',
  ],
  [[omission('nodes', 'NotInFile')], 'Warning: not in the files: nodes; what they would tell is <unknown>'],
  [
    [omission('nodes', '\u001b[2J')],
    'Warning: could not read nodes (^[[2J); what they would tell is <unknown>',
  ],
] as const)('of %o is said: %s', ([omissions, expected]) => {
  expect(omissionsNote(omissions)).toBe(expected)
})
