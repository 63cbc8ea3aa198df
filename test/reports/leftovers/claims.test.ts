import {expect, test} from 'vitest'
import type {PersistentVolume, PersistentVolumeClaim} from '../../../src/model/objects.ts'
import {relate} from '../../../src/model/relations.ts'
import {IN_PART, type ResourceKey} from '../../../src/model/snapshot.ts'
import {leftoversQuestion} from '../../../src/reports/leftovers/question.ts'
import {claim, healthy, NOW, node, pendingClaim, pod, snapshot, statefulSet, volume} from '../../builders.ts'
import {daemonSet} from '../../builders-daemon.ts'
import {leftoversOf, sparedIn, told} from './leftovers-of.ts'

const names = (prefix: string, count: number) =>
  Array.from({length: count}, (_, index) => `${prefix}-${index}`)
const claims = (count: number, set = 'web') => names(`data-${set}`, count).map((name) => claim({name}))
const volumes = (count: number, spec: Partial<NonNullable<PersistentVolume['spec']>> = {}) =>
  names('pv-data-web', count).map((name) => volume({name, spec}))
const MOMENT_AGO = '2026-05-01T11:55:00Z'
const LONG_AGO = '2026-04-01T12:00:00Z'

test('of a healthy set nothing is left over', () => {
  const report = leftoversOf(healthy(3))
  expect({told: told(report), spared: report.spared, unjudged: report.unjudged}).toEqual({
    told: [],
    spared: [],
    unjudged: [],
  })
})

test('claims without a set are told with what deleting them destroys', () => {
  const report = leftoversOf({persistentVolumeClaims: claims(2), persistentVolumes: volumes(2)})
  expect(told(report)).toEqual(['NoSet data-web-0: DestroysData', 'NoSet data-web-1: DestroysData'])
  expect(report.leftovers[0]).toMatchObject({
    message: 'no StatefulSet web in shop, and no Pod mounts it',
    severity: 'warning',
    size: '1Gi',
    storageClassName: 'fast',
    reclaimPolicy: 'Delete',
    retentionPolicy: null,
    ordinal: 0,
    deleting: {message: expect.stringContaining('destroys volume pv-data-web-0')},
  })
  expect(report.totals).toMatchObject({
    claims: 2,
    volumes: 0,
    bytes: 2 * 2 ** 30,
    bytesDestroyed: 2 * 2 ** 30,
  })
})

test.for([
  ['Retain', {}, 'KeepsData', 'stays with its data, Released'],
  [
    'Recycle',
    {nfs: {server: 'nas', path: '/data'}},
    'DestroysData',
    'deletes all files on volume pv-data-web-0',
  ],
  ['Recycle', {hostPath: {path: '/data'}}, 'DestroysData', 'any other claim may then get it'],
  ['Recycle', {}, 'KeepsData', 'stays with its data, Failed'],
  ['Delete', {}, 'DestroysData', 'destroys volume pv-data-web-0, its disk'],
  ['Other', {}, 'Unknown', 'is not known'],
] as const)('reclaim policy %s of %j: %s, and the risk says so', ([policy, source, effect, text]) => {
  const persistentVolumes = volumes(1, {persistentVolumeReclaimPolicy: policy, ...source})
  const report = leftoversOf({persistentVolumeClaims: claims(1), persistentVolumes})
  expect(told(report)).toEqual([`NoSet data-web-0: ${effect}`])
  expect(report.advice[0]?.remedy.risk).toContain(text)
  expect(report.advice[0]?.remedy.risk).toBe(report.leftovers[0]?.deleting.message)
})

test('claims whose policies differ are advised apart, so that each risk is true of all', () => {
  const [nfs, csi] = [{nfs: {server: 'nas', path: '/data'}, persistentVolumeReclaimPolicy: 'Recycle'}, {}]
  const persistentVolumes = [
    volume({name: 'pv-data-web-0', spec: nfs}),
    volume({name: 'pv-data-web-1', spec: csi}),
  ]
  const report = leftoversOf({persistentVolumeClaims: claims(2), persistentVolumes})
  expect(report.advice.map(({count, example}) => `${count} ${example.name}`)).toEqual([
    '1 data-web-0',
    '1 data-web-1',
  ])
})

