import {describe, expect, test} from 'vitest'
import type {RolledWorkload, RolloutReport} from '../../../src/reports/rollout/report.ts'
import {rolloutVerdict} from '../../../src/reports/rollout/verdict.ts'
import {ago, member, reported, rolling, unready} from './rollouts.ts'

const base = reported({statefulSets: [rolling()], pods: [member(0, 'b'), member(1, 'b'), member(2, 'b')]})
const complete = base.workloads[0] as RolledWorkload
const blockedBy = {
  ordinal: 2,
  nodeName: 'node-a',
  pod: 'web-2',
  status: 'CrashLoopBackOff',
  since: ago(600),
  message: 'web-2 CrashLoopBackOff: back-off',
  findings: [],
}
const waitsFor = {reason: 'PodReady', message: 'web-2 to become ready'} as const
const held = {...complete, state: 'Held', reason: 'somebody to lower the partition'} as const
const moving = {...complete, state: 'Progressing', next: {...complete.next, waitsFor}} as const
const troubled = {...moving, blockedBy} as const
const stalled = {...complete, name: 'db', state: 'Stalled', reason: blockedBy.message, blockedBy} as const
const unknown = {...complete, state: 'Unknown', reason: 'the newest generation is not seen'} as const
const onDelete = {...complete, state: 'Waiting', reason: 'somebody to delete 2 old Pods'} as const

const MOVES =
  'statefulset.apps/web of namespace shop is Progressing: the controller waits for web-2 to become ready'
const SIGN = 'statefulset.apps/web of namespace shop is Progressing: web-2 CrashLoopBackOff: back-off'
const TROUBLE = 'statefulset.apps/web of namespace shop is in trouble: web-2 CrashLoopBackOff: back-off'
const STALLED = 'statefulset.apps/db of namespace shop is Stalled: web-2 CrashLoopBackOff: back-off'
const daemons = {...complete, kind: 'DaemonSet', name: 'agent'} as const
const NOT_YET = {isOver: false, isGood: false, isSure: false}
const GOOD = {isOver: true, isGood: true, isSure: true, words: 'complete'}
const BAD = {isOver: true, isGood: false, isSure: false}

function of(...workloads: readonly RolledWorkload[]): RolloutReport {
  return {...base, workloads}
}

describe('a wait', () => {
  test.for<[string, readonly RolledWorkload[], object, object]>([
    ['is over when all is complete', [complete], GOOD, GOOD],
    ['is over when a partition holds what is left', [complete, held], GOOD, GOOD],
    ['is over when there is nothing to wait for', [], GOOD, GOOD],
    [
      'is not sure at one look that a DaemonSet is complete',
      [complete, daemons],
      {...GOOD, isSure: false},
      {...GOOD, isSure: false},
    ],
    [
      'goes on while something moves',
      [complete, moving],
      {...NOT_YET, words: MOVES},
      {...NOT_YET, words: MOVES},
    ],
    [
      'goes on in spite of a sign of trouble, unless it is to fail fast',
      [troubled],
      {...NOT_YET, words: SIGN},
      {...BAD, words: TROUBLE},
    ],
    ['has failed when it is stalled', [stalled], {...BAD, words: STALLED}, {...BAD, words: STALLED}],
    [
      'goes on while one is stalled and another moves, and tells of the stalled one',
      [moving, stalled],
      {...NOT_YET, words: STALLED},
      {...BAD, words: STALLED},
    ],
    [
      'has failed when all that is left is stalled',
      [complete, held, stalled],
      {...BAD, words: STALLED},
      {...BAD, words: STALLED},
    ],
    [
      'goes on while a person is waited for',
      [onDelete],
      {...NOT_YET, words: 'statefulset.apps/web of namespace shop is Waiting: somebody to delete 2 old Pods'},
      {...NOT_YET, words: 'statefulset.apps/web of namespace shop is Waiting: somebody to delete 2 old Pods'},
    ],
    [
      'goes on while the controller has not looked',
      [unknown],
      {
        ...NOT_YET,
        words: 'statefulset.apps/web of namespace shop is Unknown: the newest generation is not seen',
      },
      {
        ...NOT_YET,
        words: 'statefulset.apps/web of namespace shop is Unknown: the newest generation is not seen',
      },
    ],
  ])('%s', ([, workloads, patient, fast]) => {
    expect([rolloutVerdict(of(...workloads), false), rolloutVerdict(of(...workloads), true)]).toEqual([
      patient,
      fast,
    ])
  })
})

describe('a sign of trouble counts when it has lasted', () => {
  test.for<[number | null, boolean]>([
    [14, false],
    [15, true],
    [null, false],
  ])('%s seconds: %s', ([seconds, isOver]) => {
    const since = seconds === null ? null : ago(seconds)
    const report = of({...moving, blockedBy: {...blockedBy, since}})
    expect(rolloutVerdict(report, true).isOver).toBe(isOver)
  })

  test('of one that is complete none does', () => {
    expect(rolloutVerdict(of({...complete, blockedBy}), true)).toEqual(GOOD)
  })

  test('in a whole report: an image that is not there, fourteen and fifteen seconds long', () => {
    const overAfter = (seconds: number) => {
      const pods = [member(0, 'a'), member(1, 'a'), member(2, 'b', unready(seconds, 'ErrImagePull'))]
      return rolloutVerdict(reported({statefulSets: [rolling()], pods}), true).isOver
    }
    expect([overAfter(14), overAfter(15)]).toEqual([false, true])
  })
})

test('the last words name the STATUS where the message does not', () => {
  const message = "web-2 can't run: node node-a is not ready"
  const {words} = rolloutVerdict(
    of({...stalled, blockedBy: {...blockedBy, message, status: 'Running'}}),
    false,
  )
  expect(words).toBe(
    "statefulset.apps/db of namespace shop is Stalled: web-2 can't run: node node-a is not ready (STATUS Running)",
  )
})

test('a rollout that is about to begin is called by its status alone', () => {
  const {words} = rolloutVerdict(of({...moving, kind: 'DaemonSet', next: complete.next}), false)
  expect(words).toBe('daemonset.apps/web of namespace shop is Progressing')
})
