import {expect, test} from 'vitest'
import type {Wait} from '../../../src/model/rollout/next-step.ts'
import {claim, claimTemplate, pod} from '../../builders.ts'
import {factsOf, nextOf, rolling, type State} from './set-state.ts'

const ON_DELETE = {type: 'OnDelete'}
const HELD = rolling({partition: 2, maxUnavailable: 1})
const TERMINATING = claim({
  name: 'data-web-1',
  metadata: {name: 'data-web-1', namespace: 'shop', deletionTimestamp: '2026-05-01T11:00:00Z'},
})

const cases: readonly [string, State, Wait][] = [
  [
    'OnDelete: a person',
    {replicas: 2, pods: 'A+ B+', strategy: ON_DELETE},
    {reason: 'OnDelete', message: 'somebody to delete web-0'},
  ],
  [
    'OnDelete: several Pods',
    {replicas: 2, pods: 'A+ A+', strategy: ON_DELETE},
    {reason: 'OnDelete', message: 'somebody to delete 2 old Pods'},
  ],
  [
    'a partition',
    {replicas: 3, pods: 'A+ A+ B+', strategy: HELD},
    {reason: 'Partition', message: 'somebody to lower the partition: it holds 2 old Pods'},
  ],
  [
    'an unavailable Pod before a partition',
    {replicas: 3, pods: 'A+ A+ B-', strategy: HELD},
    {reason: 'PodReady', message: 'web-2 to become ready', pod: 'web-2', ordinal: 2},
  ],
  [
    'minReadySeconds, and until when',
    {replicas: 2, pods: 'B~', spec: {minReadySeconds: 60}},
    {
      reason: 'PodAvailable',
      message: 'web-0 to stay ready for minReadySeconds (60s)',
      pod: 'web-0',
      ordinal: 0,
      until: '2026-05-01T12:00:50Z',
    },
  ],
  [
    'a terminating Pod',
    {replicas: 2, pods: 'B+ B+T'},
    {reason: 'PodGone', message: 'web-1 to be gone', pod: 'web-1', ordinal: 1},
  ],
  [
    'a claim',
    {replicas: 2, pods: 'B+', others: {persistentVolumeClaims: [TERMINATING]}},
    {
      reason: 'Claim',
      message: 'claim data-web-1, which is being deleted, to be gone',
      pod: 'web-1',
      ordinal: 1,
    },
  ],
  [
    'a name that another Pod has',
    {replicas: 2, pods: 'B+', others: {pods: [pod({name: 'web-1', set: 'other'})]}},
    {
      reason: 'PodName',
      message: "the name web-1 to be free: Pod shop/web-1 is not the set's",
      pod: 'web-1',
      ordinal: 1,
    },
  ],
  [
    'a Pod without a volume of a template',
    {replicas: 2, pods: 'A+ A+', spec: {volumeClaimTemplates: [claimTemplate('data'), claimTemplate('log')]}},
    {
      reason: 'PodUpdate',
      message: "web-0 to be deleted: it lacks a volume of the set, and a Pod's volumes can't be changed",
      pod: 'web-0',
      ordinal: 0,
    },
  ],
  [
    'the set itself',
    {replicas: 2, pods: 'A+', metadata: {deletionTimestamp: '2026-05-01T11:59:00Z'}},
    {reason: 'SetDeletion', message: 'the set itself to be gone'},
  ],
]

test.for(cases)('a set waits for %s', ([, state, waitsFor]) => {
  expect(nextOf(state)).toEqual({actions: [], choose: null, waitsFor})
})

test('an unready Pod without a volume of a template is waited for first', () => {
  const spec = {volumeClaimTemplates: [claimTemplate('log')]}
  expect(nextOf({replicas: 1, pods: 'A-', spec}).waitsFor?.reason).toBe('PodReady')
})

test.for([
  ['whose newest generation nobody has looked at', {status: {observedGeneration: 0}}],
  ['without an update revision', {status: {updateRevision: undefined}}],
] as const)('nobody knows the next step of a set %s', ([, state]) => {
  expect(factsOf({replicas: 1, pods: 'A+', ...(state as Partial<State>)})).toBeUndefined()
})
