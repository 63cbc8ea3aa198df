import {describe, expect, test} from 'vitest'
import {claim, node, pod} from '../builders.ts'
import {
  ago,
  first,
  judged,
  leaving,
  member,
  PARALLEL,
  type Rolled,
  ready,
  refused,
  rolling,
  unready,
  unscheduled,
} from './rollouts.ts'

const AT_TARGET = 'sts-blocked-by-unready-at-target'
const silent = {type: 'Ready', status: 'Unknown', lastTransitionTime: ago(90)}
const withDeadNode = {nodes: [node({status: {conditions: [silent] as never}})]}
const stranger = pod({name: 'web-0', metadata: {creationTimestamp: ago(5), labels: {}, ownerReferences: []}})

describe('stalled', () => {
  test.for<[string, Rolled, string, readonly string[]]>([
    [
      'an image that is no name',
      first(unready(1, 'InvalidImageName')),
      'web-0 InvalidImageName',
      ['image-invalid-name', AT_TARGET],
    ],
    [
      'an image that is not on the node and may not be pulled',
      first(unready(1, 'ErrImageNeverPull')),
      'web-0 ErrImageNeverPull',
      ['image-never-pull', AT_TARGET],
    ],
    [
      'retried for more than 120 s',
      first(unready(121, 'ImagePullBackOff')),
      'web-0 ImagePullBackOff',
      ['image-pull-backoff', AT_TARGET],
    ],
    [
      'five restarts in less than ten minutes each',
      first(unready(1, 'CrashLoopBackOff', 5), {metadata: {creationTimestamp: ago(2999)}}),
      'web-0 CrashLoopBackOff',
      ['crash-loop', AT_TARGET],
    ],
    [
      'silent for more than ten minutes',
      first(unready(601)),
      'web-0 Running, not ready',
      ['readiness-failing', AT_TARGET],
    ],
    [
      'no node for more than 300 s',
      first(unscheduled(301), {spec: {nodeName: ''}}),
      'web-0 is not scheduled: 0/1 nodes are available',
      ['sched-unschedulable', AT_TARGET],
    ],
    [
      'its time to stop is over',
      first(ready(), leaving(31)),
      'web-0 should have ended and has not',
      ['term-container-wont-die'],
    ],
    [
      'its node is lost',
      first(unready(90), {}, withDeadNode),
      "web-0 can't run: node node-a is not ready",
      ['node-notready-not-evicted', AT_TARGET],
    ],
    [
      'its name is taken',
      first(undefined, {}, {pods: [stranger]}),
      "web-0 can't be made: Pod shop/web-0 has its name and is not the set's",
      ['sts-name-held-by-foreign-pod'],
    ],
    [
      'the API server has refused for more than 60 s',
      first(undefined, {}, {events: [refused(61)]}),
      'web-0 can\'t be made: pods "web-0" is forbidden: exceeded quota: few',
      ['create-quota-exceeded'],
    ],
    [
      'a claim that is being deleted is kept for more than 60 s',
      first(
        undefined,
        {},
        {
          statefulSets: [rolling({templates: ['data']})],
          persistentVolumeClaims: [claim({metadata: {deletionTimestamp: ago(61)}})],
        },
      ),
      "web-0 can't be made: claim data-web-0 is being deleted",
      ['create-pvc-being-deleted'],
    ],
    [
      'one that is to go does not end',
      {
        statefulSets: [rolling({replicas: 2})],
        pods: [member(0, 'b'), member(1, 'b'), member(2, 'b', ready(), leaving(31))],
      },
      'web-2 should have ended and has not',
      ['term-container-wont-die'],
    ],
  ])('%s', ([, facts, message, ids]) => {
    expect(judged(facts)).toEqual(['Stalled', message, ids])
  })
})

describe('a parallel set within its budget', () => {
  const rollingUpdate = {partition: 0, maxUnavailable: 2 as never}
  const spec = {...PARALLEL, updateStrategy: {type: 'RollingUpdate', rollingUpdate}}
  const within = (next: Parameters<typeof member>[2]): Rolled => ({
    statefulSets: [rolling({replicas: 4, spec})],
    pods: [
      member(0, 'a'),
      member(1, 'a'),
      member(2, 'b', next),
      member(3, 'b', unready(600, 'CrashLoopBackOff')),
    ],
  })

  test.for<[string, Rolled, string]>([
    [
      'goes on while one of two that use it up only starts',
      within(unready(20, 'ContainerCreating')),
      'Progressing',
    ],
    ['goes on while one of two is young in trouble', within(unready(20, 'ImagePullBackOff')), 'Progressing'],
    ['is stalled when both are', within(unready(200, 'ImagePullBackOff')), 'Stalled'],
  ])('%s', ([, facts, status]) => {
    expect(judged(facts)).toEqual([
      status,
      'web-3 CrashLoopBackOff',
      ['crash-loop', 'sts-parallel-waits-for-updated'],
    ])
  })
})
