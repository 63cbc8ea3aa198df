import {expect, test} from 'vitest'
import {judgeOf} from '../../src/commands/rollout-wait.ts'
import type {RolledWorkload, RolloutReport} from '../../src/reports/rollout/report.ts'

const scope = {names: [], namespace: 'shop'}

function report(...workloads: readonly Partial<RolledWorkload>[]): RolloutReport {
  return {observedAt: '2026-05-01T12:00:00Z', workloads, omissions: []} as unknown as RolloutReport
}

const complete = {kind: 'StatefulSet', name: 'db', state: 'Complete'} as const

test('what is not there from the first look on can not be waited for', () => {
  expect(() => judgeOf(false)(report(), scope)).toThrow('No resources found in shop namespace.')
})

test('what has been there and is gone was deleted', () => {
  const judge = judgeOf(false)
  expect(judge(report(complete), scope)).toMatchObject({isOver: true, isGood: true})
  expect(judge(report(), scope)).toMatchObject({
    isOver: true,
    isGood: false,
    words: 'what was waited for has been deleted',
  })
})

test('one of two that are named is deleted as well', () => {
  const names = ['db', 'web'].map((name) => ({resource: 'statefulSets' as const, name}))
  expect(judgeOf(false)(report(complete), {...scope, names}).isGood).toBe(false)
})

test('what nothing can be said about can not be waited for', () => {
  const unknown = {...complete, state: 'Unknown', reason: 'its Pods can not be read'} as const
  const next = {actions: [], choose: null, waitsFor: null}
  expect(() => judgeOf(false)(report({...unknown, next}), scope)).toThrow(
    "error: db can't be waited for: its Pods can not be read",
  )
})

test('but for what can not be read at the moment one waits', () => {
  const next = {actions: [], choose: null, waitsFor: null}
  const unknown = {
    ...report({...complete, state: 'Unknown', reason: 'its Pods can not be read', next, blockedBy: null}),
  }
  const omissions = [{resource: 'pods', reason: 'Refused', message: ''}]
  expect(judgeOf(false)({...unknown, omissions}, scope)).toMatchObject({isOver: false, isGood: false})
})

test('what makes no sense at the moment is neither gone nor complete', () => {
  const omissions = [
    {resource: 'statefulsets', reason: 'WrongShape', message: 'error: the answer of a has a wrong shape: b'},
  ]
  const pending = {isOver: false, isGood: false, words: 'the answer of a has a wrong shape: b'}
  const judge = judgeOf(false)
  expect(judge({...report(), omissions}, scope)).toMatchObject(pending)
  expect(judge({...report(complete), omissions}, scope)).toMatchObject(pending)
  expect(judge(report(complete), scope)).toMatchObject({isOver: true, isGood: true})
})

test('each wait remembers for itself', () => {
  judgeOf(false)(report(complete), scope)
  expect(() => judgeOf(false)(report(), scope)).toThrow('No resources found')
})
