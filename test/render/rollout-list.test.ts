import {describe, expect, test} from 'vitest'
import {widthOf} from '../../src/render/width.ts'
import type {RolledWorkload} from '../../src/reports/rollout/report.ts'
import {blockedBy, daemons, finding, report, stalled, text} from './rollout-reports.ts'

const quiet = {blockedBy: null, reason: null, next: {actions: [], choose: null, waitsFor: null}} as const
const complete: RolledWorkload = {...stalled, ...quiet, name: 'web', state: 'Complete', since: null}
const partition = {reason: 'Partition', message: 'somebody to lower the partition: it holds web-0'} as const
const held: RolledWorkload = {
  ...complete,
  state: 'Held',
  reason: partition.message,
  next: {...quiet.next, waitsFor: partition},
}

test('several are a list, the most urgent first; then what blocks them', () => {
  expect(text(report(complete, held, daemons, stalled))).toEqual([
    'WORKLOAD   STRATEGY        UPDATED   AVAILABLE   STATE         SINCE    NEXT',
    'sts/db     RollingUpdate   3/5       4           Stalled       12m      waits for db-2 to become ready',
    'ds/agent   RollingUpdate   3/4       3           Progressing   40s      waits for room: maxUnavailable 1 is used up by n1',
    'sts/web    RollingUpdate   3/5       4           Held          <none>   waits for somebody to lower the partition: it holds web-0',
    'sts/web    RollingUpdate   3/5       4           Complete      <none>   nothing: all is done',
    '',
    'StatefulSet shop/db',
    'Error     db-2 container "db" exits with code 1, for 12m, needs you   crash-loop',
    'Look      kubectl logs -n shop db-2 -c db -p',
    'Proof     pod/db-2 lastState.terminated.exitCode=1',
  ])
})

test('less of what was found where that is wanted; then the row says who is in the way', () => {
  const given = report(complete, stalled)
  expect(text(given, {findings: 'brief'}).slice(3)).toEqual([
    '',
    'StatefulSet shop/db',
    'Error     db-2 container "db" exits with code 1, for 12m, needs you   crash-loop',
  ])
  const bare = text(given, {findings: 'none'})
  expect([bare.length, bare[1]?.endsWith('db-2 CrashLoopBackOff: back-off 5m0s')]).toEqual([3, true])
})

test('all states, by how much they need a person', () => {
  const states = ['Complete', 'Held', 'Waiting', 'Progressing', 'Unknown', 'Stalled'] as const
  const lines = text(report(...states.map((state) => ({...complete, state}))), {hasHeaders: false})
  expect(lines.map((line) => line.split(/ {2,}/)[4])).toEqual(states.toReversed())
})

test('of several namespaces each line says its own', () => {
  const [header, line] = text(report(stalled, complete), {hasNamespaces: true})
  expect([header?.split(/ +/).slice(0, 2), line?.split(/ +/).slice(0, 2)]).toEqual([
    ['NAMESPACE', 'WORKLOAD'],
    ['shop', 'sts/db'],
  ])
})

test('what could not be seen is a question mark', () => {
  const counts = {desired: null, updated: null, ready: null, available: null}
  const [line] = text(
    report({...complete, counts, state: 'Unknown', reason: 'Pods could not be read'}, complete),
    {
      hasHeaders: false,
    },
  )
  expect(line?.split(/ {2,}/)).toEqual([
    'sts/web',
    'RollingUpdate',
    '?/?',
    '?',
    'Unknown',
    '<none>',
    'not known: Pods could not be read',
  ])
})

describe('on a terminal', () => {
  test.for<[number, string]>([
    [60, 'WORKLOAD   UPDATED   STATE         SINCE   NEXT'],
    [80, 'WORKLOAD   UPDATED   AVAILABLE   STATE         SINCE   NEXT'],
    [160, 'WORKLOAD   STRATEGY        UPDATED   AVAILABLE   STATE         SINCE   NEXT'],
  ])('%i columns wide', ([width, header]) => {
    const lines = text(report(stalled, daemons), {width})
    expect(lines[0]).toBe(header)
    expect(lines.filter((line) => widthOf(line) > Math.max(width, 80))).toEqual([])
  })
})

test('notes of those that move on by themselves are left out', () => {
  const note = {...finding, severity: 'info'} as const
  const noted = {...daemons, findings: [note]}
  expect(text(report(complete, noted))).toHaveLength(3)
})

test('no cell breaks its line, nor does a terminal obey it', () => {
  const evil = 'a\u001b[2J\u202eb\nc'
  const bad = {...stalled, name: evil, namespace: evil, blockedBy: {...blockedBy, message: evil}}
  const lines = text(report(bad, complete), {hasNamespaces: true})
  expect(lines.filter((line) => /[\u001b\u202e\n]/.test(line))).toEqual([])
})
