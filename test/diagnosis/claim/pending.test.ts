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

test('a claim that names a volume that does not exist waits without end, and nobody says so', () => {
  expect(about(pending, facts({volumeName: 'gone'}))).toEqual({
    id: 'pvc-volumename-missing-pv',
    severity: 'error',
    message: 'PersistentVolume gone does not exist (claim data-web-0 asks for it)',
    object: CLAIM,
    evidence: ['pvc/data-web-0 spec.volumeName=gone', 'pv/gone not found'],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl describe pvc -n shop data-web-0'],
      act: [
        {text: 'create PersistentVolume gone', commands: []},
        {text: 'recreate the claim without a volume name', commands: []},
      ],
      risk: 'a claim without the name gets a new, empty volume',
      avoid: '',
      rung: 0,
    },
  })
})

test('a claim that the binder has just bound may name a volume that was made after the volumes were listed', () => {
  const annotations = {'pv.kubernetes.io/bind-completed': 'yes'}
  const bound = pendingClaim({metadata: {annotations}, spec: {volumeName: 'new'}})
  expect(about(pending, facts({}, {persistentVolumeClaims: [bound]}))).toBeUndefined()
})

test('a volume that is kept for an earlier claim of the same name can be let go', () => {
  const claimRef = {namespace: 'shop', name: 'data-web-0', uid: 'uid-old'}
  expect(
    about(pending, facts({volumeName: 'pv'}, {persistentVolumes: [volume({name: 'pv', spec: {claimRef}})]})),
  ).toEqual({
    id: 'pvc-pv-claimed-by-other',
    severity: 'error',
    message:
      'PersistentVolume pv is kept for an earlier claim of the same name (claim data-web-0 asks for it)',
    object: CLAIM,
    evidence: ['pv/pv spec.claimRef=shop/data-web-0 uid uid-old'],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get pv pv -o yaml'],
      act: [
        {
          text: 'if nobody else needs the volume: set its reclaim policy to Retain first (it is Delete, and the data may be deleted), then take spec.claimRef.uid out of the volume',
          commands: [
            `kubectl patch pv pv -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`,
            `kubectl patch pv pv --type=json -p '[{"op":"remove","path":"/spec/claimRef/uid"}]'`,
          ],
        },
      ],
      risk: 'the claim gets the volume with the data of its former owner, and whoever else needs it loses it',
      avoid: '',
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
      look: ['kubectl describe pvc -n shop data-web-0'],
      act: [
        {
          text: 'find out whose the data is; if it is for claim other/theirs, recreate this claim with another volumeName, or with none',
          commands: [],
        },
      ],
    },
  })
})

test('a class that does not exist binds nothing', () => {
  expect(about(pending, facts({storageClassName: 'slow'}))).toEqual({
    id: 'pvc-class-missing',
    severity: 'error',
    message: 'StorageClass slow does not exist (claim data-web-0)',
    object: CLAIM,
    evidence: ['pvc/data-web-0 spec.storageClassName=slow', 'storageclass/slow not found'],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get storageclass'],
      act: [
        {text: 'create StorageClass slow', commands: []},
        {
          text: "recreate claim and set with another class: neither's class can be changed in place",
          commands: [],
        },
      ],
      risk: 'a recreated claim gets a new, empty volume',
      avoid: '',
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

test('a claim that is bound, or terminating, is not looked at', () => {
  const bound = {...pendingClaim({spec: {storageClassName: 'slow'}}), status: {phase: 'Bound'}}
  const terminating = pendingClaim({spec: {storageClassName: 'slow'}, metadata: {deletionTimestamp: NOW}})
  expect(about(pending, facts({}, {persistentVolumeClaims: [bound]}))).toBeUndefined()
  expect(about(pending, facts({}, {persistentVolumeClaims: [terminating]}))).toBeUndefined()
  expect(about(pending, facts({}, {persistentVolumeClaims: [], pods: [pendingPod()]}))).toBeUndefined()
})
