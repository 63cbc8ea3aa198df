import {describe, expect, test} from 'vitest'
import type {RolledWorkload} from '../../../src/reports/rollout/report.ts'
import {ago, member, PARALLEL, type Rolled, ready, rolled, rolling, terminating, unready} from './rollouts.ts'

const partitioned = (partition: number) => ({
  updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition}},
})

function queue(facts: Rolled): readonly string[] {
  return rolled(facts).steps.map(({ordinal, state}) => `${ordinal} ${state}`)
}

describe('the queue', () => {
  test.for<[string, Rolled, readonly string[]]>([
    [
      'an update goes from the top',
      {statefulSets: [rolling()], pods: [member(0, 'a'), member(1, 'b', unready(20)), member(2, 'b')]},
      ['2 updated', '1 updating', '0 waiting'],
    ],
    [
      'an old Pod that stops is being updated',
      {
        statefulSets: [rolling()],
        pods: [member(0, 'a'), member(1, 'a', ready(), terminating(-20)), member(2, 'b')],
      },
      ['2 updated', '1 updating', '0 waiting'],
    ],
    [
      'an updated Pod is done when it has been ready for minReadySeconds',
      {
        statefulSets: [rolling({replicas: 2, spec: {minReadySeconds: 60}})],
        pods: [member(0, 'b', ready(60)), member(1, 'b', ready(59))],
      },
      ['1 updating', '0 updated'],
    ],
    [
      'who is in the way is blocking, whatever comes before it',
      {
        statefulSets: [rolling()],
        pods: [member(0, 'a'), member(1, 'b', unready(20, 'ImagePullBackOff')), member(2, 'b', unready(60))],
      },
      ['2 updating', '1 blocking', '0 waiting'],
    ],
    [
      'what a partition holds',
      {
        statefulSets: [rolling({spec: partitioned(2)})],
        pods: [member(0, 'a'), member(1, 'a'), member(2, 'a')],
      },
      ['2 waiting', '1 held', '0 held'],
    ],
    [
      'what is to be created',
      {statefulSets: [rolling()], pods: [member(0, 'a'), member(1, 'a')]},
      ['2 missing', '1 waiting', '0 waiting'],
    ],
    [
      'what is condemned goes first',
      {
        statefulSets: [rolling({replicas: 1})],
        pods: [member(0, 'a'), member(1, 'a'), member(2, 'a')],
      },
      ['2 condemned', '1 condemned', '0 waiting'],
    ],
    [
      'a set of one revision is created from below, and what is condemned goes last',
      {
        statefulSets: [rolling({replicas: 2, status: {currentRevision: 'web-b'}})],
        pods: [member(0, 'b'), member(2, 'b'), member(3, 'b')],
      },
      ['0 updated', '1 missing', '3 condemned', '2 condemned'],
    ],
    [
      'ordinals that start at 5, by number',
      {
        statefulSets: [rolling({replicas: 6, spec: {ordinals: {start: 5}}})],
        pods: [5, 6, 7, 8, 9, 10].map((ordinal) => member(ordinal, 'a')),
      },
      ['10 waiting', '9 waiting', '8 waiting', '7 waiting', '6 waiting', '5 waiting'],
    ],
  ])('%s', ([, facts, expected]) => {
    expect(queue(facts)).toEqual(expected)
  })

  test('a step tells what kubectl tells of the Pod, or that there is none', () => {
    const {steps} = rolled({
      statefulSets: [rolling({replicas: 2})],
      pods: [member(1, 'b', unready(20, 'CrashLoopBackOff', 1))],
    })
    expect(steps).toEqual([
      {
        ordinal: 1,
        nodeName: 'node-a',
        pod: 'web-1',
        revision: 'web-b',
        state: 'updating',
        status: 'CrashLoopBackOff',
        containers: {ready: 0, total: 1},
        since: ago(20),
      },
      {
        ordinal: 0,
        nodeName: null,
        pod: 'web-0',
        revision: null,
        state: 'missing',
        status: null,
        containers: null,
        since: null,
      },
    ])
  })
})

describe('numbers', () => {
  const facts = {
    statefulSets: [rolling({replicas: 4, spec: {minReadySeconds: 60}})],
    pods: [
      member(0, 'a'),
      member(1, 'a', ready(), terminating(-10)),
      member(2, 'b', ready(30), {metadata: {creationTimestamp: ago(100)}}),
      member(3, 'b', ready(300), {metadata: {creationTimestamp: ago(340)}}),
      member(7, 'a'),
    ],
  }

  test('counts are of the ordinals that should exist; a Pod that stops still serves, and is not counted on', () => {
    expect(rolled(facts).counts).toEqual({desired: 4, updated: 2, ready: 4, available: 2})
  })

  test('revisions are what Pods really are of, most of them first', () => {
    const {revisions, currentRevision, updateRevision} = rolled(facts)
    expect({revisions, currentRevision, updateRevision}).toEqual({
      revisions: [
        {name: 'web-a', pods: 3},
        {name: 'web-b', pods: 2},
      ],
      currentRevision: 'web-a',
      updateRevision: 'web-b',
    })
  })

  test('the pace is between Pods of the update revision; what somebody deleted moved when deleted', () => {
    expect(rolled(facts).pace).toEqual({lastStepAt: ago(20), secondsPerPod: 240})
    expect(rolled(facts).since).toBe(ago(20))
  })

  test.for<[string, readonly number[], number | null]>([
    ['of two times the shorter one', [300, 200, 40], 100],
    ['of four the lower middle one', [700, 400, 300, 280, 40], 100],
    ['two that were created at once are none', [300, 200, 200], 100],
    ['of all that were created at once, none', [200, 200, 200], null],
    ['a pause of six hours is none', [22_000, 400, 300], 100],
  ])('the pace: %s', ([, ages, secondsPerPod]) => {
    const pods = ages.map((seconds, index) =>
      member(index, 'b', ready(20), {metadata: {creationTimestamp: ago(seconds)}}),
    )
    expect(rolled({statefulSets: [rolling({replicas: 5})], pods}).pace?.secondsPerPod).toBe(secondsPerPod)
  })

  test('of one updated Pod no pace is known, and of none nothing is', () => {
    const paces = [[member(0, 'a'), member(1, 'b', ready(50))], []].map(
      (pods): RolledWorkload['pace'] => rolled({statefulSets: [rolling()], pods}).pace,
    )
    expect(paces).toEqual([{lastStepAt: ago(50), secondsPerPod: null}, null])
  })
})

test('the strategy, as far as this server heeds it', () => {
  const updateStrategy = {
    type: 'RollingUpdate',
    rollingUpdate: {partition: 1, maxUnavailable: '25%' as never},
  }
  const statefulSets = [rolling({spec: {...PARALLEL, updateStrategy, minReadySeconds: 5}})]
  const strategyOn = (version: string) => rolled({statefulSets, version}).updateStrategy
  expect(strategyOn('v1.37.1')).toEqual({
    type: 'RollingUpdate',
    podManagementPolicy: 'Parallel',
    partition: 1,
    maxUnavailable: '25%',
    maxSurge: null,
    honorsMaxUnavailable: true,
    minReadySeconds: 5,
  })
  expect(strategyOn('v1.36.0').honorsMaxUnavailable).toBe(false)
})
