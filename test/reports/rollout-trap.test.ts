import {describe, expect, test} from 'vitest'
import {node} from '../builders.ts'
import {lostNode} from '../builders-daemon.ts'
import {
  ago,
  judged,
  leaving,
  member,
  PARALLEL,
  type Rolled,
  ready,
  rolled,
  rolling,
  unready,
  unscheduled,
} from './rollouts.ts'

const TRAP = 'sts-ordered-revision-deadlock'
const others = [member(1, 'a'), member(2, 'a')]
const broken = unready(20, 'ImagePullBackOff')

/** `web-0` is of the revision that nobody wants any more; what is told of it holds the set up. */
function trapped(status = broken, pod: object = {}, facts: Rolled = {}): Rolled {
  const set = rolling({status: {updateRevision: 'web-a'}})
  return {statefulSets: [set], pods: [member(0, 'b', status, pod), ...others], ...facts}
}

test('a bad revision was taken back, and the Pod that has it stays: that is named at once', () => {
  const {status, reason, since, blockedBy, next} = rolled(trapped())
  expect({status, reason, since, blockedBy, next}).toEqual({
    status: 'Stalled',
    reason: 'web-0 ImagePullBackOff',
    since: ago(20),
    blockedBy: {
      ordinal: 0,
      nodeName: 'node-a',
      pod: 'web-0',
      status: 'ImagePullBackOff',
      since: ago(20),
      message: 'web-0 ImagePullBackOff',
      findings: [
        {
          id: TRAP,
          severity: 'error',
          message:
            'web-0 of revision web-b does not become ready, and until it does, StatefulSet shop/web does not make it anew at web-a (kubernetes#67250)',
          object: {kind: 'Pod', namespace: 'shop', name: 'web-0'},
          since: ago(20),
          evidence: [
            'pod/web-0 ImagePullBackOff, not ready, label controller-revision-hash=web-b',
            'statefulset/web podManagementPolicy OrderedReady, updateRevision web-a',
          ],
          selfHealing: 'no',
          remedy: {
            commands: ['kubectl delete pod -n shop web-0'],
            advice:
              'see first that revision web-a is good: web-0 comes back at it; a further ordinal that is trapped needs the same',
            danger: 'web-0 is down until it is back; its claims stay',
            rung: 2,
          },
        },
        expect.objectContaining({id: 'image-pull-backoff', since: ago(20)}),
      ],
    },
    next: {
      actions: [],
      choose: null,
      waitsFor: {reason: 'PodReady', message: 'web-0 to become ready', pod: 'web-0', ordinal: 0},
    },
  })
})

/** `web-0` is of the update revision, and the partition wants the current one for it. */
function belowPartition(status: typeof broken, facts: Rolled = {}): Rolled {
  const updateStrategy = {type: 'RollingUpdate', rollingUpdate: {partition: 2}}
  return {
    statefulSets: [rolling({spec: {updateStrategy}})],
    pods: [member(0, 'b', status), ...others],
    ...facts,
  }
}

test('below the partition the revision to come back at is the current one', () => {
  const {blockedBy} = rolled(belowPartition(unready(121, 'ImagePullBackOff')))
  expect(blockedBy?.findings.map(({id, evidence}) => [id, evidence[1]])).toEqual([
    [TRAP, 'statefulset/web podManagementPolicy OrderedReady, currentRevision web-a'],
    ['image-pull-backoff', undefined],
  ])
})

describe('the trap, however its Pod is in trouble', () => {
  test.for<[string, Rolled, string, string]>([
    [
      'it is of the current revision, and is retried for too long',
      {
        statefulSets: [rolling()],
        pods: [member(0, 'a', unready(121, 'CrashLoopBackOff')), member(1, 'a'), member(2, 'b')],
      },
      'web-0 CrashLoopBackOff',
      'crash-loop',
    ],
    [
      'it is of a revision that was mended forward, and its container fails',
      {...trapped(), statefulSets: [rolling({status: {currentRevision: 'web-a', updateRevision: 'web-c'}})]},
      'web-0 ImagePullBackOff',
      'image-pull-backoff',
    ],
    [
      'it only is not ready, for too long',
      trapped(unready(601)),
      'web-0 Running, not ready',
      'readiness-failing',
    ],
    [
      'no node is found for it, for too long',
      trapped(unscheduled(301), {spec: {nodeName: ''}}),
      'web-0 is not scheduled: 0/1 nodes are available',
      'sched-unschedulable',
    ],
  ])('%s', ([, facts, message, cause]) => {
    expect(judged(facts)).toEqual(['Stalled', message, [TRAP, cause]])
  })
})

