import {describe, expect, test} from 'vitest'
import {
  countsText,
  nextText,
  revisionsText,
  stateWords,
  strategyText,
} from '../../src/render/views/rollout-words.ts'
import type {RolledWorkload} from '../../src/reports/rollout/report.ts'
import {daemons, NOW, ordinalStep, stalled} from './rollout-reports.ts'

const IDLE = {actions: [], choose: null, waitsFor: null}
const deletion = (pod: string, others = {}) => ({action: 'Delete', pod, ...others}) as const
const creation = (pod: string | null, others = {}) => ({action: 'Create', pod, ...others}) as const
const from = [1, 2, 3].map((number) => ({nodeName: `n${number}`, pod: `agent-n${number}`}))

test.for<[Partial<RolledWorkload['next']>, string]>([
  [{}, 'nothing: all is done'],
  [{actions: [deletion('db-1')]}, 'delete db-1'],
  [{actions: [creation('db-1', {revision: 'db-7d4b'})]}, 'create db-1 at db-7d4b'],
  [{actions: [deletion('db-1'), creation('db-0', {revision: null})]}, 'delete db-1; create db-0'],
  [{actions: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => deletion(name))}, 'delete a, b, c, d and 2 more'],
  [{actions: [creation(null, {nodeName: 'n1', revision: '7d4b'})]}, 'create a Pod on n1 at 7d4b'],
  [{actions: [deletion('agent-x', {nodeName: 'n1'})]}, 'delete agent-x on n1'],
  [{choose: {action: 'Delete', count: 1, from}}, 'delete 1 of 3 old Pods, picked at random'],
  [
    {choose: {action: 'Create', count: 2, from}, chooseAlso: {action: 'Delete', count: 1, from}},
    'create new Pods on 2 of 3 nodes, picked at random; delete 1 of 3 old Pods, picked at random',
  ],
  [{waitsFor: {reason: 'PodReady', message: 'db-2 to become ready'}}, 'waits for db-2 to become ready'],
  [
    {waitsFor: {reason: 'PodAvailable', message: 'db-2 to stay ready', until: '2026-05-01T12:00:08Z'}},
    'waits for db-2 to stay ready, 8s left',
  ],
  [
    {waitsFor: {reason: 'PodAvailable', message: 'db-2 to stay ready', until: '2026-05-01T11:59:00Z'}},
    'waits for db-2 to stay ready, 0s left',
  ],
  [
    {waitsFor: {reason: 'Observation', message: 'the controller to look at the newest generation'}},
    'waits for the controller to look at the newest generation',
  ],
])('next: %j is %s', ([next, expected]) => {
  expect(nextText({...stalled, state: 'Complete', next: {...IDLE, ...next}}, NOW)).toBe(expected)
})

test('what is not known is not said to be done', () => {
  const unknown = {...stalled, state: 'Unknown', next: IDLE} as const
  expect(nextText({...unknown, reason: null}, NOW)).toBe('not known')
  expect(nextText({...unknown, reason: 'Pods could not be read'}, NOW)).toBe(
    'not known: Pods could not be read',
  )
})

test.for<[Partial<RolledWorkload>, string]>([
  [{}, 'Stalled for 12m'],
  [{since: null}, 'Stalled'],
  [{state: 'Progressing'}, 'Progressing, last step 12m ago, a Pod takes 35s'],
  [
    {state: 'Progressing', pace: {lastStepAt: '2026-05-01T11:59:00Z', secondsPerPod: null}},
    'Progressing, last step 60s ago',
  ],
  [{state: 'Progressing', pace: null}, 'Progressing'],
  [{state: 'Held'}, 'Held'],
  [{state: 'Complete'}, 'Complete'],
])('status: %o is %s', ([change, expected]) => {
  expect(stateWords({...stalled, ...change}, NOW)).toBe(expected)
})

