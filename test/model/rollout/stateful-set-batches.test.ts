import {expect, test} from 'vitest'
import type {Pod} from '../../../src/model/objects.ts'
import type {PodAction, WaitReason} from '../../../src/model/rollout/next-step.ts'
import type {Observed} from '../../../src/model/snapshot.ts'
import {claim, pod} from '../../builders.ts'
import {created, gone, outcome, outcomeOf, PARALLEL, rolling, type State} from './set-state.ts'

const foreign = (ordinal: number): Partial<Observed> => ({
  pods: [pod({name: `web-${ordinal}`, set: 'other'})],
})
const claimOf = (ordinal: number, metadata: Pod['metadata']): Partial<Observed> => {
  const name = `data-web-${ordinal}`
  return {persistentVolumeClaims: [claim({name, metadata: {name, namespace: 'shop', ...metadata}})]}
}
const terminating = (ordinal: number) => claimOf(ordinal, {deletionTimestamp: '2026-05-01T11:00:00Z'})
const stale = (ordinal: number) =>
  claimOf(ordinal, {
    ownerReferences: [
      {apiVersion: 'v1', kind: 'Pod', name: `web-${ordinal}`, uid: 'earlier', controller: true},
    ],
  })
const DELETING = {
  ...PARALLEL,
  persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete', whenDeleted: 'Retain'},
} satisfies State['spec']

type Case = readonly [string, State, readonly PodAction[], (readonly [WaitReason, string?])?]

/** Of eight Pods: 0, 1-2, 3-6, 7. */
const batches: readonly Case[] = [
  [
    'in the first batch nothing is created',
    {replicas: 8, pods: '', others: foreign(0)},
    [],
    ['PodName', 'web-0'],
  ],
  ['in the second the other one is', {replicas: 8, pods: '', others: foreign(1)}, [created(0), created(2)]],
  ['… in either order', {replicas: 8, pods: '', others: foreign(2)}, [created(0), created(1)]],
  [
    'in the third three are',
    {replicas: 8, pods: '', others: foreign(4)},
    [0, 1, 2, 3, 5, 6].map((n) => created(n)),
  ],
  [
    'in the last all others are',
    {replicas: 8, pods: '', others: foreign(7)},
    [0, 1, 2, 3, 4, 5, 6].map((n) => created(n)),
  ],
  [
    'a claim that is terminating is one',
    {replicas: 4, pods: '', others: terminating(1)},
    [created(0), created(2)],
  ],
  [
    '… of a pending Pod as well',
    {replicas: 2, pods: 'A+ Bp', others: terminating(1)},
    [],
    ['Claim', 'web-1'],
  ],
  [
    'it ends a sync before anything is scaled down or updated',
    {replicas: 3, pods: 'A+ A+ 0 A+', others: foreign(2)},
    [],
    ['PodName', 'web-2'],
  ],
  [
    'a claim of an earlier Pod is none: scaling down goes on, and so does what the limit leaves room for',
    {
      replicas: 3,
      pods: 'A+ A+ 0 A+',
      strategy: rolling({maxUnavailable: 2}),
      spec: DELETING,
      others: stale(2),
    },
    [gone(3), gone(1)],
  ],
  [
    'before 1.27.4 all behind it wait',
    {replicas: 4, pods: '', others: foreign(1), version: 'v1.27.3', strategy: rolling()},
    [created(0)],
  ],
  [
    'before 1.27.4 a claim of an earlier Pod is one, too',
    {replicas: 3, pods: '', spec: DELETING, others: stale(1), version: 'v1.27.3', strategy: rolling()},
    [created(0)],
  ],
]

test.for(batches)('an error in a parallel set: %s', ([, state, actions, wait]) => {
  expect(outcomeOf({...state, spec: {...PARALLEL, ...state.spec}})).toEqual(outcome(actions, wait))
})
