import {expect, test} from 'vitest'
import type {PodAction, WaitReason} from '../../../src/model/rollout/next-step.ts'
import {created, gone, outcome, outcomeOf, PARALLEL, rolling, type State} from './set-state.ts'

type Case = readonly [string, State, readonly PodAction[], (readonly [WaitReason, string?])?]

const NO_LIMITS = {type: 'RollingUpdate'}

const together: readonly Case[] = [
  [
    'creates, scales down and updates in one sync',
    {replicas: 3, pods: 'A+ A+ 0 A+ A+', strategy: rolling({maxUnavailable: 2})},
    [created(2), gone(3), gone(4), gone(1)],
  ],
  [
    'takes away what is unready or terminating as well',
    {replicas: 1, pods: 'B+ B- B+T B-'},
    [gone(1), gone(3)],
  ],
  ['a failed old Pod is deleted once', {replicas: 2, pods: 'A+ AF'}, [gone(1)]],
  ['a Pod that leaves uses the limit up', {replicas: 3, pods: 'A+ A+ A+T'}, [], ['PodGone', 'web-2']],
  ['… of two the half', {replicas: 3, pods: 'A+ A+ A+T', strategy: rolling({maxUnavailable: 2})}, [gone(1)]],
  ['what is broken goes even so', {replicas: 3, pods: 'A- A+ A+T'}, [gone(0)]],
  [
    'what is not yet available is broken',
    {replicas: 3, pods: 'A~ A+ A+', spec: {minReadySeconds: 60}},
    [gone(0)],
  ],
  [
    'what is broken below the partition stays',
    {replicas: 3, pods: 'A- A+ A+', strategy: rolling({partition: 1, maxUnavailable: 1})},
    [],
    ['PodReady', 'web-0'],
  ],
  [
    '… and uses up one',
    {replicas: 4, pods: 'A- A+ A+ A+', strategy: rolling({partition: 1, maxUnavailable: 2})},
    [gone(3)],
  ],
  [
    '1.35.2 counts what is broken and old',
    {replicas: 3, pods: 'A- A+ A+', version: 'v1.35.2'},
    [],
    ['PodReady', 'web-0'],
  ],
  [
    '… and takes the highest',
    {replicas: 3, pods: 'A- A+ A+', version: 'v1.35.2', strategy: rolling({maxUnavailable: 2})},
    [gone(2)],
  ],
  [
    '1.33.0 looks at no lower one',
    {replicas: 3, pods: 'A- A+ A+', version: 'v1.33.0', strategy: rolling()},
    [gone(2)],
  ],
  [
    '1.33.0 does not wait for minReadySeconds',
    {replicas: 2, pods: 'A+ B~', version: 'v1.33.0', strategy: rolling(), spec: {minReadySeconds: 60}},
    [gone(0)],
  ],
  [
    '1.34.0 does',
    {replicas: 2, pods: 'A+ B~', version: 'v1.34.0', strategy: rolling(), spec: {minReadySeconds: 60}},
    [],
    ['PodAvailable', 'web-1'],
  ],
  [
    '1.37.1 has a limit of one where rollingUpdate is missing',
    {replicas: 3, pods: 'A- A+ A+', strategy: NO_LIMITS},
    [gone(0)],
  ],
  [
    '… and so has 1.35.2',
    {replicas: 3, pods: 'A- A+ A+', strategy: NO_LIMITS, version: 'v1.35.2'},
    [],
    ['PodReady', 'web-0'],
  ],
]

test.for(together)('a parallel set: %s', ([, state, actions, wait]) => {
  expect(outcomeOf({...state, spec: {...PARALLEL, ...state.spec}})).toEqual(outcome(actions, wait))
})
