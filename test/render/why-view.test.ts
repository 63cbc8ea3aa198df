import {expect, test} from 'vitest'
import type {TextOptions} from '../../src/render/view.ts'
import {whyLines} from '../../src/render/views/why.ts'
import type {Moment, WhyReport} from '../../src/reports/why-report.ts'
import {containerStatus, healthy, NOW, pod} from '../builders.ts'
import {why} from '../reports/whys.ts'

const options: TextOptions = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: false}

function lines(report: WhyReport, others: Partial<TextOptions> = {}): readonly string[] {
  return [...whyLines(report, {...options, ...others})]
}

const crashed = {
  exitCode: 1,
  reason: 'Error',
  finishedAt: '2026-05-01T11:00:00Z',
  startedAt: '2026-05-01T10:59:00Z',
}
const broken = why('pods', 'web-0', {
  ...healthy(),
  pods: [
    pod({
      status: {
        conditions: [{type: 'Ready', status: 'False', lastTransitionTime: '2026-05-01T11:00:00Z'}],
        containerStatuses: [
          containerStatus({
            restartCount: 7,
            state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s'}},
            lastState: {terminated: crashed} as never,
          }),
        ],
      },
    }),
  ],
})

test('the chain, then what happened, then the cause with its proof and remedy', () => {
  const text = lines(broken).join('\n')
  expect(text).toMatch(
    /^Pod shop\/web-0\n\nLINK +NAME +STATE +DETAIL\n[\s\S]*\nPod +web-0 +broken +CrashLoopBackOff[\s\S]*\n\nTIME +AGE +OBJECT +WHAT +DETAIL\n[\s\S]*\n\nCause {5}[^\n]*crash-loop\nEvidence {2}[\s\S]*\nRemedy {4}kubectl/,
  )
  for (const line of text.split('\n')) expect(line).toBe(line.trimEnd())
})

test('nothing wrong is said in one line', () => {
  expect(lines(why('pods', 'web-0', healthy())).at(-1)).toBe(
    'Cause     nothing is wrong with it, as far as could be seen',
  )
})

test('where no cause is known the link to look at is named', () => {
  const report = {...broken, findings: []}
  expect(lines(report).at(-1)).toMatch(/^Cause {5}none is known; the link to look at is Pod web-0: CrashLoop/)
})

test('without headers there is no title either', () => {
  expect(lines(broken, {hasHeaders: false})[0]).toMatch(/^StatefulSet +web/)
})

function moments(count: number): readonly Moment[] {
  const object = {kind: 'Pod', namespace: 'shop', name: 'web-0'}
  return Array.from({length: count}, (_, index) => ({
    at: `2026-05-01T11:00:${String(index).padStart(2, '0')}.123456Z`,
    object,
    what: 'Event',
    text: `told ${index}`,
    isWarning: false,
  }))
}

test.for([
  [25, false, 25, undefined],
  [26, false, 25, 'and 1 earlier; -o wide shows them all'],
  [40, true, 40, undefined],
] as const)('of %i moments (wide: %s) %i are shown', ([count, isWide, shown, rest]) => {
  const text = lines({...broken, timeline: moments(count)}, {isWide})
  expect(text.filter((line) => line.includes('told '))).toHaveLength(shown)
  expect(text.some((line) => line.includes(`told ${count - 1}`))).toBe(true)
  expect(text.find((line) => line.startsWith('and '))).toBe(rest)
})

test('times are whole seconds, with their age, and a count', () => {
  const [moment] = moments(1)
  const text = lines({...broken, timeline: moment ? [{...moment, count: 31}] : []})
  expect(text).toContain('2026-05-01T11:00:00Z   59m   pod/web-0   Event   told 0 (×31)')
})

test('what containers and clusters say is on one line and harmless', () => {
  const evil = 'a\u001b[31m\nb\u202e\r\nc'
  const report: WhyReport = {
    ...broken,
    subject: {kind: 'Pod', namespace: 'shop', name: evil},
    chain: [{kind: 'Pod', namespace: evil, name: evil, state: 'ok', text: evil}],
    timeline: moments(1).map((moment) => ({...moment, text: evil})),
    logs: [{namespace: 'shop', pod: evil, container: evil, previous: true, lines: [evil, '  indented', '']}],
  }
  const text = lines(report)
  for (const line of text) expect(line).not.toMatch(/[\u0000-\u001f\u202e]/)
  expect(text.some((line) => line.includes('a^[[31m b'))).toBe(true)
})

test('the log stands with the cause', () => {
  const log = {namespace: 'shop', pod: 'web-0', container: 'main', previous: true}
  const text = lines({...broken, logs: [{...log, lines: ['starting', '  no such file: /etc/db.conf']}]})
  const start = text.findIndex((line) => line.startsWith('Log '))
  expect(text.slice(start, start + 3)).toEqual([
    'Log       the run before, of container main of Pod web-0:',
    '          starting',
    '            no such file: /etc/db.conf',
  ])
  const silent = lines({...broken, logs: [{...log, previous: false, lines: []}]})
  expect(silent).toContain('          it has said nothing')
})

test('on a terminal no row of a table is longer than the screen', () => {
  for (const line of lines({...broken, findings: []}, {width: 80}))
    expect(line.length).toBeLessThanOrEqual(80)
})

test('the clock is that of the report', () => {
  expect(broken.observedAt).toBe(NOW)
})
