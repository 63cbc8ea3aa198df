import {expect, test} from 'vitest'
import {failedVolume} from '../../../src/diagnosis/claim/failed-volume.ts'
import {formerLife} from '../../../src/diagnosis/claim/former-life.ts'
import {deletedOnScale, foreignController} from '../../../src/diagnosis/claim/retention.ts'
import {severalDefaults} from '../../../src/diagnosis/claim/several-defaults.ts'
import type {PersistentVolumeClaim} from '../../../src/model/objects.ts'
import {
  CREATED,
  claim,
  claimTemplate,
  event,
  pendingPod,
  pod,
  statefulSet,
  storageClass,
  volume,
} from '../../builders.ts'
import {about, type Facts, idOf, setSubject} from '../subjects.ts'

type Owners = NonNullable<NonNullable<PersistentVolumeClaim['metadata']>['ownerReferences']>

const OLD = '2026-04-01T10:00:00Z'
const REPLACED = {persistentVolumeClaimRetentionPolicy: {whenDeleted: 'Retain', whenScaled: 'Delete'}}

function scalingDown(spec: object = REPLACED, replicas = 1): Facts {
  return {
    statefulSets: [statefulSet({replicas, spec})],
    pods: [pod(), pod({name: 'web-1'})],
    persistentVolumeClaims: [claim(), claim({name: 'data-web-1'})],
  }
}

test('claims that a scale-down takes away can still be kept', () => {
  expect(deletedOnScale(setSubject(scalingDown()))).toEqual({
    id: 'pvc-retention-delete-on-scale',
    severity: 'error',
    message: 'The scale-down of StatefulSet web deletes claim data-web-1 with its Pod',
    object: {kind: 'StatefulSet', namespace: 'shop', name: 'web'},
    evidence: [
      'statefulset/web spec.persistentVolumeClaimRetentionPolicy.whenScaled=Delete',
      'pvc/data-web-1',
    ],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get pvc -n shop data-web-1'],
      act: [
        {
          text: 'to keep the claims, also after later scale-downs: set whenScaled to Retain now',
          commands: [
            `kubectl patch sts -n shop web -p '{"spec":{"persistentVolumeClaimRetentionPolicy":{"whenScaled":"Retain"}}}'`,
          ],
        },
        {text: 'if the data is not needed any more: wait', commands: []},
      ],
      avoid: '',
      risk: 'data of a claim that is deleted is lost, unless its volume has reclaim policy Retain',
      rung: 1,
    },
  })
})

test.for<[string, Facts]>([
  ['claims are retained', scalingDown({})],
  ['nothing is scaled down', scalingDown(REPLACED, 2)],
  [
    'claims go with the set, not with a scale-down',
    scalingDown({persistentVolumeClaimRetentionPolicy: {whenDeleted: 'Delete'}}),
  ],
  ['there is no claim to lose', {...scalingDown(), persistentVolumeClaims: [claim()]}],
])('no data is about to go where %s', ([, facts]) => {
  expect(deletedOnScale(setSubject(facts))).toBeUndefined()
})

function owned(ownerReferences: Owners, spec: object = REPLACED): Facts {
  return {
    statefulSets: [statefulSet({spec})],
    pods: [pod()],
    persistentVolumeClaims: [claim({metadata: {name: 'data-web-0', namespace: 'shop', ownerReferences}})],
  }
}

const owner = (kind: string, name: string, uid: string, others: object = {}) => ({
  apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
  kind,
  name,
  uid,
  ...others,
})
const controller = {controller: true}

test.for<[string, Facts, string | undefined]>([
  ['another controller', owned([owner('Backup', 'web', 'u', controller)]), 'Backup web'],
  ['the set of an earlier life', owned([owner('StatefulSet', 'web', 'old')]), 'An earlier StatefulSet web'],
  ['the Pod of an earlier life', owned([owner('Pod', 'web-0', 'old')]), 'An earlier Pod web-0'],
  ['an owner that does not control it', owned([owner('Backup', 'web', 'u')]), undefined],
  ['the set itself', owned([owner('StatefulSet', 'web', 'uid-web', controller)]), undefined],
  ['its Pod', owned([owner('Pod', 'web-0', 'uid-web-0', controller)]), undefined],
  [
    'another controller, where claims are retained anyway',
    owned([owner('Backup', 'web', 'u', controller)], {}),
    undefined,
  ],
])('a claim owned by %s', ([, facts, words]) => {
  const finding = about(foreignController, facts)
  expect(idOf(finding)).toBe(words && 'pvc-retention-foreign-controller')
  if (words)
    expect(finding?.message).toBe(
      `${words} owns claim data-web-0, so the retention policy of StatefulSet web does not apply to it`,
    )
})

const before = claim({metadata: {name: 'data-web-0', namespace: 'shop', creationTimestamp: OLD}})
const reused = (others: Facts = {}): Facts => ({
  statefulSets: [statefulSet()],
  pods: [pendingPod()],
  persistentVolumeClaims: [before],
  ...others,
})