test('what becomes of a volume that was not seen is not known, nor of one that is gone', () => {
  const facts = {persistentVolumeClaims: claims(1)}
  const unseen = leftoversOf(facts, {unseen: ['persistentVolumes']})
  expect(told(unseen)).toEqual(['NoSet data-web-0: Unknown'])
  expect(unseen.leftovers[0]?.deleting.message).toMatch(/was not seen/)
  expect(leftoversOf(facts).leftovers[0]?.deleting).toMatchObject({
    effect: 'Unknown',
    message: expect.stringContaining('is gone'),
  })
})

test('a claim that never got a volume has no data', () => {
  const persistentVolumeClaims = [pendingClaim({name: 'data-web-0'}) as PersistentVolumeClaim]
  expect(told(leftoversOf({persistentVolumeClaims}))).toEqual(['NoSet data-web-0: NoData'])
})

test('claims beyond the ordinals of a set that was scaled down are told with its retention policy, as numbers', () => {
  const set = statefulSet({
    replicas: 1,
    spec: {persistentVolumeClaimRetentionPolicy: {whenDeleted: 'Delete', whenScaled: 'Retain'}},
  })
  const facts = {...healthy(1), statefulSets: [set], persistentVolumeClaims: claims(12)}
  const report = leftoversOf({...facts, persistentVolumes: volumes(12)})
  expect(told(report).slice(0, 2)).toEqual([
    'BeyondOrdinals data-web-1: DestroysData',
    'BeyondOrdinals data-web-2: DestroysData',
  ])
  expect(report.leftovers.at(-1)).toMatchObject({
    name: 'data-web-11',
    severity: 'info',
    retentionPolicy: {whenDeleted: 'Delete', whenScaled: 'Retain'},
    sets: ['web'],
    ordinal: 11,
  })
})

const labelled = (name: string) => claim({name, metadata: {name, namespace: 'shop', labels: {app: 'web'}}})

test('no claim is said to be reused that growth does not reuse: below the start, or of no template', () => {
  const set = statefulSet({replicas: 1, spec: {ordinals: {start: 5}}})
  const [low, high] = [claim({name: 'data-web-0'}), claim({name: 'data-web-9'})]
  const old = labelled('old-web-9')
  const report = leftoversOf({statefulSets: [set], persistentVolumeClaims: [low, high, old]})
  expect(report.leftovers.map(({name, reason}) => `${name} ${reason}`)).toEqual([
    'data-web-0 BelowStart',
    'data-web-9 BeyondOrdinals',
    'old-web-9 NoTemplate',
  ])
  const reused = report.leftovers.filter(({message}) => message.includes('reused if the set grows'))
  expect(reused.map(({name}) => name)).toEqual(['data-web-9'])
  const advised = report.advice.filter(({remedy}) => remedy.act[0]?.text.includes('may grow'))
  expect(advised.map(({example}) => example.name)).toEqual(['data-web-9'])
})

test('a parked set waits for no claim that it would not use', () => {
  const report = leftoversOf({
    statefulSets: [statefulSet({replicas: 0})],
    persistentVolumeClaims: [labelled('old-web-0')],
  })
  expect(told(report)).toEqual(['NoTemplate old-web-0: Unknown'])
})

test('a claim of a template that is gone is left over though its ordinal is there, unless its Pod still mounts it', () => {
  const old = labelled('old-web-0')
  const facts = {...healthy(1), persistentVolumeClaims: [...claims(1), old]}
  const report = leftoversOf(facts)
  expect(told(report)).toEqual(['NoTemplate old-web-0: Unknown'])
  expect(report.leftovers[0]?.message).toBe(
    'StatefulSet web has no volumeClaimTemplate that makes claims of this name: however it grows, it does not use it',
  )
  const volumes = [{name: 'old', persistentVolumeClaim: {claimName: 'old-web-0'}}]
  const mounting = {...facts, pods: [pod({spec: {containers: [], volumes}})]}
  expect(told(leftoversOf(mounting))).toEqual([])
})

/* What finders of unused claims have called unused, and was not. */

test('claims of a set that is parked at 0 replicas wait for it', () => {
  const report = leftoversOf({statefulSets: [statefulSet({replicas: 0})], persistentVolumeClaims: claims(3)})
  expect({told: told(report), spared: sparedIn(report)}).toEqual({
    told: [],
    spared: ['Parked StatefulSet/web: data-web-0, data-web-1, data-web-2'],
  })
})

test('a claim of an ordinal that should exist is not left over while it has no Pod', () => {
  const facts = {statefulSets: [statefulSet({replicas: 3})], persistentVolumeClaims: claims(3)}
  const report = leftoversOf(facts)
  expect({told: told(report), spared: report.spared}).toEqual({told: [], spared: []})
})

