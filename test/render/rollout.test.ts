import {describe, expect, test} from 'vitest'
import {widthOf} from '../../src/render/width.ts'
import {blockedBy, daemons, finding, ordinalStep, report, stalled, text} from './rollout-reports.ts'

const ESCAPE = '\u001b'

test('one workload: who, how far, the queue, what comes next, who is in the way, and what to do', () => {
  expect(text(report(stalled))).toEqual([
    'StatefulSet shop/db   RollingUpdate · OrderedReady · partition 0',
    'db-6c9f → db-7d4b     ███████░░░░░  3/5 updated, 2 waiting, 1 not available   Stalled for 12m',
    '',
    'ORDER   ORDINAL   POD    REVISION   STATE      READY   STATUS             SINCE',
    '1       4         db-4   db-7d4b    updated    1/1     Running            30m',
    '2       3         db-3   db-7d4b    updated    1/1     Running            30m',
    '3       2         db-2   db-7d4b    blocking   0/1     CrashLoopBackOff   12m',
    '4       1         db-1   db-6c9f    waiting    1/1     Running            30m',
    '5       0         db-0   db-6c9f    waiting    1/1     Running            30m',
    '',
    'Next      nothing: the controller waits for db-2 to become ready',
    'Blocked   db-2 CrashLoopBackOff: back-off 5m0s   for 12m',
    '',
    'Error     db-2 container "db" exits with code 1 (for 12m)   crash-loop',
    'Evidence  pod/db-2 lastState.terminated.exitCode=1',
    'Remedy    kubectl logs -n shop db-2 -c db -p',
  ])
})

test('a DaemonSet: nodes, and who uses up the budget', () => {
  expect(text(report(daemons))).toEqual([
    'DaemonSet shop/agent   RollingUpdate · maxUnavailable 1',
    '6c9f → 7d4b            █████████░░░  3/4 updated, 1 waiting, 1 not available   Progressing, last step 40s ago, a Pod takes 35s',
    '',
    'NODE   POD        REVISION   STATE      READY   STATUS              SINCE',
    'n1     agent-n1   7d4b       updating   0/1     ContainerCreating   30m',
    'n4     agent-n4   6c9f       waiting    1/1     Running             30m',
    'n2     agent-n2   7d4b       updated    1/1     Running             30m',
    'n3     agent-n3   7d4b       updated    1/1     Running             30m',
    '',
    'Next      nothing: the controller waits for room: maxUnavailable 1 is used up by n1',
    'Budget    1 of maxUnavailable 1 in use: n1 (new Pod not available)',
  ])
})

test.for<[string, string]>([
  ['missing', 'no live Pod'],
  ['excess', 'too many Pods'],
  ['old-unavailable', 'old Pod not available'],
])('the budget is used up by a node that is %s: %s', ([why, expected]) => {
  const budget = {mode: 'maxUnavailable', limit: 1, used: 1, usedBy: [{nodeName: 'n1', why}]} as const
  expect(text(report({...daemons, budget})).at(-1)).toBe(
    `Budget    1 of maxUnavailable 1 in use: n1 (${expected})`,
  )
})

test('where the finding says no more than who is in the way, it is said once', () => {
  const same = {...finding, message: blockedBy.message}
  const lines = text(report({...stalled, blockedBy: {...blockedBy, findings: [same]}}))
  expect(lines.slice(10)).toEqual([
    'Next      nothing: the controller waits for db-2 to become ready',
    '',
    'Blocked   db-2 CrashLoopBackOff: back-off 5m0s (for 12m)   crash-loop',
    'Evidence  pod/db-2 lastState.terminated.exitCode=1',
    'Remedy    kubectl logs -n shop db-2 -c db -p',
  ])
})

describe('on a terminal', () => {
  const head = (width: number) => text(report(stalled), {width}).slice(0, 4)
  const who = 'StatefulSet shop/db   RollingUpdate · OrderedReady · partition 0'
  const far = '███████░░░░░  3/5 updated, 2 waiting, 1 not available'
  const apart = [who, 'db-6c9f → db-7d4b', far, 'Stalled for 12m']
  const together = [who, `db-6c9f → db-7d4b     ${far}   Stalled for 12m`, '', expect.stringMatching(/^ORD/)]

  test.for<[number, readonly string[]]>([
    [60, [...who.split(/ {3}/), ...apart.slice(1, 3)]],
    [92, apart],
    [93, together],
    [160, together],
  ])('%i columns wide the head is whole', ([width, expected]) => {
    expect(head(width)).toEqual(expected)
  })

  test.for<[number, string]>([
    [60, 'ORDINAL   STATE      READY   STATUS             SINCE'],
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
  expect([lines[0]?.includes(`shop/${long} `), lines[4]?.includes(`${long}-0 `)]).toEqual([true, true])
})

describe('colour', () => {
  test('underlines what words say, and is nowhere without being wanted', () => {
    const [plain, colored] = [false, true].map((isColored) => text(report(stalled), {isColored}).join('\n'))
    expect(plain).not.toContain(ESCAPE)
    expect(colored).toContain(`${ESCAPE}[`)
    expect(colored?.replaceAll(/\u001b\[[0-9;]*m/g, '')).toBe(plain)
  })
})

test('without headers the queue and what follows', () => {
  expect(text(report(stalled), {hasHeaders: false})[0]).toBe(
    '1     4     db-4   db-7d4b   updated    1/1   Running            30m',
  )
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
      budget: {mode: 'maxUnavailable', limit: 1, used: 1, usedBy: [{nodeName: evil, why: evil}]},
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
