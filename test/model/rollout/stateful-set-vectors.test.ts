import {expect, test} from 'vitest'
import type {PodAction, WaitReason} from '../../../src/model/rollout/next-step.ts'
import {claim} from '../../builders.ts'
import {created, gone, outcome, outcomeOf, PARALLEL, rolling, type State} from './set-state.ts'

/** Claim of web-2 that a Pod of the name owned that is gone. */
const STALE = claim({
  name: 'data-web-2',
  metadata: {
    name: 'data-web-2',
    namespace: 'shop',
    ownerReferences: [{apiVersion: 'v1', kind: 'Pod', name: 'web-2', uid: 'earlier', controller: true}],
  },
})
const DELETING = {
  persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete', whenDeleted: 'Retain'},
} satisfies State['spec']
const NO_LIMITS = {type: 'RollingUpdate'}
const REVERTED: State = {replicas: 3, pods: 'A+ A+ B-', update: 'A'}
const TWO = rolling({maxUnavailable: 2})
const HELD = rolling({partition: 2, maxUnavailable: 1})

/** The vectors of semantics.md 2.10: state, what one sync does, what it waits for. */
const cases: readonly [string, State, readonly PodAction[], (readonly [WaitReason, string?])?][] = [
  ['SS1: the next ordinal is created, one at a time', {replicas: 3, pods: 'B+'}, [created(1)]],
  ['SS2: a pending Pod is waited for', {replicas: 3, pods: 'B+ Bp'}, [], ['PodReady', 'web-1']],
  ['SS2: … by 1.20.2 as well', {replicas: 3, pods: 'B+ Bp', version: 'v1.20.2'}, [], ['PodReady', 'web-1']],
  [
    'SS3: Parallel creates all',
    {replicas: 3, pods: '', spec: PARALLEL},
    [created(0), created(1), created(2)],
  ],
  ['SS4: the highest one goes first', {replicas: 2, pods: 'B+ B+ B+ B+'}, [gone(3)]],
  [
    'SS5: none goes while a lower one is unready',
    {replicas: 2, pods: 'B+ B+ B- B-'},
    [],
    ['PodReady', 'web-2'],
  ],
  ['SS6: the only unready one goes', {replicas: 2, pods: 'B+ B+ B+ B-'}, [gone(3)]],
  ['SS7: a ready one goes before a lower unready one', {replicas: 2, pods: 'B+ B+ B- B+'}, [gone(3)]],
  ['SS8: an update begins at the top', {replicas: 3, pods: 'A+ A+ A+'}, [gone(2)]],
  ['SS9: reverting does not help an unready Pod', REVERTED, [], ['PodReady', 'web-2']],
  ['SS10: reverting helps with Parallel', {...REVERTED, spec: PARALLEL}, [gone(2)]],
  ['SS10: … in 1.34.0', {...REVERTED, spec: PARALLEL, version: 'v1.34.0', strategy: rolling()}, [gone(2)]],
  [
    'SS10: … in 1.36.2, which ignores the limit',
    {...REVERTED, spec: PARALLEL, version: 'v1.36.2'},
    [gone(2)],
  ],
  ['SS10: … but not in 1.35.2', {...REVERTED, spec: PARALLEL, version: 'v1.35.2'}, [], ['PodReady', 'web-2']],
  ['SS11: above the partition', {replicas: 4, pods: 'A+ A+ A+ A+', strategy: HELD}, [gone(3)]],
  ['SS11: one further', {replicas: 4, pods: 'A+ A+ A+ B+', strategy: HELD}, [gone(2)]],
  ['SS11: the rest is held', {replicas: 4, pods: 'A+ A+ B+ B+', strategy: HELD}, [], ['Partition']],
  ['SS12: below the partition at A', {replicas: 4, pods: '0 A+ B+ B+', strategy: HELD}, [created(0, 'A')]],
  ['SS12: above it at B', {replicas: 4, pods: 'A+ A+ B+ 0', strategy: HELD}, [created(3, 'B')]],
  ['SS13: without partition at B, and nothing else', {replicas: 3, pods: '0 A+ B+'}, [created(0, 'B')]],
  [
    'SS14: without rollingUpdate at A',
    {replicas: 3, pods: '0 A+ B+', strategy: NO_LIMITS, status: {currentReplicas: 2}},
    [created(0, 'A')],
  ],
  [
    'SS15: a start that has moved',
    {replicas: 2, pods: 'B+ 0 0 0 0 B+', spec: {ordinals: {start: 5}}},
    [created(6)],
  ],
  ['SS15: … and then', {replicas: 2, pods: 'B+ 0 0 0 0 B+ B+', spec: {ordinals: {start: 5}}}, [gone(0)]],
  ['SS16: a failed Pod goes', {replicas: 3, pods: 'B+ BF B+'}, [gone(1)]],
  ['SS16: … is waited for', {replicas: 3, pods: 'B+ BFT B+'}, [], ['PodGone', 'web-1']],
  ['SS16: … and created again', {replicas: 3, pods: 'B+ 0 B+'}, [created(1)]],
  [
    'SS16: … in the same pass of 1.26.0',
    {replicas: 3, pods: 'B+ BF B+', version: 'v1.26.0'},
    [gone(1), created(1)],
  ],
  ['SS17: a Pod that succeeded is deleted', {replicas: 1, pods: 'BS'}, [gone(0)]],
  ['SS17: … but not in 1.20.2', {replicas: 1, pods: 'BS', version: 'v1.20.2'}, [], ['PodReady', 'web-0']],
  ['SS18: two at a time', {replicas: 5, pods: 'A+ A+ A+ A+ A+', strategy: TWO}, [gone(4), gone(3)]],
  ['SS18: both leave', {replicas: 5, pods: 'A+ A+ A+ A+T A+T', strategy: TWO}, [], ['PodGone', 'web-3']],
  ['SS18: created again one by one', {replicas: 5, pods: 'A+ A+ A+ 0 0', strategy: TWO}, [created(3)]],
  [
    'SS18: … after the first is ready',
    {replicas: 5, pods: 'A+ A+ A+ B- 0', strategy: TWO},
    [],
    ['PodReady', 'web-3'],
  ],
  ['SS18: … the second', {replicas: 5, pods: 'A+ A+ A+ B+ 0', strategy: TWO}, [created(4)]],
  ['SS18: both are ready', {replicas: 5, pods: 'A+ A+ A+ B+ B+', strategy: TWO}, [gone(2), gone(1)]],
  [
    'SS18: … of which 1.36.2 knows nothing',
    {replicas: 5, pods: 'A+ A+ A+ A+ A+', strategy: TWO, version: 'v1.36.2'},
    [gone(4)],
  ],
  [
    'SS19: broken old Pods go first, and use the limit up',
    {replicas: 5, pods: 'A- A- A+ A+ A+', strategy: TWO, spec: PARALLEL},
    [gone(1), gone(0)],
  ],
  [
    'SS20: the claim of an earlier Pod',
    {replicas: 3, pods: 'B+ B+', spec: DELETING, others: {persistentVolumeClaims: [STALE]}},
    [],
    ['Claim', 'web-2'],
  ],
  ['SS20: … when it is gone', {replicas: 3, pods: 'B+ B+', spec: DELETING}, [created(2)]],
  [
    'SS21: ready is not yet available',
    {replicas: 2, pods: 'B~', spec: {minReadySeconds: 60}},
    [],
    ['PodAvailable', 'web-0'],
  ],
  ['SS21: … which 1.20.2 does not know', {replicas: 2, pods: 'B~', version: 'v1.20.2'}, [created(1)]],
  [
    'SS22: a percentage is rounded down',
    {replicas: 4, pods: 'A+ A+ A+ A+', strategy: rolling({maxUnavailable: '30%'})},
    [gone(3)],
  ],
]

test.for(cases)('%s', ([, state, actions, wait]) => {
  expect(outcomeOf(state)).toEqual(outcome(actions, wait))
})