test('a claim that a Pod of another workload mounts is in use, whatever its name is', () => {
  const other = pod({
    name: 'rescue',
    metadata: {ownerReferences: []},
    spec: {volumes: [{name: 'd', persistentVolumeClaim: {claimName: 'data-web-0'}}]},
  })
  const report = leftoversOf({persistentVolumeClaims: claims(1), pods: [other], nodes: [node()]})
  expect({told: told(report), spared: report.spared}).toEqual({told: [], spared: []})
})

test('the claim of a generic ephemeral volume is that of its Pod, mounted or not (kor#402)', () => {
  const ownerReferences = [{apiVersion: 'v1', kind: 'Pod', name: 'job-1', uid: 'gone'}]
  const persistentVolumeClaims = [
    claim({name: 'my-job-1', metadata: {name: 'my-job-1', namespace: 'shop', ownerReferences}}),
  ]
  expect(told(leftoversOf({persistentVolumeClaims}))).toEqual([])
})

test('a claim that a template names is in use while no Pod of it runs', () => {
  const volumes = [{name: 'd', persistentVolumeClaim: {claimName: 'data-old-0'}}]
  const persistentVolumeClaims = claims(1, 'old')
  expect(told(leftoversOf({persistentVolumeClaims}))).toEqual(['NoSet data-old-0: Unknown'])
  const daemonSets = [daemonSet({template: {volumes}})]
  expect(told(leftoversOf({persistentVolumeClaims, daemonSets}))).toEqual([])
})

test('of claims that have no name of an ordinal nothing is said: a CronJob may mount them at night', () => {
  const report = leftoversOf({
    persistentVolumeClaims: [claim({name: 'thanos-compact'}), claim({name: 'backup-3'})],
  })
  expect({told: told(report), spared: report.spared}).toEqual({told: [], spared: []})
})

const owned = (apiVersion: string, kind: string, name: string) => ({
  ownerReferences: [{apiVersion, kind, name, uid: 'u', controller: true}],
})
const made = (name: string, metadata: object) =>
  claim({name, metadata: {name, namespace: 'shop', creationTimestamp: LONG_AGO, ...metadata}})

test('claims of sets that operators run are theirs: by an owner, by Pods of that name, or by a label', () => {
  const kafka = made('data-0-my-cluster-kafka-7', {
    labels: {'strimzi.io/cluster': 'my-cluster', 'app.kubernetes.io/name': 'kafka'},
  })
  const cluster = made('pg-wal-main-4', owned('postgresql.cnpg.io/v1', 'Cluster', 'main'))
  const kruise = made('data-game-3', {labels: {app: 'game'}})
  const game = pod({
    name: 'game-0',
    metadata: {name: 'game-0', namespace: 'shop', ...owned('apps.kruise.io/v1beta1', 'StatefulSet', 'game')},
  })
  const report = leftoversOf({
    persistentVolumeClaims: [kafka, cluster, kruise],
    pods: [game],
    nodes: [node()],
  })
  expect(told(report)).toEqual([])
  expect(sparedIn(report)).toEqual([
    'ForeignLabel strimzi.io/cluster: data-0-my-cluster-kafka-7',
    'OtherOwner StatefulSet/game: data-game-3',
    'OtherOwner Cluster/main: pg-wal-main-4',
  ])
})

test('labels of Kubernetes itself, of Helm and of a restore say nothing of an owner', () => {
  const labels = {'app.kubernetes.io/name': 'web', 'helm.sh/chart': 'web-1', 'velero.io/restore-name': 'r'}
  expect(told(leftoversOf({persistentVolumeClaims: [made('data-web-0', {labels})]}))).toEqual([
    'NoSet data-web-0: Unknown',
  ])
})

test('a claim that was created, or used, a moment ago may be waiting for its set', () => {
  const fresh = made('data-web-0', {creationTimestamp: MOMENT_AGO})
  const unused = (lastTransitionTime: string) => ({
    ...made('data-web-1', {}),
    status: {phase: 'Bound', conditions: [{type: 'Unused', status: 'True', lastTransitionTime}]},
  })
  const report = leftoversOf({persistentVolumeClaims: [fresh, unused(MOMENT_AGO)] as PersistentVolumeClaim[]})
  expect({told: told(report), spared: sparedIn(report)}).toEqual({
    told: [],
    spared: ['Recent: data-web-0, data-web-1'],
  })
  const later = leftoversOf({persistentVolumeClaims: [unused(LONG_AGO)] as PersistentVolumeClaim[]})
  expect(later.leftovers).toMatchObject([{reason: 'NoSet', unusedAt: LONG_AGO}])
})

