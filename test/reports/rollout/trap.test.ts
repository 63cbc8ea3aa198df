import {describe, expect, test} from 'vitest'
import {node} from '../../builders.ts'
import {lostNode} from '../../builders-daemon.ts'
import {
  ago,
  judged,
  member,
  PARALLEL,
  pending,
  type Rolled,
  ready,
  rolled,
  rolling,
  terminating,
  unready,
} from './rollouts.ts'

const PULLS = "Image <unknown> can't be pulled (web-0, container main)"
const RUNS = 'Container main of web-0 runs and is not ready'
const TRAP = 'sts-ordered-revision-deadlock'
const OVERDUE = 'web-0 is still on node node-a after its grace period, and is not replaced before it is gone'
const others = [member(1, 'a'), member(2, 'a')]
const broken = unready(20, 'ImagePullBackOff')

/** `web-0` is of the revision that nobody wants any more; what is told of it holds the set up. */
function trapped(status = broken, pod: object = {}, facts: Rolled = {}): Rolled {
  const set = rolling({status: {updateRevision: 'web-a'}})
  return {statefulSets: [set], pods: [member(0, 'b', status, pod), ...others], ...facts}
}

test('a bad revision was taken back, and the Pod that has it stays: that is named at once', () => {
  const {state, reason, since, blockedBy, next} = rolled(trapped())
  expect({state, reason, since, blockedBy, next}).toEqual({
    state: 'Stalled',
    reason: PULLS,
    since: ago(20),
    blockedBy: {
      ordinal: 0,
      nodeName: 'node-a',
      pod: 'web-0',
      status: 'ImagePullBackOff',
      since: ago(20),
      message: PULLS,
      findings: [
        {
          role: 'cause',
          id: TRAP,
          severity: 'error',
          message:
            'The controller waits for web-0 to become ready before it recreates it at revision web-a (kubernetes#67250)',
          object: {kind: 'Pod', namespace: 'shop', name: 'web-0'},
          since: ago(20),
          evidence: [
            'pod/web-0 ImagePullBackOff, not ready',
            'pod/web-0 label controller-revision-hash=web-b',
            'statefulset/web podManagementPolicy OrderedReady, updateRevision web-a',
          ],
          selfHealing: 'no',
          remedy: {
            look: [
              'kubectl describe pod -n shop web-0',
              'kubectl get controllerrevisions -n shop web-a -o yaml',
            ],
            act: [
              {
                text: 'if revision web-a is good, for web-0 comes back at it, and web-0 is not about to recover: delete it; a further ordinal that is trapped needs the same',
                commands: ['kubectl delete pod -n shop web-0'],
              },
            ],
            avoid: expect.stringMatching(/^add --force/),
            risk: 'web-0 is down until it is back; its claims stay',
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
  expect(blockedBy?.findings.map(({id, evidence}) => [id, evidence[2]])).toEqual([
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
      'Container main of web-0 crashes (how it terminated is not known; not restarted yet)',
      'crash-loop',
    ],
    [
      'it is of a revision that was replaced by a fixed one, and its container fails',
      {...trapped(), statefulSets: [rolling({status: {currentRevision: 'web-a', updateRevision: 'web-c'}})]},
      PULLS,
      'image-pull-backoff',
    ],
    ['it only is not ready, for too long', trapped(unready(601)), RUNS, 'readiness-failing'],
    [
      'no node is found for it, for too long',
      trapped(pending(301), {spec: {nodeName: ''}}),
      'The scheduler refuses the Pod for a reason that only its own text tells (web-0 is pending)',
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

  test.for<[string, Rolled, ReturnType<typeof judged>]>([
    [
      'a parallel set of 1.37',
      trapped(broken, {}, set(PARALLEL)),
      ['Progressing', null, ['image-pull-backoff']],
    ],
    [
      'a parallel set that heeds no maxUnavailable',
      trapped(broken, {}, {...set(PARALLEL), version: 'v1.34.0'}),
      ['Progressing', null, ['image-pull-backoff']],
    ],
    [
      'OnDelete, where nobody else than a person replaces Pods',
      trapped(broken, {}, set({updateStrategy: {type: 'OnDelete'}})),
      ['Progressing', PULLS, ['image-pull-backoff', 'sts-ondelete-waiting']],
    ],
    [
      'the revision that it should be of',
      trapped(broken, {}, {...set({}, {updateRevision: 'web-b'}), pods: [member(0, 'b', broken), ...others]}),
      ['Progressing', PULLS, ['image-pull-backoff', 'sts-ordered-lower-ordinal-blocks']],
    ],
    ['it is about to go', trapped(broken, terminating(-10)), ['Progressing', null, ['term-grace-period']]],
    [
      'it is overdue to go',
      trapped(broken, terminating(40)),
      ['Progressing', OVERDUE, ['term-grace-period']],
    ],
    [
      'it is overdue to go, and for too long',
      trapped(broken, terminating(121)),
      ['Stalled', OVERDUE, ['term-grace-period']],
    ],
    ['it has failed', trapped({...broken, phase: 'Failed'}), ['Progressing', null, []]],
    ['it is ready', trapped(ready()), ['Progressing', null, []]],
    ['it only starts', trapped(unready(20, 'ContainerCreating')), ['Progressing', null, []]],
    ['it runs, and is not ready yet', trapped(unready(200)), ['Progressing', RUNS, ['readiness-failing']]],
    ['it is not there', trapped(broken, {}, {pods: others}), ['Progressing', null, []]],
    [
      'its node is gone: it is collected within a minute and recreated',
      trapped(unready(50), {}, {nodes: [node({name: 'other'})]}),
      ['Progressing', 'Node node-a no longer exists (web-0 was on it)', ['term-node-object-gone']],
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
      [
        'Progressing',
        'Container main of web-0 crashes (how it terminated is not known; restarted 1 time)',
        ['crash-loop'],
      ],
    ],
    [
      'it is of the update revision, below the partition, and is tried again',
      belowPartition(broken),
      ['Progressing', PULLS, ['image-pull-backoff', 'sts-partition-raised-after-update']],
    ],
    [
      'its node is lost, whatever its revision',
      trapped(unready(90, 'CrashLoopBackOff', 9), {}, {nodes: [lostNode('node-a')]}),
      [
        'Stalled',
        "Node node-a is not ready, so web-0 can't work there; its eviction is due, and has not come: evictions may be paused because too many nodes are lost",
        ['node-notready-not-evicted'],
      ],
    ],
    [
      'its startup probe leaves it another half hour',
      trapped(unready(1800), {
        spec: {containers: [{name: 'main', startupProbe: {periodSeconds: 60, failureThreshold: 60}}]},
      }),
      ['Progressing', RUNS, ['readiness-failing']],
    ],
    [
      'it is slow, and nothing is wrong but the time',
      trapped(unready(301)),
      ['Progressing', RUNS, ['readiness-failing']],
    ],
    [
      'a node for it may come yet',
      trapped(pending(20), {spec: {nodeName: ''}}),
      [
        'Progressing',
        'The scheduler refuses the Pod for a reason that only its own text tells (web-0 is pending)',
        ['sched-unschedulable'],
      ],
    ],
  ])('%s', ([, facts, expected]) => {
    expect(judged(facts)).toEqual(expected)
  })
})
