import {expect, test} from 'vitest'
import {pending} from '../../../src/diagnosis/claim/pending.ts'
import type {StorageClass} from '../../../src/model/objects.ts'
import {NOW, pendingClaim, pod, storageClass, volume} from '../../builders.ts'
import {about, type Facts, idOf} from '../subjects.ts'

const CLAIM = {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'}
const {storageClassName: _, ...bare} = pendingClaim().spec
const classless = {...pendingClaim(), spec: bare}
const forbidding = pendingClaim({spec: {storageClassName: ''}})
const byDefault = storageClass({
  metadata: {name: 'fast', annotations: {'storageclass.kubernetes.io/is-default-class': 'true'}},
})
const former = {claimRef: {namespace: 'old', name: 'theirs', uid: 'u'}}
const released = volume({name: 'pv', spec: {...former, storageClassName: ''}, status: {phase: 'Released'}})

function of(claim: typeof classless, others: Facts = {}): Facts {
  return {pods: [pod()], persistentVolumeClaims: [claim], ...others}
}

test('no class is named and none is the default', () => {
  expect(about(pending, of(classless, {storageClasses: [storageClass()]}))).toEqual({
    id: 'pvc-no-class',
    severity: 'error',
    message:
      'PersistentVolumeClaim shop/data-web-0 names no StorageClass, and the cluster has no default one',
    object: CLAIM,
    evidence: ['pvc/data-web-0 spec.storageClassName is not set', 'no storageclass is marked as default'],
    selfHealing: 'no',
    remedy: {
      commands: [
        'kubectl get storageclass',
        'kubectl annotate storageclass fast storageclass.kubernetes.io/is-default-class=true',
      ],
      advice: 'a PersistentVolume without class, of the wanted size and access modes, would do too',
      danger:
        'the default applies to every claim of the cluster that names no class (from 1.26 also to waiting ones)',
      rung: 1,
    },
  })
})

test('which of several classes is to be the default is not ours to choose', () => {
  const storageClasses: readonly StorageClass[] = [storageClass(), storageClass({name: 'slow'})]
  expect(about(pending, of(classless, {storageClasses}))?.remedy?.commands).toEqual([
    'kubectl get storageclass',
  ])
})

test('the empty class forbids one, and no volume without one fits', () => {
  expect(about(pending, of(forbidding))).toEqual({
    id: 'pvc-class-empty-static',
    severity: 'error',
    message:
      'PersistentVolumeClaim shop/data-web-0 forbids a StorageClass ("") and no PersistentVolume without one fits',
    object: CLAIM,
    evidence: ['pvc/data-web-0 spec.storageClassName=""'],
    selfHealing: 'no',
    remedy: {
      commands: ['kubectl get pv'],
      advice:
        'create a PersistentVolume without class, of the wanted size and access modes; such a claim never gets a default class',
      danger: '',
      rung: 0,
    },
  })
})

test('a Released volume would fit', () => {
  expect(about(pending, of(forbidding, {persistentVolumes: [released]}))).toEqual({
    id: 'pvc-pv-released',
    severity: 'error',
    message:
      'PersistentVolumeClaim shop/data-web-0 would fit PersistentVolume pv, which is Released: it still belongs to the deleted claim old/theirs',
    object: CLAIM,
    evidence: ['pv/pv status.phase=Released, spec.claimRef=old/theirs'],
    selfHealing: 'no',
    remedy: {
      commands: [
        'kubectl get pv pv -o yaml',
        `kubectl patch pv pv --type=json -p '[{"op":"remove","path":"/spec/claimRef"}]'`,
      ],
      danger:
        'the volume holds the data of old/theirs: make sure that nobody needs it any more, or that this claim is meant to have it',
      rung: 1,
    },
  })
})

function like(overrides: Parameters<typeof volume>[0]) {
  return volume({
    name: 'pv',
    ...overrides,
    spec: {...former, storageClassName: '', ...overrides?.spec},
    status: {phase: 'Released', ...overrides?.status},
  })
}

const EMPTY = 'pvc-class-empty-static'

test.for<[string, ReturnType<typeof volume>, string | undefined]>([
  ['too small', like({spec: {capacity: {storage: '1023Mi'}}}), EMPTY],
  ['of a class', like({spec: {storageClassName: 'fast'}}), EMPTY],
  [
    'of a class by annotation',
    like({metadata: {annotations: {'volume.beta.kubernetes.io/storage-class': 'fast'}}}),
    EMPTY,
  ],
  ['of another volume mode', like({spec: {volumeMode: 'Block'}}), EMPTY],
  ['of other access modes', like({spec: {accessModes: ['ReadWriteMany']}}), EMPTY],
  ['being deleted', like({metadata: {deletionTimestamp: NOW}}), EMPTY],
  ['bound', like({status: {phase: 'Bound'}}), EMPTY],
  ['Available: binding is a matter of moments', like({status: {phase: 'Available'}}), undefined],
  ['bigger', like({spec: {capacity: {storage: '2Gi'}}}), 'pvc-pv-released'],
  ['of more access modes', like({spec: {accessModes: ['ReadOnlyMany', 'ReadWriteOnce']}}), 'pvc-pv-released'],
])('a volume that is %s', ([, candidate, id]) => {
  expect(idOf(about(pending, of(forbidding, {persistentVolumes: [candidate]})))).toBe(id)
})

const choosy = pendingClaim({spec: {storageClassName: '', selector: {matchLabels: {disk: 'ssd'}}}})
const manual = storageClass({
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'WaitForFirstConsumer',
})
const retained = like({spec: {storageClassName: 'fast'}})

test.for<[string, Facts, string | undefined]>([
  ['a claim whose selector it does not meet', of(choosy, {persistentVolumes: [released]}), EMPTY],
  [
    'a claim whose selector it meets',
    of(choosy, {persistentVolumes: [like({metadata: {labels: {disk: 'ssd'}}})]}),
    'pvc-pv-released',
  ],
  [
    'a class that a provisioner serves',
    of(pendingClaim(), {storageClasses: [storageClass()], persistentVolumes: [retained]}),
    undefined,
  ],
  [
    'a class without provisioner',
    of(pendingClaim(), {storageClasses: [manual], persistentVolumes: [retained]}),
    'pvc-pv-released',
  ],
  [
    'a class that was not seen',
    of(pendingClaim(), {unseen: ['storageClasses'], persistentVolumes: [retained]}),
    undefined,
  ],
])('a Released volume and %s', ([, given, id]) => {
  expect(idOf(about(pending, given))).toBe(id)
})

test.for<[string, Facts]>([
  ['classes that were not seen', of(classless, {unseen: ['storageClasses']})],
  ['a default class that will be filled in', of(classless, {storageClasses: [byDefault]})],
  ['volumes that were not seen', of(forbidding, {unseen: ['persistentVolumes']})],
])('nothing is said of %s', ([, given]) => {
  expect(about(pending, given)).toBeUndefined()
})
