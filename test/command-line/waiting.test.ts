import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, describe, expect, onTestFinished, test, vi} from 'vitest'
import type {Answering, Inquiry} from '../../src/command-line/answering.ts'
import type {WaitVerdict} from '../../src/command-line/display.ts'
import type {Request} from '../../src/command-line/request.ts'
import {watchOrWait} from '../../src/command-line/waiting.ts'
import type {ReportHeader} from '../../src/reports/report.ts'
import {failure, kubeconfig, temporaryFolder} from '../cluster/fake-server.ts'
import {type WatchServer, watchServer} from '../cluster/watch-server.ts'

vi.setConfig({testTimeout: 20_000})

interface Report extends ReportHeader<'R'> {
  readonly pods: readonly string[]
}

const GOOD: WaitVerdict = {isOver: true, isGood: true, isSure: true, words: 'complete'}
const BAD: WaitVerdict = {isOver: true, isGood: false, isSure: true, words: 'stalled'}
const NOT_YET: WaitVerdict = {isOver: false, isGood: false, isSure: true, words: 'is \u001b slow'}

const answering: Answering<Report> = {
  question: {
    needs: () => [{resource: 'pods', namespace: 'shop'}],
    more: () => [],
    build: ({pods}) => ({
      apiVersion: 'kubectl-stateful/v1alpha1',
      kind: 'R',
      observedAt: '',
      omissions: [],
      pods: pods.map(({metadata}) => metadata?.name ?? ''),
    }),
    findings: () => [],
    namespaces: () => [],
    names: ({pods}) => pods.map((name) => `pod/${name}`),
  },
  sections: ({pods}) => [{head: [`Pods ${pods.join()}`], table: {columns: [], rows: []}, paragraphs: []}],
  changing: ({pods}) => new Map([['pods', pods.join()]]),
}

let server: WatchServer
const written = {out: '', err: ''}

beforeEach(async () => {
  server = await watchServer()
  server.put('pods', 'db-0')
  Object.assign(written, {out: '', err: ''})
  for (const [key, stream] of [
    ['out', process.stdout],
    ['err', process.stderr],
  ] as const) {
    const spy = vi.spyOn(stream, 'write').mockImplementation((text) => {
      written[key] += String(text)
      return true
    })
    onTestFinished(() => spy.mockRestore())
  }
})

function inquiry(
  parts: Partial<Answering<Report>>,
  format: 'table' | 'json' | 'name' = 'table',
): Inquiry<Report> {
  const request = {
    connection: {kubeconfig: kubeconfig(server.url)} as Request['connection'],
    files: [],
    isAllNamespaces: false,
    namespace: undefined,
    scope: {names: []},
    chunkSize: 500,
  }
  const style = {format, isColored: false, hasHeaders: true, findings: 'full'} as const
  return {
    answering: {...answering, ...parts},
    title: 'kubectl stateful pods',
    request,
    style,
    isJudged: false,
  }
}

/** A wait that finds these verdicts, one Pod after the other. */
function waiting(...verdicts: readonly WaitVerdict[]): Partial<Answering<Report>> {
  const judge = ({pods}: Report) => {
    server.put('pods', `db-${pods.length}`)
    return verdicts[Math.min(pods.length, verdicts.length) - 1] ?? NOT_YET
  }
  return {watch: {wait: {timeout: undefined, judge}}}
}

describe('a wait', () => {
  test('that is over at once shows the answer once', async () => {
    expect(await watchOrWait(inquiry(waiting(GOOD)))).toBe('answered')
    expect(written).toEqual({out: 'Pods db-0\n', err: ''})
  })

  test('that fails shows the whole answer again where it has changed, and why', async () => {
    expect(await watchOrWait(inquiry(waiting(NOT_YET, BAD)))).toBe('bad')
    expect(written).toEqual({out: 'Pods db-0\n  db-0,db-1\n\nPods db-0,db-1\n', err: 'error: stalled\n'})
  })

  test('whose time is over is bad, with the last words', async () => {
    const wait = {timeout: {text: '2s', milliseconds: 2000}, judge: () => NOT_YET}
    expect(await watchOrWait(inquiry({watch: {wait}}))).toBe('bad')
    expect(written).toEqual({out: 'Pods db-0\n', err: 'error: timed out after 2s: is ^[ slow\n'})
  })

  test.for([
    ['name', 'pod/db-0\npod/db-1\n'],
    ['json', /^\{[^}]*"pods": \[\s*"db-0",\s*"db-1"\s*\]\s*\}\n$/],
  ] as const)('for -o %s prints the last answer alone', async ([format, expected]) => {
    expect(await watchOrWait(inquiry(waiting(NOT_YET, GOOD), format))).toBe('answered')
    expect(written.out).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected))
  })

  test.for([
    ['that fails', BAD, '\nerror: stalled\n'],
    ['that succeeds', GOOD, ''],
  ] as const)('%s adds its answer to the summary of the step', async ([, verdict, words]) => {
    const file = join(temporaryFolder(), 'summary.md')
    vi.stubEnv('GITHUB_STEP_SUMMARY', file)
    onTestFinished(() => void vi.unstubAllEnvs())
    await watchOrWait(inquiry(waiting(verdict)))
    await watchOrWait(inquiry(waiting(verdict)))
    const once = `## kubectl stateful pods\n\nSeen at .\n${words}\n### Pods db-0\n\n`
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^${once}${once.replace('db-0', 'db-0,db-1')}$`))
  })

  test('does not fail because the summary can not be written', async () => {
    vi.stubEnv('GITHUB_STEP_SUMMARY', join(temporaryFolder(), 'no/such/folder'))
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(await watchOrWait(inquiry(waiting(GOOD)))).toBe('answered')
    expect(written.err).toMatch(/^Warning: nothing was added to the summary of this step: ENOENT/)
  })

  test('that has read nothing in time is no answer', async () => {
    server.fail('list', () => undefined)
    const wait = {timeout: {text: '300ms', milliseconds: 300}, judge: () => GOOD}
    const {message} = await failure(watchOrWait(inquiry({watch: {wait}})))
    expect(message).toBe('error: nothing could be read in 300ms')
  })
})

test('what the flags ask for and the report does not hold ends the watching', async () => {
  const refusal = ({pods}: Report) => (pods.includes('db-0') ? 'error: no such node' : undefined)
  expect((await failure(watchOrWait(inquiry({watch: {}, refusal})))).message).toBe('error: no such node')
  expect(written.out).toBe('')
})
