import {describe, expect, test} from 'vitest'
import {widthOf} from '../../src/render/width.ts'
import type {RolledWorkload} from '../../src/reports/rollout/report.ts'
import {blockedBy, daemons, finding, ordinalStep, report, stalled, text} from './rollout-reports.ts'

const ESCAPE = '\u001b'

test('one workload: who, how far, what comes next, who is in the way, what to do, and then the queue', () => {
  expect(text(report(stalled))).toEqual([
    'StatefulSet shop/db   RollingUpdate · OrderedReady · partition 0',
    'db-6c9f → db-7d4b     ███████░░░░░  3/5 updated, 2 waiting, 1 not available   Stalled for 12m',
    '',
    'Next      waits for db-2 to become ready',
    'Blocked   db-2 container "db" exits with code 1, for 12m, needs you   crash-loop',
    'Look      kubectl logs -n shop db-2 -c db -p',
    'Proof     pod/db-2 lastState.terminated.exitCode=1',
    '',
    'ORDER   ORDINAL   POD    REVISION   STATE      READY   STATUS             SINCE',
    '1       4         db-4   db-7d4b    updated    1/1     Running            30m',
    '2       3         db-3   db-7d4b    updated    1/1     Running            30m',
    '3       2         db-2   db-7d4b    blocking   0/1     CrashLoopBackOff   12m',
    '4       1         db-1   db-6c9f    waiting    1/1     Running            30m',
    '5       0         db-0   db-6c9f    waiting    1/1     Running            30m',
  ])
})

test('a DaemonSet: nodes, and who uses up the budget', () => {
  expect(text(report(daemons))).toEqual([
    'DaemonSet shop/agent   RollingUpdate · maxUnavailable 1',
    '6c9f → 7d4b            █████████░░░  3/4 updated, 1 waiting, 1 not available   Progressing, last step 40s ago, a Pod takes 35s',
    '',
    'Next      waits for room: 1 of maxUnavailable 1 in use: n1 (new Pod not available)',
    '',
    'NODE   POD        REVISION   STATE      READY   STATUS              SINCE',
    'n1     agent-n1   7d4b       updating   0/1     ContainerCreating   30m',
    'n4     agent-n4   6c9f       waiting    1/1     Running             30m',
    'n2     agent-n2   7d4b       updated    1/1     Running             30m',
    'n3     agent-n3   7d4b       updated    1/1     Running             30m',
  ])
})

test.for([
  ['missing', 'no live Pod'],
  ['excess', 'too many Pods'],
  ['old-unavailable', 'old Pod not available'],
] as const)('the budget is used up by a node that is %s: %s', ([why, expected]) => {
  const budget = {mode: 'maxUnavailable', limit: 1, used: 1, usedBy: [{nodeName: 'n1', why}]} as const
  expect(text(report({...daemons, budget}))[3]).toBe(
    `Next      waits for room: 1 of maxUnavailable 1 in use: n1 (${expected})`,
  )
})

test('who uses the budget up has a line of its own where something else comes next', () => {
  const next = {
    actions: [{action: 'Delete', pod: 'agent-n4', nodeName: 'n4'}],
    choose: null,
    waitsFor: null,
  } as const
  expect(text(report({...daemons, next})).slice(3, 5)).toEqual([
    'Next      delete agent-n4 on n4',
    'Budget    1 of maxUnavailable 1 in use: n1 (new Pod not available)',
  ])
})

describe('who is in the way is said once', () => {
  const answer = (change: Partial<RolledWorkload>) => {
    const lines = text(report({...stalled, ...change}))
    return lines.slice(3, lines.indexOf('', 3))
  }

  test('where nothing more is known than that it is not well', () => {
    expect(answer({blockedBy: {...blockedBy, findings: []}})).toEqual([
      'Next      waits for db-2 to become ready',
      'Blocked   db-2 CrashLoopBackOff: back-off 5m0s, for 12m',
    ])
  })

  test('the age is that of the blocker where the finding has none, and its name stands there if nowhere else', () => {
    const {since: _, ...ageless} = {...finding, message: 'Image db:nosuch does not exist'}
    const next = {actions: [], choose: null, waitsFor: null}
    expect(answer({next, blockedBy: {...blockedBy, findings: [ageless]}})[1]).toBe(
      'Blocked   db-2: Image db:nosuch does not exist, for 12m, needs you   crash-loop',
    )
  })

  test('the same of another one is told with it; what else was found stands under the queue', () => {
    const other = {...finding, message: 'db-4 container "db" exits with code 1', evidence: ['more']}
    const note = {...finding, id: 'pvc-leftover', severity: 'info', message: 'By the way'} as const
    const lines = text(report({...stalled, findings: [other, note]}))
    expect(lines[5]).toBe('Also      db-4')
    expect(lines.at(-1)).toBe('Note      By the way, for 12m   pvc-leftover')
    expect(text(report({...stalled, findings: [note]}), {findings: 'none'}).join()).not.toContain(
      'By the way',
    )
  })

  test('why it waits stands above the queue where nobody is in the way, too', () => {
    const given = report({...stalled, state: 'Held', blockedBy: null, findings: [finding]})
    expect(text(given).slice(3, 7)).toEqual([
      'Next      waits for db-2 to become ready',
      '',
      'Error     db-2 container "db" exits with code 1, for 12m, needs you   crash-loop',
      'Look      kubectl logs -n shop db-2 -c db -p',
    ])
  })
})

