import {expect, test} from 'vitest'
import type {PodAction, WaitReason} from '../../../src/model/rollout/next-step.ts'
import {pod} from '../../builders.ts'
import {created, gone, outcome, outcomeOf, rolling, type State} from './set-state.ts'

type Case = readonly [string, State, readonly PodAction[], (readonly [WaitReason, string?])?]

const START = {ordinals: {start: 2}}
const orphan = pod({name: 'web-1'})
const ORPHAN = {...orphan, metadata: {...orphan.metadata, ownerReferences: []}}

const updating: readonly Case[] = [
  [
    'a partition counts from the start',
    {replicas: 2, pods: '0 0 A+ A+', spec: START, strategy: rolling({partition: 1})},
    [gone(3)],
  ],
  [
    '… and holds what is below',
    {replicas: 2, pods: '0 0 A+ B+', spec: START, strategy: rolling({partition: 1})},
    [],
    ['Partition'],
  ],
  [
    '… which is created from the current revision',
    {replicas: 2, pods: '0 0 0 B+', spec: START, strategy: rolling({partition: 1})},
    [created(2, 'A')],
  ],
  [
    'a percentage below one is one',
    {replicas: 3, pods: 'A+ A+ A+', strategy: rolling({maxUnavailable: '1%'})},
    [gone(2)],
  ],
  [
    'a percentage is of the replicas',
    {replicas: 5, pods: 'A+ A+ A+ A+ A+', strategy: rolling({maxUnavailable: '50%'})},
    [gone(4), gone(3)],
  ],
  [
    'without rollingUpdate those above currentReplicas are recreated',
    {replicas: 3, pods: 'A+ A+ 0', strategy: {type: 'RollingUpdate'}, status: {currentReplicas: 2}},
    [created(2)],
  ],
  [
    'OnDelete recreates what is missing',
    {replicas: 3, pods: 'A+ 0 A+', strategy: {type: 'OnDelete'}},
    [created(1)],
  ],
  ['nothing is left to do', {replicas: 2, pods: 'B+ B+'}, []],
  [
    'a Pod without owner that fits is adopted',
    {replicas: 2, pods: 'B+', update: 'A', others: {pods: [ORPHAN]}},
    [gone(1)],
  ],
]

test.for(updating)('updating: %s', ([, state, actions, wait]) => {
  expect(outcomeOf(state)).toEqual(outcome(actions, wait))
})
