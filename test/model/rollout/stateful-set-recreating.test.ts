import {expect, test} from 'vitest'
import type {PodAction, WaitReason} from '../../../src/model/rollout/next-step.ts'
import {created, gone, outcome, outcomeOf, PARALLEL, type State} from './set-state.ts'

type Case = readonly [string, State, readonly PodAction[], (readonly [WaitReason, string?])?]

const RECREATE = {type: 'Recreate'}

const recreating: readonly Case[] = [
  ['every old Pod goes at once', {replicas: 3, pods: 'A+ A- B+'}, [gone(0), gone(1)]],
  ['… those that are too many as well', {replicas: 1, pods: 'A+ A+ B+'}, [gone(0), gone(1)]],
  ['… but none that is terminating', {replicas: 2, pods: 'A+ A+T'}, [gone(0)]],
  ['nothing is created before the last is gone', {replicas: 3, pods: '0 A+T B+'}, [], ['PodGone', 'web-1']],
  ['then one after the other is created', {replicas: 3, pods: '0 0 B+'}, [created(0)]],
  ['… or all at once', {replicas: 3, pods: '0 0 B+', spec: PARALLEL}, [created(0), created(1)]],
  ['nothing is left to do', {replicas: 2, pods: 'B+ B+'}, []],
]

test.for(recreating)('Recreate: %s', ([, state, actions, wait]) => {
  expect(outcomeOf({...state, strategy: RECREATE})).toEqual(outcome(actions, wait))
})
