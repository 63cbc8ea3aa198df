import {describe, expect, test} from 'vitest'
import {node} from '../builders.ts'
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
const [b1, b2] = [member(1, 'b'), member(2, 'b')]

describe('not stalled, for it may move by itself', () => {
  test.for<[string, Rolled, string | null, readonly string[]]>([
    [
      'retried for 120 s',
      first(unready(120, 'ImagePullBackOff')),
      'web-0 ImagePullBackOff',
      ['image-pull-backoff', AT_TARGET],
    ],
    [
      'four restarts',
      first(unready(20, 'CrashLoopBackOff', 4)),
      'web-0 CrashLoopBackOff',
      ['crash-loop', AT_TARGET],
    ],
    [
      'five restarts in ten minutes each',
      first(unready(20, 'CrashLoopBackOff', 5), {metadata: {creationTimestamp: ago(3000)}}),
      'web-0 CrashLoopBackOff',
      ['crash-loop', AT_TARGET],
    ],
    ['not ready for five minutes, without a sign', first(unready(300)), null, []],
    [
      'not ready for ten minutes, without a sign',
      first(unready(600)),
      'web-0 Running, not ready',
      ['readiness-failing', AT_TARGET],
    ],
    [
      'a startup probe allows an hour, and it has had half of it',
      first(unready(1800), {
        spec: {containers: [{name: 'main', startupProbe: {periodSeconds: 60, failureThreshold: 60}}]},
      }),
      'web-0 Running, not ready',
      ['readiness-failing', AT_TARGET],
    ],
    [
      'no node for 300 s',
      first(unscheduled(300), {spec: {nodeName: ''}}),
      'web-0 is not scheduled: 0/1 nodes are available',
      ['sched-unschedulable', AT_TARGET],
    ],
    [
      'its volume is being made',
      first(unscheduled(14, 'pod has unbound immediate PersistentVolumeClaims'), {spec: {nodeName: ''}}),
      null,
      [],
    ],
    [
      'its volume should have been made by now',
      first(unscheduled(15, 'pod has unbound immediate PersistentVolumeClaims'), {spec: {nodeName: ''}}),
      'web-0 is not scheduled: pod has unbound immediate PersistentVolumeClaims',
      [AT_TARGET, 'sched-unbound-immediate-pvc'],
    ],
    ['it has time left to stop', first(ready(), leaving(-20)), null, []],
    ['it has just used up its time to stop', first(ready(), leaving(30)), null, []],
    [
      'its node has been collected, and so will it be',
      first(unready(90), {}, {nodes: [node({name: 'other'})]}),
      'web-0 was on node node-a, which no longer exists',
      ['term-node-object-gone', AT_TARGET],
    ],
    [
      'the API server has refused for 60 s',
      first(undefined, {}, {events: [refused(60)]}),
      'web-0 can\'t be made: pods "web-0" is forbidden: exceeded quota: few',
      ['create-quota-exceeded'],
    ],
    [
      'it has been made since it was refused',
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
      [],
    ],
  ])('%s', ([, facts, message, ids]) => {
    expect(judged(facts)).toEqual(['Progressing', message, ids])
  })
})
