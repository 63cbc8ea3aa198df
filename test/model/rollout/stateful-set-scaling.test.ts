import {expect, test} from 'vitest'
import type {PodAction, WaitReason} from '../../../src/model/rollout/next-step.ts'
import {created, gone, outcome, outcomeOf, type State} from './set-state.ts'

type Case = readonly [string, State, readonly PodAction[], (readonly [WaitReason, string?])?]

const START = {ordinals: {start: 2}}
const SLOW = {minReadySeconds: 60}

const scaling: readonly Case[] = [
  ['of two unready ones neither goes', {replicas: 1, pods: 'B+ B- B+ B-'}, [], ['PodReady', 'web-1']],
  ['a terminating one is waited for', {replicas: 1, pods: 'B+ B+ B+T'}, [], ['PodGone', 'web-2']],
  ['a lower terminating one is no obstacle to a ready one', {replicas: 1, pods: 'B+ B+T B+'}, [gone(2)]],
  ['a failed one goes if it is the only unready one', {replicas: 1, pods: 'B+ BF'}, [gone(1)]],
  [
    'nothing goes while a Pod that should be there is unready',
    {replicas: 1, pods: 'B- B+'},
    [],
    ['PodReady', 'web-0'],
  ],
  ['nothing goes while a Pod is missing', {replicas: 2, pods: 'B+ 0 B+'}, [created(1)]],
  ['no update comes before it', {replicas: 2, pods: 'A+ A+ A+'}, [gone(2)]],
  [
    '1.34.0 takes one that is not yet available',
    {replicas: 1, pods: 'B+ B~', spec: SLOW, version: 'v1.34.0'},
    [gone(1)],
  ],
  [
    '1.33.0 waits for it',
    {replicas: 1, pods: 'B+ B~', spec: SLOW, version: 'v1.33.0'},
    [],
    ['PodAvailable', 'web-1'],
  ],
  [
    'below a start that has moved the highest goes first',
    {replicas: 2, pods: 'A+ A+ B+ B+', spec: START},
    [gone(1)],
  ],
  [
    'what is above the range goes before what is below it',
    {replicas: 2, pods: 'A+ A+ B+ B+ B+', spec: START},
    [gone(4)],
  ],
  ['replicas 0 takes all', {replicas: 0, pods: 'A+ A+'}, [gone(1)]],
]

test.for(scaling)('scaling down: %s', ([, state, actions, wait]) => {
  expect(outcomeOf(state)).toEqual(outcome(actions, wait))
})
