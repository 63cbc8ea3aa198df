import {describe, expect, test} from 'vitest'
import {folded} from '../../src/render/views/why-folding.ts'
import type {TimelineEntry} from '../../src/reports/why/report.ts'

const set = {kind: 'StatefulSet', namespace: 'shop', name: 'db'}

function said(second: number, text: string, others: Partial<TimelineEntry> = {}): TimelineEntry {
  const at = new Date(Date.parse('2026-05-01T11:00:00Z') + 1000 * second).toISOString()
  return {at, object: set, what: 'Event', text, isWarning: false, ...others}
}

const told = (...entries: readonly TimelineEntry[]) =>
  folded(entries).map(({reason, text, count, size}) => [reason ?? '', text, count ?? 1, size])

const created = (second: number, pod: string, others: Partial<TimelineEntry> = {}) =>
  said(second, `create Pod ${pod} in StatefulSet db successful`, {reason: 'SuccessfulCreate', ...others})
const deleted = (second: number, pod: string) =>
  said(second, `delete Pod ${pod} in StatefulSet db successful`, {reason: 'SuccessfulDelete'})

describe('runs of the same deed', () => {
  test('are one entry, at its last time, with how many', () => {
    const pods = [2, 3, 4, 5, 6]
    expect(told(...pods.map((pod) => deleted(pod, `db-${pod}`)))).toEqual([
      ['SuccessfulDelete', 'deleted db-2..db-6', 5, 5],
    ])
  })

  test('deletions and creations in turn are two', () => {
    expect(
      told(deleted(0, 'db-1'), created(1, 'db-1'), deleted(2, 'db-0'), created(3, 'db-0', {count: 2})),
    ).toEqual([
      ['SuccessfulDelete', 'deleted db-1, db-0', 2, 2],
      ['SuccessfulCreate', 'created db-1, db-0', 3, 2],
    ])
  })

  test('what happened long after is a run of its own', () => {
    expect(told(created(0, 'db-0'), created(7200, 'db-0'))).toHaveLength(2)
  })

  test.for<[string, string]>([
    ['Created pod: agent-x7k', 'created agent-x7k'],
    ['create Claim data-db-1 Pod db-1 in StatefulSet db success', 'created a claim of db-1'],
    ['quota is exceeded', 'quota is exceeded'],
  ])('%s: %s', ([text, expected]) => {
    expect(told(said(0, text))).toEqual([['', expected, 1, 1]])
  })

  test('of many names without a row the first few', () => {
    const pods = ['a', 'b', 'c', 'd'].map((name) => said(0, `Created pod: agent-${name}`))
    expect(told(...pods)).toEqual([['', 'created agent-a, agent-b, agent-c and 1 more', 4, 4]])
  })
})

describe('the same thing', () => {
  const pod = {object: {kind: 'Pod', namespace: 'shop', name: 'db-1'}, isWarning: true}
  const condition = {...pod, what: 'Condition', reason: 'PodScheduled=False'} as const
  const failed = {...pod, reason: 'FailedScheduling'}

  test('said by a condition and two events is one entry, that of the last event', () => {
    expect(
      told(
        said(0, 'Unschedulable: no room', condition),
        said(1, 'no room', failed),
        said(2, 'no room', {...failed, count: 3}),
      ),
    ).toEqual([['FailedScheduling', 'no room', 4, 3]])
  })

  test('said of another object, or of an earlier one of the name, is another thing', () => {
    const other = {...pod.object, name: 'db-2'}
    expect(
      told(
        said(0, 'no room', failed),
        said(1, 'no room', {...failed, object: other}),
        said(2, 'no room', {...failed, isOfEarlier: true}),
      ),
    ).toHaveLength(3)
  })

  test('a condition that says nothing is merged with none', () => {
    expect(
      told(said(0, '', {...condition}), said(1, '', {...condition, reason: 'Ready=False'})),
    ).toHaveLength(2)
  })
})
