import {expect, test} from 'vitest'
import {terminating} from '../../../src/diagnosis/claim/terminating.ts'
import {claim, NOW, pendingPod, pod, volume} from '../../builders.ts'
import {about, type Facts, idOf} from '../subjects.ts'

const CLAIM = {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'}
const PROTECTION = 'kubernetes.io/pvc-protection'
const RETAIN = `kubectl patch pv pv-data-web-0 -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`
const KEEP = {
  text: 'keep the data: set the reclaim policy of the volume to Retain now',
  commands: [RETAIN],
}
const COPY = {text: expect.stringMatching(/^before its Pod is deleted, copy the data/), commands: []}

function going(finalizers: readonly string[] = [PROTECTION], others: Facts = {}): Facts {
  return {
    pods: [pod()],
    persistentVolumeClaims: [claim({metadata: {deletionTimestamp: NOW, finalizers}})],
    ...others,
  }
}

test('a claim that was deleted under its Pod goes with it: the data can still be kept', () => {
  expect(about(terminating, going())).toEqual({
    id: 'pvc-terminating-protected',
    severity: 'error',
    message: 'Claim data-web-0 is being deleted, and is gone as soon as Pod web-0 is',
    object: CLAIM,
    blames: [{kind: 'Pod', namespace: 'shop', name: 'web-0'}],
    since: NOW,
    evidence: [
      `pvc/data-web-0 metadata.deletionTimestamp=${NOW}, finalizer ${PROTECTION}`,
      'mounted by pod/web-0',
    ],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get pv pv-data-web-0'],
      act: [KEEP, COPY],
      risk: 'with Delete the volume is destroyed with its claim; with Retain it stays, and nobody binds or removes it by itself',
      avoid: 'remove the finalizer: that takes the volume from under the Pod that uses it',
      rung: 1,
    },
  })
})

test.for<[string, Facts, boolean]>([
  ['is kept', {persistentVolumes: [volume({spec: {persistentVolumeReclaimPolicy: 'Retain'}})]}, true],
  ['goes with its claim', {persistentVolumes: [volume()]}, false],
  ['was not seen', {unseen: ['persistentVolumes']}, false],
])('a volume that %s', ([, others, isKept]) => {
  const remedy = about(terminating, going([PROTECTION], others))?.remedy
  expect(remedy).toMatchObject({
    look: ['kubectl get pv pv-data-web-0'],
    act: isKept ? [COPY] : [KEEP, COPY],
    rung: isKept ? 0 : 1,
  })
})

test('a claim without volume has no data to keep', () => {
  const empty = claim({spec: {volumeName: ''}, metadata: {deletionTimestamp: NOW}})
  expect(about(terminating, {pods: [pod()], persistentVolumeClaims: [empty]})?.remedy).toEqual({
    look: ['kubectl get pvc -n shop data-web-0'],
    act: [
      {
        text: 'plan when its Pod may be deleted: the claim has no volume, so no data is lost with it',
        commands: [],
      },
    ],
    risk: '',
    avoid: 'remove the finalizer: that takes the volume from under the Pod that uses it',
    rung: 0,
  })
})

test('somebody else’s finalizer keeps it', () => {
  expect(about(terminating, going(['backup.example.com/lock'], {pods: []}))).toEqual({
    id: 'pvc-terminating-other-finalizer',
    severity: 'error',
    message: 'Claim data-web-0 is being deleted and waits for finalizer backup.example.com/lock',
    object: CLAIM,
    since: NOW,
    evidence: ['pvc/data-web-0 metadata.finalizers=backup.example.com/lock'],
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl describe pvc -n shop data-web-0'],
      act: [{text: 'find whoever put the finalizer there, and why it is not done', commands: []}],
      risk: '',
      avoid: 'remove the finalizer by hand: that skips the clean-up of whoever put it there',
      rung: 0,
    },
  })
})

const BOTH = [PROTECTION, 'x']

test.for<[string, Facts, string | undefined]>([
  ['a claim that is not being deleted', {pods: [pod()], persistentVolumeClaims: [claim()]}, undefined],
  ['no claim', {pods: [pod()]}, undefined],
  [
    'a Pod that is not scheduled: it does not hold the claim',
    going([PROTECTION], {pods: [pendingPod()]}),
    undefined,
  ],
  [
    'a Pod that is going by itself',
    going([PROTECTION], {pods: [pod({metadata: {deletionTimestamp: NOW}})]}),
    undefined,
  ],
  ['Pods that were not seen', going([PROTECTION], {pods: [], unseen: ['pods']}), undefined],
  ['no finalizer', going([]), undefined],
  ['both finalizers: the Pod first', going(BOTH), 'pvc-terminating-protected'],
  ['both finalizers and no Pod', going(BOTH, {pods: []}), 'pvc-terminating-other-finalizer'],
])('%s', ([, facts, id]) => {
  expect(idOf(about(terminating, facts))).toBe(id)
})
