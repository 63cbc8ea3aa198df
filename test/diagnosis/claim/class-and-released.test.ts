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
    message: 'The cluster has no default StorageClass, and the claim names none (claim data-web-0)',
    object: CLAIM,
    evidence: ['pvc/data-web-0 spec.storageClassName is not set', 'no storageclass is marked as default'],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get storageclass'],
      act: [
        {
          text: 'for this claim alone: create a PersistentVolume without a class, of the wanted size and access modes',
          commands: [],
        },
        {
          text: 'only if all claims of the cluster may use it: make a class the default',
          commands: ['kubectl annotate storageclass fast storageclass.kubernetes.io/is-default-class=true'],
        },
      ],
      risk: 'the default applies to every claim of the cluster that names no class (from 1.26 also to waiting ones)',
      avoid: '',
      rung: 1,
    },
  })
})

test('which of several classes is to be the default is not ours to choose', () => {
  const storageClasses: readonly StorageClass[] = [storageClass(), storageClass({name: 'slow'})]
  const remedy = about(pending, of(classless, {storageClasses}))?.remedy
  expect(remedy?.act?.flatMap(({commands}) => commands)).toEqual([])
})

test('the empty class forbids one, and no volume without one fits', () => {
  expect(about(pending, of(forbidding))).toEqual({
    id: 'pvc-class-empty-static',
    severity: 'error',
    message: 'No PersistentVolume without a StorageClass fits (claim data-web-0, which forbids a class)',
    object: CLAIM,
    evidence: ['pvc/data-web-0 spec.storageClassName=""'],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get pv'],
      act: [
        {
          text: 'create a PersistentVolume without a class, of the wanted size and access modes; such a claim never gets a default class',
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  })
})

test('a Released volume would fit', () => {
  expect(about(pending, of(forbidding, {persistentVolumes: [released]}))).toEqual({
    id: 'pvc-pv-released',
    severity: 'error',
    message:
      'PersistentVolume pv would fit, but is Released and still belongs to the deleted claim old/theirs (claim data-web-0)',
    object: CLAIM,
    evidence: ['pv/pv status.phase=Released, spec.claimRef=old/theirs'],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get pv pv -o yaml'],
      act: [
        {
          text: 'only if this claim should have the data that is on the volume: set its reclaim policy to Retain first (it is Delete, and the data may be deleted), then take spec.claimRef out of the volume',
          commands: [
            `kubectl patch pv pv -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`,
            `kubectl patch pv pv --type=json -p '[{"op":"remove","path":"/spec/claimRef"}]'`,
          ],
        },
      ],
      risk: 'the volume holds the data of old/theirs, which may still be wanted, or may not be yours to see',
      avoid: '',
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
