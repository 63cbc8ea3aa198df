import {describe, expect, onTestFinished, test, vi} from 'vitest'
import type {Frame} from '../../src/command-line/display.ts'
import type {Facts} from '../../src/command-line/reading.ts'
import type {Request} from '../../src/command-line/request.ts'
import {UsageError} from '../../src/command-line/usage-error.ts'
import {type Watching, watch} from '../../src/command-line/watching.ts'
import {failure, kubeconfig} from '../cluster/fake-server.ts'
import {refuse, type WatchServer, watchServer} from '../cluster/watch-server.ts'

type WaitVerdict = Frame['verdict']

const GOOD: WaitVerdict = {isOver: true, isGood: true, isSure: true, words: 'complete'}
const UNSURE: WaitVerdict = {...GOOD, isSure: false}
const BAD: WaitVerdict = {isOver: true, isGood: false, isSure: false, words: 'stalled'}
const NOT_YET: WaitVerdict = {isOver: false, isGood: false, isSure: false, words: 'moves'}

const question = {needs: () => [{resource: 'pods', namespace: 'shop'} as const], more: () => []}

function asking(server: WatchServer, others: Partial<Request> = {}): Request {
  return {
    connection: {kubeconfig: kubeconfig(server.url)} as Request['connection'],
    files: [],
    isAllNamespaces: false,
    namespace: undefined,
    scope: {names: []},
    chunkSize: 500,
    ...others,
  }
}

/** Has something change after every style, and says at each look what is next in the list. */
async function looking(verdicts: readonly WaitVerdict[], watching: Partial<Watching> = {}) {
  const server = await watchServer()
  server.put('pods', 'db-0')
  const seen: string[] = []
  const frameOf = ({snapshot}: Facts): Frame => {
    const verdict = verdicts[Math.min(seen.length, verdicts.length - 1)]
    seen.push(snapshot.pods.map(({metadata}) => metadata?.name).join())
    server.put('pods', `db-${seen.length}`)
    const line = `look ${seen.length}`
    return {observedAt: '', lines: () => [line], changing: new Map([['a', line]]), ...(verdict && {verdict})}
  }
  const watched = await watch(asking(server), question, {isSilent: true, frameOf, ...watching})
  return {end: watched.end, looks: seen.length, words: watched.frame?.verdict?.words}
}

describe('a wait', () => {
  test.for<[string, readonly WaitVerdict[], object]>([
    ['is over at the first good look that is sure', [GOOD], {end: 'verdict', looks: 1, words: 'complete'}],
    ['needs two good looks that are not', [UNSURE], {end: 'verdict', looks: 2, words: 'complete'}],
    [
      'needs two of those in a row',
      [UNSURE, NOT_YET, UNSURE, UNSURE],
      {end: 'verdict', looks: 4, words: 'complete'},
    ],
    ['needs two bad looks', [BAD], {end: 'verdict', looks: 2, words: 'stalled'}],
    ['needs two bad looks in a row', [BAD, NOT_YET, BAD, BAD], {end: 'verdict', looks: 4, words: 'stalled'}],
    ['believes a good look after a bad one', [BAD, UNSURE], {end: 'verdict', looks: 2, words: 'complete'}],
    ['goes on until then', [NOT_YET, NOT_YET, GOOD], {end: 'verdict', looks: 3, words: 'complete'}],
  ])('%s', async ([, verdicts, expected]) => {
    expect(await looking(verdicts)).toEqual(expected)
  })

  test('is over when its time is, and keeps what was seen last', async () => {
    const {end, words} = await looking([NOT_YET], {timeout: 1500})
    expect([end, words]).toEqual(['timeout', 'moves'])
  })

  test('is over when its time is, though nothing could be read', async () => {
    const server = await watchServer()
    server.fail('list', () => undefined)
    const frameOf = () => {
      throw new Error('nothing to look at')
    }
    const watched = await watch(asking(server), question, {isSilent: true, timeout: 250, frameOf})
    expect(watched).toEqual({end: 'timeout'})
  })
})

test('time alone brings another style, a second later, at the same objects', async () => {
  const server = await watchServer()
  const times: string[] = []
  const frameOf = ({snapshot: {observedAt}}: Facts): Frame => {
    times.push(observedAt)
    return {observedAt, lines: () => [], changing: new Map(), ...(times.length > 2 && {verdict: GOOD})}
  }
  await watch(asking(server), question, {isSilent: true, frameOf})
  expect([times.length, new Set(times).size > 1, times.toSorted()]).toEqual([3, true, times])
  expect(server.log.filter((line) => line.startsWith('list'))).toHaveLength(1)
})

describe('what is shown on a pipe', () => {
  function written() {
    const texts: string[] = []
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => texts.push(String(text)) > 0)
    onTestFinished(() => spy.mockRestore())
    return texts
  }

  test('the first style, then what changes', async () => {
    const texts = written()
    await looking([NOT_YET, GOOD])
    expect(texts).toEqual([])
    await looking([NOT_YET, GOOD], {isSilent: false})
    expect(texts).toEqual(['look 1\n', '  look 2\n'])
  })
})

describe('no answer', () => {
  const frameOf = (): Frame => ({observedAt: '', lines: () => [], changing: new Map()})
  const named = {scope: {names: [{resource: 'statefulSets', name: 'db'} as const]}}

  test('from saved files', async () => {
    const server = await watchServer()
    expect(await failure(watch(asking(server, {files: ['x']}), question, {frameOf}))).toEqual(
      new UsageError('--watch and --wait need a cluster: saved objects do not change'),
    )
  })

  test('where what is named is not there', async () => {
    const server = await watchServer()
    const {message} = await failure(watch(asking(server, named), question, {frameOf, isSilent: true}))
    expect(message).toBe('Error from server (NotFound): statefulsets.apps "db" not found')
  })

  test('where the subject may not be read', async () => {
    const server = await watchServer()
    server.fail('list', refuse(403, 'Forbidden'))
    const needs = () => [{resource: 'pods', namespace: 'shop', isSubject: true} as const]
    const {message} = await failure(watch(asking(server), {...question, needs}, {frameOf, isSilent: true}))
    expect(message).toBe('Error from server (Forbidden): Forbidden it is')
  })
})
