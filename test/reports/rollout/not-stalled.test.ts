import {describe, expect, test} from 'vitest'
import {claim, node, pendingClaim, storageClass} from '../../builders.ts'
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
  rolling,
  terminating,
  unready,
} from './rollouts.ts'

const RUNS = 'Container main of web-0 runs and is not ready'
const [b1, b2] = [member(1, 'b'), member(2, 'b')]

/** An immediate claim that was created so long ago, and the Pod that was refused because of it. */
function unbound(seconds: number): Rolled {
  const volumes = [{name: 'data', persistentVolumeClaim: {claimName: 'data-web-0'}}]
  const status = pending(seconds, 'pod has unbound immediate PersistentVolumeClaims')
  const facts = first(status, {
    spec: {nodeName: '', volumes},
    metadata: {creationTimestamp: ago(seconds + 10)},
  })
  const claims = [pendingClaim({metadata: {creationTimestamp: ago(seconds)}})]
  return {...facts, persistentVolumeClaims: claims, storageClasses: [storageClass()]}
}

function ofEarlierPod(): Rolled {
  const ownerReferences = [{apiVersion: 'v1', kind: 'Pod', name: 'web-0', uid: 'earlier'}]
  const spec = {persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete'}}
  const names = ['data-web-1', 'data-web-2']
  return {
    statefulSets: [rolling({templates: ['data'], spec})],
    pods: names.map((claimName, index) =>
      member(index + 1, 'b', ready(), {
        spec: {volumes: [{name: 'data', persistentVolumeClaim: {claimName}}]},
      }),
    ),
    persistentVolumeClaims: [claim({metadata: {ownerReferences}}), ...names.map((name) => claim({name}))],
  }
}

describe('not stalled, for it may move by itself', () => {
  test.for<[string, Rolled, string | null, readonly string[]]>([
    [
      'retried for 120 s',
      first(unready(120, 'ImagePullBackOff')),
      "Image <unknown> can't be pulled (web-0, container main)",
      ['image-pull-backoff'],
    ],
    [
      'four restarts',
      first(unready(20, 'CrashLoopBackOff', 4)),
      'Container main of web-0 crashes (how it terminated is not known; restarted 4 times)',
      ['crash-loop'],
    ],
    [
      'five restarts in ten minutes each',
      first(unready(20, 'CrashLoopBackOff', 5), {metadata: {creationTimestamp: ago(3000)}}),
      'Container main of web-0 crashes (how it terminated is not known; restarted 5 times)',
      ['crash-loop'],
    ],
    ['not ready for a minute, without a sign', first(unready(60)), null, ['readiness-failing']],
    ['not ready for five minutes, without a sign', first(unready(300)), RUNS, ['readiness-failing']],
    ['not ready for ten minutes, without a sign', first(unready(600)), RUNS, ['readiness-failing']],
    [
      'a startup probe allows an hour, and it has had half of it',
      first(unready(1800), {
        spec: {containers: [{name: 'main', startupProbe: {periodSeconds: 60, failureThreshold: 60}}]},
      }),
      RUNS,
      ['readiness-failing'],
    ],
    [
      'no node for 300 s',
      first(pending(300), {spec: {nodeName: ''}}),
      'The scheduler refuses the Pod for a reason that only its own text tells (web-0 is pending)',
      ['sched-unschedulable'],
    ],
    ['its volume is being provisioned', unbound(14), null, ['sched-unbound-immediate-pvc']],
    [
      'its volume should have been provisioned by now',
      unbound(15),
      'Claim data-web-0 is not bound (web-0 is pending)',
      ['sched-unbound-immediate-pvc'],
    ],
    ['it has grace period left', first(ready(), terminating(-20)), null, ['term-grace-period']],
    ['it has just used up its grace period', first(ready(), terminating(30)), null, ['term-grace-period']],
    [
      'its node has been collected, and so will it be',
      first(unready(90), {}, {nodes: [node({name: 'other'})]}),
      'Node node-a no longer exists (web-0 was on it)',
      ['term-node-object-gone'],
    ],
    [
      'the API server has refused for 60 s',
      first(undefined, {}, {events: [refused(60)]}),
      'ResourceQuota few is used up (web-0 is not created)',
      ['create-quota-exceeded'],
    ],
    [
      'its claim belongs to an earlier Pod of that name, until the garbage collector deletes it',
      ofEarlierPod(),
      'Claim data-web-0 belongs to an earlier Pod, and web-0 is created only after the garbage collector has deleted it',
      ['create-pvc-stale-owner'],
    ],
    [
      'it has been created since it was refused',
      first(
        undefined,
        {},
        {
          events: [
            refused(600, {lastTimestamp: ago(60)}),
            refused(0, {
              reason: 'SuccessfulCreate',
              message: 'create Pod web-0 in StatefulSet web successful',
            }),
          ],
        },
      ),
      null,
      [],
    ],
    [
      'a parallel set of 1.37 replaces a broken old one itself',
      {
        statefulSets: [rolling({spec: PARALLEL})],
        pods: [member(0, 'a', unready(3600, 'CrashLoopBackOff', 9)), b1, b2],
      },
      null,
      ['crash-loop'],
    ],
  ])('%s', ([, facts, message, ids]) => {
    expect(judged(facts)).toEqual(['Progressing', message, ids])
  })
})
