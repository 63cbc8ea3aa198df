import {expect, test} from 'vitest'
import {resize} from '../../../src/diagnosis/claim/resize.ts'
import {claim, event, pod, statefulSet} from '../../builders.ts'
import {about, type Facts, idOf} from '../subjects.ts'

const REFUSED =
  'resize volume "pv" by resizer "csi.test" failed: rpc error: code = FailedPrecondition desc = Invalid volume state attached for expansion'
const RESIZING = [{type: 'Resizing', status: 'True'}]
const LATER = '2026-05-01T11:50:00Z'

function growing(storage: string, others: Facts = {}): Facts {
  const spec = {resources: {requests: {storage}}}
  const status = {capacity: {storage: '1Gi'}, conditions: RESIZING}
  return {
    pods: [pod()],
    persistentVolumeClaims: [claim({spec, status})],
    events: [event('VolumeResizeFailed', REFUSED, {count: 40})],
    ...others,
  }
}

test('the only trace of an expansion that fails is an event, and it is the cause', () => {
  expect(about(resize, growing('2Gi'))).toMatchObject({
    id: 'resize-controller-failed',
    severity: 'error',
    message: 'The storage system could not expand the volume (claim data-web-0)',
    evidence: expect.arrayContaining([expect.stringContaining(REFUSED)]),
    since: '2026-05-01T11:30:00Z',
    remedy: {
      look: ['kubectl describe pvc -n shop data-web-0', 'kubectl get volumeattachments'],
      act: [
        {
          text: expect.stringMatching(/delete its Pod, .* scale the set down/),
          commands: ['kubectl delete pod -n shop web-0'],
        },
      ],
      risk: 'the member is down until its volume has grown',
      rung: 2,
    },
  })
})

test('nobody is told to scale down a set that would delete its claims', () => {
  const policy = {persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete'}}
  const remedy = about(resize, growing('2Gi', {statefulSets: [statefulSet({spec: policy})]}))?.remedy
  expect(remedy?.act?.[0]?.text).toContain('do not scale down')
})

const done = event('VolumeResizeSuccessful', 'x', {lastTimestamp: LATER})
const others = event('VolumeResizeFailed', REFUSED, {
  involvedObject: {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0', uid: 'uid-old'},
})
const RUNNING = 'resize-controller-running'

test.for<[string, Facts, string | undefined]>([
  ['it succeeded later', growing('2Gi', {events: [event('VolumeResizeFailed', REFUSED), done]}), RUNNING],
  ['it was said of an earlier claim', growing('2Gi', {events: [others]}), RUNNING],
  ['nothing was said', growing('2Gi', {events: []}), RUNNING],
  ['it has grown by now', growing('1Gi'), RUNNING],
])('an expansion is under way where %s', ([, facts, id]) => {
  expect(idOf(about(resize, facts))).toBe(id)
})

test('one failure of this moment may pass', () => {
  const now = event('VolumeResizeFailed', 'rpc error: code = Aborted', {
    count: 1,
    firstTimestamp: '2026-05-01T11:59:30Z',
  })
  expect(about(resize, growing('2Gi', {events: [now]}))).toMatchObject({
    severity: 'warning',
    remedy: {act: [{text: expect.stringContaining('lower the request again'), commands: []}], rung: 0},
  })
})