describe('strategy', () => {
  const of = (workload: RolledWorkload, change: Partial<RolledWorkload['updateStrategy']>) =>
    strategyText({...workload, updateStrategy: {...workload.updateStrategy, ...change}})

  test.for<[Partial<RolledWorkload['updateStrategy']>, string]>([
    [{}, 'RollingUpdate · OrderedReady · partition 0'],
    [
      {partition: 2, maxUnavailable: '25%'},
      'RollingUpdate · OrderedReady · partition 2 · maxUnavailable 25%',
    ],
    [
      {maxUnavailable: 2, honorsMaxUnavailable: false},
      'RollingUpdate · OrderedReady · partition 0 · maxUnavailable 2 (ignored by this server)',
    ],
    [
      {type: 'OnDelete', partition: null, podManagementPolicy: 'Parallel', minReadySeconds: 10},
      'OnDelete · Parallel · minReadySeconds 10',
    ],
  ])('of a StatefulSet: %o is %s', ([change, expected]) => {
    expect(of(stalled, change)).toBe(expected)
  })

  test.for<[Partial<RolledWorkload['updateStrategy']>, string]>([
    [{}, 'RollingUpdate · maxUnavailable 1'],
    [{maxUnavailable: 0, maxSurge: '10%'}, 'RollingUpdate · maxSurge 10%'],
    [{maxUnavailable: '0%', maxSurge: 2}, 'RollingUpdate · maxSurge 2'],
  ])('of a DaemonSet: %o is %s', ([change, expected]) => {
    expect(of(daemons, change)).toBe(expected)
  })
})

const GONE = {status: null, containers: null}

test.for<[Partial<RolledWorkload>, string]>([
  [{}, '3/5 updated, 2 waiting, 1 not available'],
  [{counts: {desired: 5, updated: 3, ready: 5, available: 5}}, '3/5 updated, 2 waiting'],
  [{counts: {desired: 5, updated: 3, ready: null, available: null}}, '3/5 updated, 2 waiting'],
  [
    {
      counts: {desired: 5, updated: 3, ready: 2, available: 2},
      steps: [ordinalStep(0, 'missing', GONE), ordinalStep(1, 'missing', GONE)],
    },
    '3/5 updated, 2 missing, 1 not available',
  ],
  [{counts: {desired: null, updated: null, ready: null, available: null}, steps: []}, '?/? updated'],
  [
    {
      steps: [
        ordinalStep(0, 'held'),
        ordinalStep(1, 'held'),
        ordinalStep(2, 'missing', GONE),
        ordinalStep(3, 'condemned'),
      ],
    },
    '3/5 updated, 2 held, 1 missing, 1 condemned',
  ],
])('counts: %#', ([change, expected]) => {
  expect(countsText({...stalled, ...change})).toBe(expected)
})

test.for<[Partial<RolledWorkload>, string]>([
  [{}, 'db-6c9f → db-7d4b'],
  [{revisions: [{name: 'db-7d4b', pods: 5}]}, 'db-7d4b'],
  [{revisions: [{name: null, pods: 5}]}, '<none> → db-7d4b'],
  [{updateRevision: null, revisions: [{name: 'db-6c9f', pods: 5}]}, 'db-6c9f → <unknown>'],
])('revisions: %#', ([change, expected]) => {
  expect(revisionsText({...stalled, ...change})).toBe(expected)
})

test('of those without a Pod the one that blocks is one', () => {
  const gone = {pod: null, status: null, containers: null, since: null}
  const counted = (...steps: RolledWorkload['steps']) =>
    countsText({...stalled, counts: {desired: 3, updated: 0, ready: 0, available: 0}, steps})
  const missing = [ordinalStep(1, 'missing', gone), ordinalStep(2, 'missing', gone)]
  expect(counted(ordinalStep(0, 'blocking', gone), ...missing)).toBe('0/3 updated, 3 missing')
  expect(counted(ordinalStep(0, 'blocking'), ...missing)).toBe('0/3 updated, 2 missing, 1 not available')
})

test.for([
  ['OnDelete', 'Parallel', 'nothing: db-0 is not ready, and the controller does not wait for it'],
  ['OnDelete', null, 'nothing: db-0 is not ready, and the controller does not wait for it'],
  ['OnDelete', 'OrderedReady', 'waits for db-0 to become ready'],
  ['RollingUpdate', 'Parallel', 'waits for db-0 to become ready'],
] as const)(
  '%s, %s: whether anybody waits for a Pod that is not ready',
  ([type, podManagementPolicy, words]) => {
    const updateStrategy = {...stalled.updateStrategy, type, podManagementPolicy}
    const waitsFor = {reason: 'PodReady', message: 'db-0 to become ready', pod: 'db-0'} as const
    const text = nextText({...stalled, updateStrategy, next: {...IDLE, waitsFor}}, NOW)
    expect(text.startsWith(words)).toBe(true)
  },
)
