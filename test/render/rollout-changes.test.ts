import {describe, expect, test} from 'vitest'
import {changingSteps} from '../../src/render/views/rollout-changes.ts'
import type {RolledWorkload} from '../../src/reports/rollout/report.ts'
import {blockedBy, daemons, ordinalStep, report, stalled} from './rollout-reports.ts'

function lines(...workloads: readonly RolledWorkload[]): readonly string[] {
  return [...changingSteps(report(...workloads)).values()]
}

const quiet = {...stalled, steps: [], blockedBy: null, reason: null} as const
const IDLE = {actions: [], choose: null, waitsFor: null}
const all = {desired: 5, updated: 5, ready: 5, available: 5}
const unknown = {desired: 5, updated: null, ready: null, available: null}

test('a line for each Pod, by its name, and one for the whole', () => {
  expect([...changingSteps(report(stalled))]).toEqual([
    ['shop/sts/db/db-4', 'shop/sts/db  db-4  updated  Running  1/1  db-7d4b'],
    ['shop/sts/db/db-3', 'shop/sts/db  db-3  updated  Running  1/1  db-7d4b'],
    ['shop/sts/db/db-2', 'shop/sts/db  db-2  blocking  CrashLoopBackOff  0/1  db-7d4b'],
    ['shop/sts/db/db-1', 'shop/sts/db  db-1  waiting  Running  1/1  db-6c9f'],
    ['shop/sts/db/db-0', 'shop/sts/db  db-0  waiting  Running  1/1  db-6c9f'],
    [
      'shop/sts/db',
      'shop/sts/db  Stalled  3/5 updated, 2 waiting, 1 not available  db-2 CrashLoopBackOff: back-off 5m0s',
    ],
  ])
})

test('a line for each node, whatever its Pod is called', () => {
  expect([...changingSteps(report(daemons)).keys()]).toEqual([
    'shop/ds/agent/n1',
    'shop/ds/agent/n4',
    'shop/ds/agent/n2',
    'shop/ds/agent/n3',
    'shop/ds/agent',
  ])
})

test('a Pod that is not there has no more than its state', () => {
  const gone = ordinalStep(0, 'missing', {revision: null, status: null, containers: null, since: null})
  expect(lines({...quiet, steps: [gone]})[0]).toBe('shop/sts/db  db-0  missing')
})

describe('the whole', () => {
  test.for<[string, RolledWorkload, string]>([
    ['waits', quiet, 'Stalled  3/5 updated, 1 not available  waits for db-2 to become ready'],
    [
      'goes on',
      {
        ...quiet,
        state: 'Progressing',
        next: {...IDLE, actions: [{action: 'Delete', pod: 'db-1', ordinal: 1}]},
      },
      'Progressing  3/5 updated, 1 not available  next: delete db-1',
    ],
    ['is done', {...quiet, state: 'Complete', counts: all, next: IDLE}, 'Complete  5/5 updated'],
    [
      'is not known',
      {...quiet, state: 'Unknown', counts: unknown, next: IDLE, reason: 'Pods could not be read'},
      'Unknown  ?/5 updated  Pods could not be read',
    ],
  ])('%s', ([, workload, expected]) => {
    expect(lines(workload)).toEqual([`shop/sts/db  ${expected}`])
  })
})

test('nothing changes by time alone', () => {
  const until = (time: string) => {
    const waitsFor = {reason: 'PodAvailable', message: 'db-2 to stay ready', until: time} as const
    const step = ordinalStep(0, 'updating', {since: time})
    const pace = {lastStepAt: time, secondsPerPod: time.length}
    return lines({...quiet, since: time, pace, steps: [step], next: {...IDLE, waitsFor}})
  }
  expect(until('2026-05-01T12:00:08Z')).toEqual(until('2026-05-01T12:00:09.5Z'))
})

test('a terminal obeys nothing of what a cluster says, and a line stays one', () => {
  const evil = 'a\u001b[2J\u202eb\nc'
  const step = ordinalStep(0, 'blocking', {pod: evil, status: evil, revision: evil})
  const all = lines({...stalled, name: evil, steps: [step], blockedBy: {...blockedBy, message: evil}})
  expect(all.filter((line) => /[\u001b\u202e\n]/.test(line))).toEqual([])
})
