import {expect, test} from 'vitest'
import {terminating} from '../../../src/diagnosis/claim/terminating.ts'
import {claim, NOW, pendingPod, pod, volume} from '../../builders.ts'
import {about, type Facts, idOf} from '../subjects.ts'

const CLAIM = {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'}
const PROTECTION = 'kubernetes.io/pvc-protection'
const ADVICE =
  'a deletion cannot be undone, and the claim goes as soon as its Pod goes: until then copy the data, and plan how a new claim takes up the volume'

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
    message: 'PersistentVolumeClaim shop/data-web-0 is being deleted and goes as soon as Pod web-0 goes',
    object: CLAIM,
    since: NOW,
    evidence: [
      `pvc/data-web-0 metadata.deletionTimestamp=${NOW}, finalizer ${PROTECTION}`,
      'mounted by pod/web-0',
    ],
    selfHealing: 'no',
    remedy: {
      commands: [`kubectl patch pv pv-data-web-0 -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`],
      advice: ADVICE,
      danger:
        'a volume with reclaim policy Delete is destroyed with its claim; with Retain it stays, and nobody binds or removes it by itself',
      rung: 1,
    },
  })
})

test.for<[string, Facts, string]>([
  ['is kept', {persistentVolumes: [volume({spec: {persistentVolumeReclaimPolicy: 'Retain'}})]}, 'get'],
  ['goes with its claim', {persistentVolumes: [volume()]}, 'patch'],
  ['was not seen', {unseen: ['persistentVolumes']}, 'patch'],
])('a volume that %s', ([, others, verb]) => {
  const remedy = about(terminating, going([PROTECTION], others))?.remedy
  expect(remedy?.commands).toEqual([expect.stringMatching(`^kubectl ${verb} pv pv-data-web-0`)])
  expect([remedy?.advice, remedy?.rung]).toEqual([ADVICE, verb === 'get' ? 0 : 1])
})

test('a claim without volume has no data to keep', () => {
  const empty = claim({spec: {volumeName: ''}, metadata: {deletionTimestamp: NOW}})
  expect(about(terminating, {pods: [pod()], persistentVolumeClaims: [empty]})?.remedy).toEqual({
    commands: ['kubectl get pvc -n shop data-web-0'],
    advice: 'the claim has no volume, so no data goes with it: plan when its Pod may go',
    danger: '',
    rung: 0,
  })
})

test('somebody else’s finalizer keeps it', () => {
  expect(about(terminating, going(['backup.example.com/lock'], {pods: []}))).toEqual({
    id: 'pvc-terminating-other-finalizer',
    severity: 'error',
    message:
      'PersistentVolumeClaim shop/data-web-0 is being deleted and waits for finalizer backup.example.com/lock',
    object: CLAIM,
    since: NOW,
    evidence: ['pvc/data-web-0 metadata.finalizers=backup.example.com/lock'],
    selfHealing: 'maybe',
    remedy: {
      commands: ['kubectl describe pvc -n shop data-web-0'],
      advice: 'find whoever put the finalizer there, and why it is not done',
      danger: 'removing it by hand skips their clean-up',
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