test('on a terminal the first proofs are enough, each on a row; -o wide has all', () => {
  const evidence = ['one '.repeat(30).trim(), 'two', 'three', 'four', 'five']
  const given = report({...stalled, blockedBy: {...blockedBy, findings: [{...finding, evidence}]}})
  const proof = (options: object) => {
    const lines = text(given, options)
    return lines.slice(
      lines.findIndex((line) => line.startsWith('Proof')),
      lines.indexOf('', 5),
    )
  }
  expect(proof({width: 80}).map((line) => line.slice(10))).toEqual([
    expect.stringMatching(/^one .* … .*one$/),
    'two',
    'three',
    'and 2 more; -o wide shows all',
  ])
  expect([proof({}).length, proof({width: 160, isWide: true}).length]).toEqual([5, 5])
})

describe('on a terminal', () => {
  const head = (width: number) => text(report(stalled), {width}).slice(0, 4)
  const who = 'StatefulSet shop/db   RollingUpdate · OrderedReady · partition 0'
  const far = '███████░░░░░  3/5 updated, 2 waiting, 1 not available'
  const apart = [who, 'db-6c9f → db-7d4b', `${far}   Stalled for 12m`, '']
  const together = [who, `db-6c9f → db-7d4b     ${far}   Stalled for 12m`, '', expect.stringMatching(/^Next/)]

  test.for<[number, readonly string[]]>([
    [60, [...who.split(/ {3}/), 'db-6c9f → db-7d4b', far]],
    [92, apart],
    [93, together],
    [160, together],
  ])('%i columns wide the head is whole', ([width, expected]) => {
    expect(head(width)).toEqual(expected)
  })

  test.for<[number, string]>([
    [60, 'ORDINAL   POD    STATE      READY   STATUS             SINCE'],
    [72, 'ORDINAL   POD    REVISION   STATE      READY   STATUS             SINCE'],
    [80, 'ORDER   ORDINAL   POD    REVISION   STATE      READY   STATUS             SINCE'],
  ])('%i columns wide the least important columns give way', ([width, header]) => {
    expect(text(report(stalled), {width}).find((line) => line.includes('ORDINAL'))).toBe(header)
  })

  test('a long name has its own line', () => {
    const long = {...stalled, name: 'n'.repeat(60)}
    const [who, strategy] = text(report(long), {width: 80})
    expect([who, strategy]).toEqual([
      expect.stringMatching(/n{60}$/),
      expect.stringMatching(/^RollingUpdate · /),
    ])
  })

  test.for([80, 100, 160])('%i columns wide no line is wider', (width) => {
    const lines = [stalled, daemons].flatMap((workload) => text(report(workload), {width}))
    expect(lines.filter((line) => widthOf(line) > width)).toEqual([])
  })
})

test('on a pipe nothing is cut, however long the names', () => {
  const long = 'x'.repeat(253)
  const lines = text(report({...stalled, name: long, steps: [ordinalStep(0, 'waiting', {pod: `${long}-0`})]}))
  expect([lines[0]?.includes(`shop/${long} `), lines.some((line) => line.includes(`${long}-0 `))]).toEqual([
    true,
    true,
  ])
})

describe('colour', () => {
  test('underlines what words say, and is nowhere without being wanted', () => {
    const [plain, colored] = [false, true].map((isColored) => text(report(stalled), {isColored}).join('\n'))
    expect(plain).not.toContain(ESCAPE)
    expect(colored).toContain(`${ESCAPE}[`)
    expect(colored?.replaceAll(/\u001b\[[0-9;]*m/g, '')).toBe(plain)
  })
})

test('without headers the answer, and the queue; on a pipe the queue alone', () => {
  expect(text(report(stalled), {hasHeaders: false})[0]).toMatch(/^1 +4 +db-4 /)
  const lines = text(report(stalled), {hasHeaders: false, width: 120})
  expect([lines[0], lines[5]]).toEqual([
    'Next      waits for db-2 to become ready',
    '1     4     db-4   db-7d4b   updated    1/1   Running            30m',
  ])
})

test('a terminal obeys nothing of what a cluster says, and no line is broken by it', () => {
  const evil = `a${ESCAPE}[2J\u202eb\nc`
  const lines = text(
    report({
      ...stalled,
      namespace: evil,
      name: evil,
      updateRevision: evil,
      reason: evil,
      revisions: [{name: evil, pods: 1}],
      updateStrategy: {...stalled.updateStrategy, type: evil, maxUnavailable: evil},
      steps: [ordinalStep(1, 'waiting', {pod: evil, revision: evil, status: evil, nodeName: evil})],
      next: {actions: [{action: 'Delete', pod: evil}], choose: null, waitsFor: null},
      blockedBy: {...blockedBy, message: evil, findings: [{...finding, message: evil, evidence: [evil]}]},
      budget: {mode: 'maxUnavailable', limit: 1, used: 1, usedBy: [{nodeName: evil, why: evil as 'excess'}]},
    }),
    {isWide: true},
  )
  const all = lines.join('\n')
  expect([all.includes(ESCAPE), all.includes('\u202e'), lines.some((line) => /[\n\r]/.test(line))]).toEqual([
    false,
    false,
    false,
  ])
})

test('the text knows no more than the data', () => {
  for (const workload of [stalled, daemons]) {
    const copy = JSON.parse(JSON.stringify(report(workload)))
    expect(text(copy)).toEqual(text(report(workload)))
  }
})
