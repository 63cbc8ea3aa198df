import {expect, test} from 'vitest'
import {claim, containerStatus, event, healthy, NOW, pod} from '../../builders.ts'
import {revision} from '../../builders-daemon.ts'
import {why} from './whys.ts'

const ofPod = {kind: 'Pod', namespace: 'shop', name: 'web-0', uid: 'uid-web-0'}

function told(pods: ReturnType<typeof pod>[], events: ReturnType<typeof event>[] = []): readonly string[] {
  return why('pods', 'web-0', {...healthy(), pods, events})
    .timeline.filter(({object}) => object.kind === 'Pod')
    .map(({at, what, reason, text, count, isOfEarlier, isWarning}) =>
      [at.slice(11, 19), what, reason, isOfEarlier && 'earlier', text, count && `×${count}`, isWarning && '!']
        .filter(Boolean)
        .join(' '),
    )
}

test('everything is in one order, the oldest first', () => {
  const {timeline} = why('pods', 'web-0', {
    ...healthy(),
    events: [
      event('Scheduled', 'to node-a', {involvedObject: ofPod, firstTimestamp: '2026-05-01T10:00:01Z'}),
    ],
  })
  const times = timeline.map(({at}) => Date.parse(at))
  expect(times).toEqual(times.toSorted((left, right) => left - right))
  expect(new Set(timeline.map(({what}) => what))).toEqual(
    new Set(['Created', 'Condition', 'Started', 'Event']),
  )
})

test('a container tells how its last run terminated, and that the present one began', () => {
  const status = containerStatus({
    restartCount: 2,
    state: {running: {startedAt: '2026-05-01T11:00:05Z'}},
    lastState: {
      terminated: {exitCode: 137, reason: 'OOMKilled', finishedAt: '2026-05-01T11:00:00Z'},
    } as never,
  })
  expect(told([pod({status: {conditions: [], containerStatuses: [status]}})])).toEqual([
    '10:00:00 Created object created',
    '11:00:00 Restart container main terminated: OOMKilled, exit code 137; restarted 2 times so far !',
    '11:00:05 Started container main started',
  ])
})

test('one that has terminated for good says why', () => {
  const ended = {exitCode: 0, reason: 'Completed', finishedAt: '2026-05-01T11:00:00Z', message: 'all\ndone'}
  const status = containerStatus({state: {terminated: ended} as never})
  expect(told([pod({status: {conditions: [], containerStatuses: [status]}})]).at(-1)).toBe(
    '11:00:00 Finished container main terminated: Completed, exit code 0: all\ndone',
  )
})

test('a deletion stands where it was asked for, not where the grace period ends', () => {
  const metadata = {
    ...pod().metadata,
    deletionTimestamp: '2026-05-01T12:00:30Z',
    deletionGracePeriodSeconds: 60,
    finalizers: ['example.com/keep'],
  }
  expect(told([pod({metadata, status: {conditions: []}})]).at(-1)).toBe(
    '11:59:30 Deleted deletion requested, with a grace period of 60s, finalizer example.com/keep !',
  )
})

test('of conditions only Ready, and what is not as it should be, belong to the story', () => {
  const lastTransitionTime = '2026-05-01T11:00:00Z'
  const conditions = [
    {type: 'Initialized', status: 'True', lastTransitionTime},
    {type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'no', lastTransitionTime},
    {type: 'ContainersReady', status: 'False', lastTransitionTime},
    {type: 'Ready', status: 'True', lastTransitionTime},
    {type: 'DisruptionTarget', status: 'True', reason: 'Evicted', lastTransitionTime},
    {type: 'NoTime', status: 'True'},
  ]
  expect(told([pod({status: {conditions, containerStatuses: []}})]).slice(1)).toEqual([
    '11:00:00 Condition PodScheduled=False Unschedulable: no !',
    '11:00:00 Condition Ready=True',
    '11:00:00 Condition DisruptionTarget=True Evicted !',
  ])
})

test.for<[string, Partial<ReturnType<typeof event>>, string]>([
  [
    'the last time counts',
    {lastTimestamp: '2026-05-01T11:45:00Z', count: 31, type: 'Warning'},
    '11:45:00 Event BackOff again ×31 !',
  ],
  [
    'a series has its own',
    {
      eventTime: '2026-05-01T11:00:00.123456Z' as never,
      series: {count: 7, lastObservedTime: '2026-05-01T11:50:00.5Z' as never},
      count: undefined as never,
    },
    '11:50:00 Event BackOff again ×7',
  ],
  [
    'an event of the newer kind has only that time',
    {firstTimestamp: undefined as never, eventTime: '2026-05-01T11:20:00.1Z' as never, count: 1},
    '11:20:00 Event BackOff again',
  ],
  [
    'one about an earlier Pod of the name says so',
    {involvedObject: {...ofPod, uid: 'earlier'}, count: 1},
    '11:30:00 Event BackOff earlier again',
  ],
])('of an event: %s', ([, others, expected]) => {
  const about = event('BackOff', ' again\n', {involvedObject: ofPod, ...others})
  expect(told([pod({status: {conditions: [], containerStatuses: []}})], [about]).at(-1)).toBe(expected)
})

test('a time that is none is not in the order', () => {
  const metadata = {...pod().metadata, creationTimestamp: 'yesterday'}
  expect(told([pod({metadata, status: {conditions: [], containerStatuses: []}})])).toEqual([])
})

test('revisions of the set belong to its story', () => {
  const owner = {apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'uid-web', controller: true}
  const made = revision('x', 2, {creationTimestamp: NOW, ownerReferences: [owner]})
  const {timeline} = why('statefulSets', 'web', {...healthy(), controllerRevisions: [made]})
  expect(timeline.filter(({what}) => what === 'Revision')).toMatchObject([{text: 'revision 2 of web'}])
})

test('of a claim that is well no events are asked for, and none told', () => {
  const report = why('pods', 'web-0', {
    ...healthy(),
    persistentVolumeClaims: [claim()],
    events: [event('Provisioning', 'x')],
  })
  expect(report.timeline.filter(({what}) => what === 'Event')).toEqual([])
})