describe('not the trap', () => {
  const set = (spec: object, status: object = {}) => ({
    statefulSets: [rolling({spec, status: {updateRevision: 'web-a', ...status}})],
  })
  const notReady = 'web-0 ImagePullBackOff'

  test.for<[string, Rolled, ReturnType<typeof judged>]>([
    ['a parallel set of 1.37', trapped(broken, {}, set(PARALLEL)), ['Progressing', null, []]],
    [
      'a parallel set that heeds no maxUnavailable',
      trapped(broken, {}, {...set(PARALLEL), version: 'v1.34.0'}),
      ['Progressing', null, []],
    ],
    [
      'OnDelete, where nobody else than a person replaces Pods',
      trapped(broken, {}, set({updateStrategy: {type: 'OnDelete'}})),
      ['Progressing', notReady, ['image-pull-backoff', 'sts-ondelete-waiting']],
    ],
    [
      'the revision that it should be of',
      trapped(broken, {}, {...set({}, {updateRevision: 'web-b'}), pods: [member(0, 'b', broken), ...others]}),
      ['Progressing', notReady, ['image-pull-backoff', 'sts-ordered-lower-ordinal-blocks']],
    ],
    ['it is about to go', trapped(broken, leaving(-10)), ['Progressing', null, []]],
    [
      'it is overdue to go',
      trapped(broken, leaving(40)),
      ['Stalled', 'web-0 should have ended and has not', ['term-grace-period']],
    ],
    ['it has failed', trapped({...broken, phase: 'Failed'}), ['Progressing', null, []]],
    ['it is ready', trapped(ready()), ['Progressing', null, []]],
    ['it only starts', trapped(unready(20, 'ContainerCreating')), ['Progressing', null, []]],
    ['it runs, and is not ready yet', trapped(unready(200)), ['Progressing', null, []]],
    ['it is not there', trapped(broken, {}, {pods: others}), ['Progressing', null, []]],
    [
      'its node is gone: it is collected within a minute and made anew',
      trapped(unready(50), {}, {nodes: [node({name: 'other'})]}),
      ['Progressing', 'web-0 was on node node-a, which no longer exists', ['term-node-object-gone']],
    ],
    [
      'the rollout has not come to it yet, and it crashed once: it is tried again in ten seconds',
      trapped(
        undefined,
        {},
        {
          statefulSets: [rolling()],
          pods: [member(0, 'a', unready(5, 'CrashLoopBackOff', 1)), member(1, 'a'), member(2, 'b')],
        },
      ),
      ['Progressing', 'web-0 CrashLoopBackOff', ['crash-loop']],
    ],
    [
      'it is of the update revision, below the partition, and is tried again',
      belowPartition(broken),
      ['Progressing', notReady, ['image-pull-backoff', 'sts-partition-raised-after-update']],
    ],
    [
      'its node is lost, whatever its revision',
      trapped(unready(90, 'CrashLoopBackOff', 9), {}, {nodes: [lostNode('node-a')]}),
      [
        'Stalled',
        "web-0 can't run: node node-a is not ready (Kubelet stopped posting node status.)",
        ['node-notready-not-evicted'],
      ],
    ],
    [
      'its startup probe leaves it another half hour',
      trapped(unready(1800), {
        spec: {containers: [{name: 'main', startupProbe: {periodSeconds: 60, failureThreshold: 60}}]},
      }),
      ['Progressing', 'web-0 Running, not ready', ['readiness-failing']],
    ],
    [
      'it is slow, and nothing is wrong but the time',
      trapped(unready(301)),
      ['Progressing', 'web-0 Running, not ready', ['readiness-failing']],
    ],
    [
      'a node for it may come yet',
      trapped(unscheduled(20), {spec: {nodeName: ''}}),
      ['Progressing', 'web-0 is not scheduled: 0/1 nodes are available', ['sched-unschedulable']],
    ],
  ])('%s', ([, facts, expected]) => {
    expect(judged(facts)).toEqual(expected)
  })
})