test.for<[string, Facts, string | undefined]>([
  ['a member that is not ready, on a claim older than its set', reused(), 'pvc-reused-from-former-life'],
  ['one that is', reused({pods: [pod()]}), undefined],
  ['a claim of the set itself', reused({persistentVolumeClaims: [claim()]}), undefined],
  [
    'a set that was re-created around its Pods',
    reused({pods: [{...pendingPod(), metadata: {...pendingPod().metadata, creationTimestamp: OLD}}]}),
    undefined,
  ],
  [
    'a set that has taken up older revisions',
    reused({
      controllerRevisions: [
        {
          revision: 1,
          metadata: {
            name: 'web-1',
            namespace: 'shop',
            creationTimestamp: OLD,
            ownerReferences: [owner('StatefulSet', 'web', 'uid-web', controller)],
          },
        },
      ],
    }),
    undefined,
  ],
])('%s', ([, facts, id]) => {
  expect(idOf(about(formerLife, facts))).toBe(id)
})

test('a member that has only just been created again is a note', () => {
  const severityAt = (creationTimestamp: string) => {
    const made = pendingPod()
    const facts = reused({pods: [{...made, metadata: {...made.metadata, creationTimestamp}}]})
    return about(formerLife, facts)?.severity
  }
  expect([severityAt('2026-05-01T11:59:30Z'), severityAt('2026-05-01T11:50:00Z')]).toEqual([
    'info',
    'warning',
  ])
})

const {storageClassName: _, ...classless} = claimTemplate('data').spec ?? {}
const marked = (name: string, creationTimestamp: string) =>
  storageClass({
    metadata: {name, creationTimestamp, annotations: {'storageclass.kubernetes.io/is-default-class': 'true'}},
  })
const lacking = (...storageClasses: ReturnType<typeof storageClass>[]): Facts => ({
  statefulSets: [statefulSet({spec: {volumeClaimTemplates: [{metadata: {name: 'data'}, spec: classless}]}})],
  storageClasses,
})

test('of several default classes the newest is taken, and of equals the first by name', () => {
  expect(
    severalDefaults(setSubject(lacking(marked('a', OLD), marked('c', CREATED), marked('b', CREATED))))
      ?.message,
  ).toBe('3 StorageClasses are the default (b, c, a): new claims of claim template data get b, the newest')
})

test.for<[string, Facts]>([
  ['there is one default', lacking(marked('a', OLD), storageClass())],
  [
    'the templates name their class',
    {...lacking(marked('a', OLD), marked('b', OLD)), statefulSets: [statefulSet()]},
  ],
])('no default is a surprise where %s', ([, facts]) => {
  expect(severalDefaults(setSubject(facts))).toBeUndefined()
})

const claimRef = {namespace: 'shop', name: 'data-web-0', uid: 'uid-old'}
const volumes = (...persistentVolumes: ReturnType<typeof volume>[]): Facts => ({
  statefulSets: [statefulSet()],
  persistentVolumeClaims: [claim()],
  persistentVolumes,
})
const refusal = event('VolumeFailedDelete', 'rpc error: volume is in use', {
  involvedObject: {kind: 'PersistentVolume', name: 'old'},
})
const released = volume({name: 'old', spec: {claimRef}, status: {phase: 'Released'}})

test.for<[string, Facts, RegExp | undefined]>([
  [
    'a volume that the binder could not delete',
    volumes(volume({name: 'old', spec: {claimRef}, status: {phase: 'Failed', message: 'no plugin'}})),
    /^pv\/old status.phase=Failed: no plugin$/,
  ],
  [
    'one that its provisioner could not',
    {...volumes(released), events: [refusal]},
    /^event VolumeFailedDelete ×3 on pv\/old: rpc error: volume is in use$/,
  ],
  ['a Released one that is about to go', volumes(released), undefined],
  [
    'one that is to stay',
    {
      ...volumes(
        volume({
          name: 'old',
          spec: {claimRef, persistentVolumeReclaimPolicy: 'Retain'},
          status: {phase: 'Released'},
        }),
      ),
      events: [refusal],
    },
    undefined,
  ],
  [
    "one of another set's claim",
    volumes(
      volume({name: 'old', spec: {claimRef: {...claimRef, name: 'data-other-0'}}, status: {phase: 'Failed'}}),
    ),
    undefined,
  ],
  ['the volume of a claim that is there', volumes(volume({status: {phase: 'Failed'}})), undefined],
  [
    'claims that nobody could see',
    {
      ...volumes(volume({name: 'old', spec: {claimRef}, status: {phase: 'Failed'}})),
      persistentVolumeClaims: [],
      unseen: ['persistentVolumeClaims'],
    },
    undefined,
  ],
])('%s', ([, facts, words]) => {
  const finding = failedVolume(setSubject(facts))
  if (!words) return expect(finding).toBeUndefined()
  expect(finding).toMatchObject({
    id: 'pv-failed-delete',
    message: 'PersistentVolume old of the deleted claim shop/data-web-0 could not be deleted',
    evidence: expect.arrayContaining([expect.stringMatching(words)]),
  })
})