test('what is being deleted is not left over', () => {
  const report = leftoversOf({persistentVolumeClaims: [made('data-web-0', {deletionTimestamp: NOW})]})
  expect({told: told(report), spared: sparedIn(report)}).toEqual({
    told: [],
    spared: ['Terminating: data-web-0'],
  })
})

test('a name may be that of two sets: one that is there and does not know the claim does not keep it', () => {
  const persistentVolumeClaims = [
    made('data-a-web-0', {labels: {app: 'a-web'}}),
    made('notes-web-0', {labels: {}}),
  ]
  const report = leftoversOf({persistentVolumeClaims, statefulSets: [statefulSet({replicas: 1})]})
  expect(report.leftovers.map(({name, sets}) => [name, sets])).toEqual([['data-a-web-0', ['a-web']]])
})

test('nothing is said of claims where sets or Pods were not seen', () => {
  for (const unseen of ['statefulSets', 'pods'] as const) {
    const report = leftoversOf({persistentVolumeClaims: claims(2)}, {unseen: [unseen]})
    expect(told(report)).toEqual([])
    expect(report.unjudged.map(({kind}) => kind)).toContain('PersistentVolumeClaim')
  }
})

const ALL: readonly ResourceKey[] = [
  'persistentVolumeClaims',
  'persistentVolumes',
  'volumeAttachments',
  'pods',
  'controllerRevisions',
  'nodes',
  'statefulSets',
  'daemonSets',
]

test.for<[string, readonly ResourceKey[], readonly ResourceKey[], string | undefined]>([
  [
    'PersistentVolumeClaim',
    ['persistentVolumeClaims'],
    [],
    'none can be judged: persistentvolumeclaims could not be read',
  ],
  ['PersistentVolumeClaim', ['pods'], [], 'none can be judged: pods could not be read'],
  ['PersistentVolumeClaim', [], ['pods'], 'none can be judged: of pods only some were read'],
  ['PersistentVolume', ['persistentVolumes'], [], 'none can be judged: persistentvolumes could not be read'],
  [
    'PersistentVolume',
    [],
    ['persistentVolumes'],
    'not all can be judged: of persistentvolumes only some were read',
  ],
  ['PersistentVolume', ['pods'], [], undefined],
  ['VolumeAttachment', ['pods'], [], 'not all can be judged: pods could not be read'],
  [
    'VolumeAttachment',
    ['nodes', 'persistentVolumes'],
    [],
    'none can be judged: nodes, persistentvolumes could not be read',
  ],
  ['VolumeAttachment', ['volumeAttachments'], [], 'none can be judged: volumeattachments could not be read'],
  ['Pod', ['pods'], [], 'none can be judged: pods could not be read'],
  ['Pod', ['nodes'], [], 'not all can be judged: nodes could not be read'],
  ['Pod', ['nodes', 'statefulSets'], [], 'none can be judged: nodes, statefulsets could not be read'],
  ['Pod', ['nodes'], ['pods'], 'not all can be judged: nodes could not be read; of pods only some were read'],
  ['ControllerRevision', ['daemonSets'], [], 'none can be judged: daemonsets could not be read'],
  [
    'ControllerRevision',
    ALL,
    [],
    'none can be judged: controllerrevisions, statefulsets, daemonsets could not be read',
  ],
])('%s without %j, and with a part of %j: %s', ([kind, unseen, inPart, message]) => {
  const facts = snapshot({}, unseen)
  const parts = inPart.map((key) => ({resource: key.toLowerCase(), reason: IN_PART, message: ''}))
  const seen = {...facts, omissions: [...facts.omissions, ...parts]}
  const {unjudged} = leftoversQuestion.build(seen, {names: []}, () => relate(seen))
  expect(unjudged.find((each) => each.kind === kind)?.message).toBe(message)
})

test('a selector is about what is found', () => {
  const persistentVolumeClaims = [
    made('data-web-0', {labels: {app: 'web'}}),
    made('data-web-1', {labels: {app: 'x'}}),
  ]
  expect(told(leftoversOf({persistentVolumeClaims}, {selector: 'app=x'}))).toEqual([
    'NoSet data-web-1: Unknown',
  ])
})
