import {describe, expect, test} from 'vitest'
import {claim, node, pod} from '../../builders.ts'
import {
  ago,
  first,
  judged,
  member,
  PARALLEL,
  pending,
  type Rolled,
  ready,
  refused,
  rolled,
  rolling,
  terminating,
  unready,
} from './rollouts.ts'

const silent = {type: 'Ready', status: 'Unknown', lastTransitionTime: ago(90)}
const withDeadNode = {nodes: [node({status: {conditions: [silent] as never}})]}
const stranger = pod({name: 'web-0', metadata: {creationTimestamp: ago(5), labels: {}, ownerReferences: []}})

const data = (ordinal: number) => [{name: 'data', persistentVolumeClaim: {claimName: `data-web-${ordinal}`}}]

describe('stalled', () => {
  test.for<[string, Rolled, string, readonly string[]]>([
    [
      'an image that is no name',
      first(unready(1, 'InvalidImageName')),
      'Image <unknown> has a name that no registry could have (web-0, container main)',
      ['image-invalid-name'],
    ],
    [
      'an image that is not on the node and may not be pulled',
      first(unready(1, 'ErrImageNeverPull')),
      'Image <unknown> is not on the node or needs credentials there, and its pull policy is Never (web-0, container main)',
      ['image-never-pull'],
    ],
    [
      'retried for more than 120 s',
      first(unready(121, 'ImagePullBackOff')),
      "Image <unknown> can't be pulled (web-0, container main)",
      ['image-pull-backoff'],
    ],
    [
      'five restarts in less than ten minutes each',
      first(unready(1, 'CrashLoopBackOff', 5), {metadata: {creationTimestamp: ago(2999)}}),
      'Container main of web-0 crashes (how it terminated is not known; restarted 5 times)',
      ['crash-loop'],
    ],
    [
      'silent for more than ten minutes',
      first(unready(601)),
      'Container main of web-0 runs and is not ready',
      ['readiness-failing'],
    ],
    [
      'no node for more than 300 s',
      first(pending(301), {spec: {nodeName: ''}}),
      'The scheduler refuses the Pod for a reason that only its own text tells (web-0 is pending)',
      ['sched-unschedulable'],
    ],
    [
      'its grace period is over',
      first(ready(), terminating(31)),
      "Container main of web-0 still runs on node node-a, which is ready, so the Pod can't terminate",
      ['term-container-wont-die'],
    ],
    [
      'its node is lost',
      first(unready(90), {}, withDeadNode),
      "Node node-a is not ready, so web-0 can't work there; no NoExecute taint of the node evicts it",
      ['node-notready-not-evicted'],
    ],
    [
      'its name is taken',
      first(undefined, {}, {pods: [stranger]}),
      'A foreign Pod holds the name web-0: it has no controller, and its labels do not match the selector',
      ['sts-name-held-by-foreign-pod'],
    ],
    [
      'the API server has refused for more than 60 s',
      first(undefined, {}, {events: [refused(61)]}),
      'ResourceQuota few is used up (web-0 is not created)',
      ['create-quota-exceeded'],
    ],
    [
      'a claim that is being deleted is kept for more than 60 s',
      {
        statefulSets: [rolling({templates: ['data']})],
        pods: [1, 2].map((ordinal) => member(ordinal, 'b', ready(), {spec: {volumes: data(ordinal)}})),
        persistentVolumeClaims: [
          claim({metadata: {deletionTimestamp: ago(61)}}),
          claim({name: 'data-web-1'}),
          claim({name: 'data-web-2'}),
        ],
      },
      'Claim data-web-0 is being deleted (web-0 is not created)',
      ['create-pvc-being-deleted'],
    ],
    [
      'one that is condemned does not terminate',
      {
        statefulSets: [rolling({replicas: 2})],
        pods: [member(0, 'b'), member(1, 'b'), member(2, 'b', ready(), terminating(31))],
      },
      "Container main of web-2 still runs on node node-a, which is ready, so the Pod can't terminate",
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

  test.for<[string, Rolled, string, readonly string[]]>([
    [
      'goes on while one of two that use it up only starts',
      within(unready(20, 'ContainerCreating')),
      'Progressing',
      [],
    ],
    [
      'goes on while one of two is young in trouble',
      within(unready(20, 'ImagePullBackOff')),
      'Progressing',
      ['image-pull-backoff'],
    ],
    ['is stalled when both are', within(unready(200, 'ImagePullBackOff')), 'Stalled', ['image-pull-backoff']],
  ])('%s', ([, facts, status, others]) => {
    expect(judged(facts)).toEqual([
      status,
      'Container main of web-3 crashes (how it terminated is not known; not restarted yet)',
      ['crash-loop', ...others],
    ])
  })
})

const KEPT = 'example.com/keep'
const goingSince = (seconds: number, finalizer: string) =>
  rolling({metadata: {deletionTimestamp: ago(seconds), finalizers: [finalizer]}})

describe('a set that is being deleted', () => {
  const pods = [0, 1, 2].map((ordinal) => member(ordinal, 'b'))

  test('is stalled where a finalizer keeps it for long, since it was deleted', () => {
    const {state, since, findings} = rolled({statefulSets: [goingSince(4000, KEPT)], pods})
    expect([state, since]).toEqual(['Stalled', ago(4000)])
    expect(JSON.stringify(findings[0]?.remedy)).toContain(`finalizer ${KEPT}`)
  })

  test('goes on where it has just begun, or waits for Pods that have their time', () => {
    expect(rolled({statefulSets: [goingSince(2, KEPT)], pods}).state).toBe('Progressing')
    expect(rolled({statefulSets: [goingSince(2, 'foregroundDeletion')], pods}).state).toBe('Progressing')
  })
})
