import {describe, expect, test} from 'vitest'
import type {Finding, Severity} from '../../src/diagnosis/finding.ts'
import type {CauseId} from '../../src/diagnosis/order.ts'
import {textLines} from '../../src/render/text.ts'
import type {TextOptions} from '../../src/render/view.ts'
import {whyView} from '../../src/render/views/why.ts'
import type {TimelineEntry, WhyReport} from '../../src/reports/why/report.ts'
import {containerStatus, healthy, NOW, node, pod} from '../builders.ts'
import {why} from '../reports/why/whys.ts'

const options: TextOptions = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: false}

function lines(report: WhyReport, others: Partial<TextOptions> = {}): readonly string[] {
  return [...textLines(whyView(report, {...options, ...others}), {...options, ...others})]
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

test('how it is, the cause with what to do and its proof, then the chain, and what happened', () => {
  const text = lines(broken).join('\n')
  expect(text).toMatch(
    /^Pod shop\/web-0 {3}0\/1 ready {3}CrashLoopBackOff\n\nCause {5}[^\n]*crash-loop\nLook {6}kubectl[\s\S]*\nProof {5}[\s\S]*\n\nLINK +NAME +STATE +DETAIL\n[\s\S]*\nPod +web-0 +broken +CrashLoopBackOff[\s\S]*\n\nTIME +AGE +OBJECT +WHAT +DETAIL\n/,
  )
  for (const line of text.split('\n')) expect(line).toBe(line.trimEnd())
})

test('nothing wrong is said in one line', () => {
  expect(lines(why('pods', 'web-0', healthy()))).toContain(
    'Cause     nothing is wrong with it, as far as could be seen',
  )
})

test('a set is told in the heading: its link says no more than that leaves out', () => {
  const report = why('statefulSets', 'web', healthy())
  expect(lines(report)[0]).toBe('StatefulSet shop/web   1/1 ready, 0/1 updated   Progressing')
  const [set, ...others] = report.chain
  const held = {...report, chain: set ? [{...set, text: `${set.text}: held`}, ...others] : []}
  const rows = (each: WhyReport) => lines(each).filter((line) => /^StatefulSet +web /.test(line))
  expect([rows(report), rows(held)]).toEqual([[], [expect.stringMatching(/^StatefulSet +web +\w+ +held$/)]])
})

describe('what else was found', () => {
  const other = (id: CauseId, name: string, severity: Severity = 'warning'): Finding => ({
    id,
    severity,
    message: `Trouble of ${name}`,
    object: {kind: 'Pod', namespace: 'shop', name},
    evidence: [`proof of ${name}`],
    selfHealing: 'maybe',
    remedy: null,
  })
  const with_ = (...others: readonly Finding[]) => ({...broken, findings: [...broken.findings, ...others]})
  const beside = (report: WhyReport, options: Partial<TextOptions> = {}) => {
    const all = lines(report, options)
    const start = all.indexOf('', 2)
    return all.slice(start + 1, all.indexOf('', start + 1))
  }

  test('is one line each, and the command that tells more', () => {
    expect(beside(with_(other('image-slow-pull', 'web-1'), other('pvc-leftover', 'web', 'info')))).toEqual([
      'Warning   Trouble of web-1   image-slow-pull',
      'Note      Trouble of web   pvc-leftover',
      'More      kubectl stateful why pod/web-1 -n shop',
    ])
  })

  test('of the same object more is told by all of this answer', () => {
    expect(beside(with_(other('image-slow-pull', 'web-0'))).at(-1)).toBe(
      'More      kubectl stateful why pod/web-0 -n shop -o wide',
    )
  })

  test('is told in full, or not at all, where that is wanted', () => {
    const report = with_(other('image-slow-pull', 'web-1'))
    const full = ['Warning   Trouble of web-1   image-slow-pull', 'Proof     proof of web-1']
    expect(beside(report, {findings: 'full'})).toEqual(full)
    expect(beside(report, {isWide: true})).toEqual(full)
    expect(beside(report, {findings: 'none'})[0]).toMatch(/^LINK/)
  })

  test('on a terminal is one row each, whose id is in sight', () => {
    const [line = ''] = beside(with_(other('image-slow-pull', 'w'.repeat(90))), {width: 80})
    expect([line.length, line.endsWith('…   image-slow-pull')]).toEqual([80, true])
  })
})

describe('a node that is not ready', () => {
  const dead = why('nodes', 'node-a', {
    ...healthy(),
    nodes: [
      node({
        status: {
          conditions: [{type: 'Ready', status: 'Unknown', lastTransitionTime: '2026-05-01T11:48:00Z'}],
        },
      }),
    ],
  })

  test('comes first, with the silence of its kubelet; then who suffers', () => {
    const finding = broken.findings[0] as Finding
    const text = lines({...dead, findings: [finding]})
    expect(text.slice(0, 4)).toEqual([
      'Node node-a   NotReady since 2026-05-01T11:48:00Z (12m ago)',
      '',
      'Cause     Node node-a is not ready: nothing is heard of its kubelet',
      expect.stringMatching(/^Follows {3}.*crash-loop$/),
    ])
  })

  test('is the cause where nobody suffers, or where a finding is about it', () => {
    expect(lines({...dead, findings: []}).slice(2, 4)).toEqual([
      'Cause     Node node-a is not ready: nothing is heard of its kubelet',
      'Look      kubectl describe node node-a',
    ])
    const finding = {...(broken.findings[0] as Finding), object: {kind: 'Node', name: 'node-a'}}
    expect(lines({...dead, findings: [finding]})[2]).toMatch(/^Cause .*crash-loop$/)
  })
})

const settling = (startedAt: string) =>
  why('pods', 'web-0', {
    ...healthy(),
    pods: [
      pod({
        status: {
          conditions: [{type: 'Ready', status: 'False', lastTransitionTime: startedAt}],
          containerStatuses: [containerStatus({ready: false, state: {running: {startedAt}}})],
        },
      }),
    ],
  })

test('a Pod that only starts is no cause, and one that has been at it for long is', () => {
  const causes = (report: WhyReport) => lines(report).filter((line) => line.startsWith('Cause '))
  expect(causes(settling('2026-05-01T11:59:50Z'))).toEqual([
    'Cause     nothing is wrong so far; what is under way takes its time',
  ])
  expect(
    lines(settling('2026-05-01T11:59:50Z')).some((line) => /^Note .*readiness-failing$/.test(line)),
  ).toBe(true)
  expect(causes(settling('2026-05-01T11:00:00Z'))).toEqual([expect.stringMatching(/readiness-failing$/)])
})

test('where no cause is known the link to look at is named', () => {
  const report = {...broken, findings: []}
  expect(lines(report)[2]).toMatch(/^Cause {5}none is known; the link to look at is Pod web-0: CrashLoop/)
})

test('without headers there is no title either', () => {
  expect(lines(broken, {hasHeaders: false, width: 120})[0]).toMatch(/^Cause /)
  expect(lines(broken, {hasHeaders: false})[0]).toMatch(/^StatefulSet /)
})

function entries(count: number): readonly TimelineEntry[] {
  const object = {kind: 'Pod', namespace: 'shop', name: 'web-0'}
  return Array.from({length: count}, (_, index) => ({
    at: `2026-05-01T11:00:${String(index).padStart(2, '0')}.123456Z`,
    object,
    what: 'Event',
    reason: 'Told',
    text: `told ${index}`,
    isWarning: false,
  }))
}

test.for([
  [8, false, 8, undefined],
  [9, false, 8, '1 more; -o wide shows all'],
  [40, true, 40, undefined],
] as const)('of %i entries (wide: %s) %i are shown', ([count, isWide, shown, rest]) => {
  const text = lines({...broken, timeline: entries(count)}, {isWide})
  expect(text.filter((line) => line.includes('told '))).toHaveLength(shown)
  expect(text.some((line) => line.includes(`told ${count - 1}`))).toBe(true)
  expect(text.find((line) => line.endsWith('shows all'))).toBe(rest)
})

test('times are whole seconds, with their age, and a count', () => {
  const [entry] = entries(1)
  const text = lines({...broken, timeline: entry ? [{...entry, count: 31}] : []})
  expect(text).toContain('2026-05-01T11:00:00Z   59m   pod/web-0   Told   told 0 ×31')
})

test('what containers and clusters say is on one line and harmless', () => {
  const evil = 'a\u001b[31m\nb\u202e\r\nc'
  const report: WhyReport = {
    ...broken,
    subject: {kind: 'Pod', namespace: 'shop', name: evil},
    chain: [{kind: 'Pod', namespace: evil, name: evil, state: 'ok', text: evil}],
    timeline: entries(1).map((entry) => ({...entry, text: evil})),
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
  expect(silent).toContain('          nothing is in its log')
})

test('on a terminal no row of a table is longer than the screen', () => {
  for (const line of lines({...broken, findings: []}, {width: 80}))
    expect(line.length).toBeLessThanOrEqual(80)
})

test('the clock is that of the report', () => {
  expect(broken.observedAt).toBe(NOW)
})

test('who reads a remedy from the top has looked, and knows when to act, before what acts', () => {
  const [finding] = broken.findings
  const remedy = {
    look: ['kubectl describe node n1'],
    act: [
      {text: 'only if nobody works on it', commands: ['kubectl uncordon n1', 'kubectl get nodes']},
      {text: 'else wait', commands: []},
    ],
    risk: 'none',
    avoid: '',
    rung: 1,
  }
  const report = {...broken, findings: finding ? [{...finding, remedy}] : []}
  expect(lines(report).slice(3, 9)).toEqual([
    'Look      kubectl describe node n1',
    'Act       1. only if nobody works on it',
    '          kubectl uncordon n1',
    '          kubectl get nodes',
    '          2. else wait',
    'Risk      none',
  ])
})
