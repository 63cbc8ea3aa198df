import {expect, test} from 'vitest'
import {pending} from '../../../src/diagnosis/claim/pending.ts'
import {NOW, pendingClaim, pendingPod, pod, storageClass, volume} from '../../builders.ts'
import {about, type Facts} from '../subjects.ts'

const CLAIM = {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'}

function facts(
  spec: NonNullable<Parameters<typeof pendingClaim>[0]>['spec'] = {},
  others: Facts = {},
): Facts {
  return {
    pods: [pod()],
    persistentVolumeClaims: [pendingClaim({spec})],
    storageClasses: [storageClass()],
    ...others,
  }
}

test('a claim that names a volume that does not exist waits for ever, and nobody says so', () => {
  expect(about(pending, facts({volumeName: 'gone'}))).toEqual({
    id: 'pvc-volumename-missing-pv',
    severity: 'error',
    message: 'PersistentVolumeClaim shop/data-web-0 asks for PersistentVolume gone, which does not exist',
    object: CLAIM,
    evidence: ['pvc/data-web-0 spec.volumeName=gone', 'pv/gone not found'],
    selfHealing: 'no',
    remedy: {
      commands: ['kubectl describe pvc -n shop data-web-0'],
      advice: 'create PersistentVolume gone, or re-create the claim without a volume name',
      danger: '',
      rung: 0,
    },
  })
})

test('a volume that is kept for an earlier claim of the same name can be let go', () => {
  const claimRef = {namespace: 'shop', name: 'data-web-0', uid: 'uid-old'}
  expect(
    about(pending, facts({volumeName: 'pv'}, {persistentVolumes: [volume({name: 'pv', spec: {claimRef}})]})),
  ).toEqual({
    id: 'pvc-pv-claimed-by-other',
    severity: 'error',
    message:
      'PersistentVolumeClaim shop/data-web-0 asks for PersistentVolume pv, which is kept for an earlier claim of the same name',
    object: CLAIM,
    evidence: ['pv/pv spec.claimRef=shop/data-web-0 uid uid-old'],
    selfHealing: 'no',
    remedy: {
      commands: [
        'kubectl get pv pv -o yaml',
        `kubectl patch pv pv --type=json -p '[{"op":"remove","path":"/spec/claimRef/uid"}]'`,
      ],
      danger:
        'the claim gets the volume with the data of its former life: make sure that nobody else needs it',
      rung: 1,
    },
  })
})

test('a volume that another claim has is not to be taken away', () => {
  const claimRef = {namespace: 'other', name: 'theirs', uid: 'u'}
  expect(
    about(pending, facts({volumeName: 'pv'}, {persistentVolumes: [volume({name: 'pv', spec: {claimRef}})]})),
  ).toMatchObject({
    id: 'pvc-pv-claimed-by-other',
    remedy: {
      commands: ['kubectl describe pvc -n shop data-web-0'],
      advice:
        'find out whose the data is; if it is for other/theirs, re-create this claim with another volumeName, or with none',
    },
  })
})

test('a class that does not exist binds nothing', () => {
  expect(about(pending, facts({storageClassName: 'slow'}))).toEqual({
    id: 'pvc-class-missing',
    severity: 'error',
    message: 'PersistentVolumeClaim shop/data-web-0 wants StorageClass slow, which does not exist',
    object: CLAIM,
    evidence: ['pvc/data-web-0 spec.storageClassName=slow', 'storageclass/slow not found'],
    selfHealing: 'no',
    remedy: {
      commands: ['kubectl get storageclass'],
      advice:
        'create StorageClass slow, or re-create claim and set with another class: neither can be changed in place',
      danger: 'a re-created claim is a new, empty volume',
      rung: 0,
    },
  })
})

const mine = volume({
  name: 'pv',
  spec: {claimRef: {namespace: 'shop', name: 'data-web-0', uid: 'uid-data-web-0'}},
})

test.for<[string, Facts, string?]>([
  ['a volume that it may have', facts({volumeName: 'pv'}, {persistentVolumes: [mine]})],
  ['a volume that was not seen', facts({volumeName: 'pv'}, {unseen: ['persistentVolumes']})],
  [
    'a class that was not seen',
    facts({storageClassName: 'slow'}, {storageClasses: [], unseen: ['storageClasses']}),
  ],
  ['a class that is there, and nothing said', facts()],
  ['no Pod at all, with a class that binds at once', facts({}, {pods: [], unseen: ['pods']})],
])('no cause is guessed from %s', ([, given]) => {
  expect(about(pending, given)).toBeUndefined()
})

test('a claim that is bound, or on its way out, is not looked at', () => {
  const bound = {...pendingClaim({spec: {storageClassName: 'slow'}}), status: {phase: 'Bound'}}
  const leaving = pendingClaim({spec: {storageClassName: 'slow'}, metadata: {deletionTimestamp: NOW}})
  expect(about(pending, facts({}, {persistentVolumeClaims: [bound]}))).toBeUndefined()
  expect(about(pending, facts({}, {persistentVolumeClaims: [leaving]}))).toBeUndefined()
  expect(about(pending, facts({}, {persistentVolumeClaims: [], pods: [pendingPod()]}))).toBeUndefined()
})
