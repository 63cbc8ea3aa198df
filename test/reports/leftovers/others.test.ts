import {expect, test} from 'vitest'
import {nameHeld} from '../../../src/diagnosis/stateful-set/name-held.ts'
import type {ControllerRevision, Pod} from '../../../src/model/objects.ts'
import {attachment, claim, healthy, NOW, node, pod, statefulSet, volume} from '../../builders.ts'
import {revision} from '../../builders-daemon.ts'
import {ordinalSubject} from '../../diagnosis/subjects.ts'
import {leftoversOf, sparedIn, told} from './leftovers-of.ts'

const LONG_AGO = '2026-04-01T12:00:00Z'
const MOMENT_AGO = '2026-05-01T11:59:00Z'
const GUARD = 'external-provisioner.volume.kubernetes.io/finalizer'

const freed = (phase: string, persistentVolumeReclaimPolicy: string, finalizers: readonly string[] = []) =>
  volume({
    metadata: {name: 'pv-1', creationTimestamp: LONG_AGO, finalizers: [...finalizers]},
    spec: {persistentVolumeReclaimPolicy},
    status: {phase, lastPhaseTransitionTime: LONG_AGO},
  })

test.for([
  ['Released', 'Retain', [], 'Released pv-1: KeepsData', 'info'],
  ['Released', 'Delete', [GUARD], 'Released pv-1: DestroysData', 'warning'],
  ['Released', 'Delete', [], 'Released pv-1: Unknown', 'warning'],
  ['Failed', 'Delete', [GUARD], 'Failed pv-1: DestroysData', 'error'],
] as const)(
  'a volume that is %s with policy %s and finalizers %j',
  ([phase, policy, guards, text, severity]) => {
    const report = leftoversOf({persistentVolumes: [freed(phase, policy, guards)]})
    expect(told(report)).toEqual([text])
    expect(report.leftovers[0]).toMatchObject({severity, namespace: 'shop', size: '1Gi'})
  },
)

test.for(['Delete', 'Retain'])(
  'a volume that is bound, available, or released only now is none: %s',
  (policy) => {
    const now = {
      ...freed('Released', policy),
      status: {phase: 'Released', lastPhaseTransitionTime: MOMENT_AGO},
    }
    const report = leftoversOf({persistentVolumes: [volume(), freed('Available', 'Retain'), now] as never})
    expect({told: told(report), spared: sparedIn(report)}).toEqual({told: [], spared: ['Recent: pv-1']})
  },
)

const attached = (nodeName: string, creationTimestamp = LONG_AGO) =>
  attachment({metadata: {name: 'csi-1', creationTimestamp}, spec: {nodeName}})

test('an attachment is left over where its node, its volume or its user is gone', () => {
  const all = healthy(1)
  expect(told(leftoversOf({...all, volumeAttachments: [attached('node-a')]}))).toEqual([])
  expect(told(leftoversOf({...all, volumeAttachments: [attached('node-z')]}))).toEqual([
    'NodeGone csi-1: NoData',
  ])
  const elsewhere = {...all, nodes: [node(), node({name: 'node-b'})], volumeAttachments: [attached('node-b')]}
  expect(told(leftoversOf(elsewhere))).toEqual(['Unused csi-1: NoData'])
  const without = leftoversOf({...all, persistentVolumes: [], volumeAttachments: [attached('node-a')]})
  expect(told(without)).toEqual(['VolumeGone csi-1: NoData'])
})

test('not where it is only on its way, nor where what would tell was not seen', () => {
  const all = {...healthy(1), pods: []}
  expect(sparedIn(leftoversOf({...all, volumeAttachments: [attached('node-a', MOMENT_AGO)]}))).toEqual([
    'Recent: csi-1',
  ])
  for (const unseen of [['nodes'], ['pods']] as const) {
    const facts = {
      ...all,
      nodes: unseen[0] === 'nodes' ? [] : all.nodes,
      volumeAttachments: [attached('node-a')],
    }
    expect(told(leftoversOf({...facts, persistentVolumeClaims: []}, {unseen: ['pods', ...unseen]}))).toEqual(
      [],
    )
  }
})

const GOING = {deletionTimestamp: NOW, creationTimestamp: LONG_AGO}

test.for([
  [
    'a Released volume',
    {persistentVolumes: [{...freed('Released', 'Retain'), metadata: {name: 'x', ...GOING}}]},
  ],
  ['a Failed volume', {persistentVolumes: [{...freed('Failed', 'Delete'), metadata: {name: 'x', ...GOING}}]}],
  [
    'an attachment to a node that is gone',
    {volumeAttachments: [attachment({metadata: {name: 'x', ...GOING}, spec: {nodeName: 'node-z'}})]},
  ],
  [
    'an attachment that nobody uses',
    {
      nodes: [node()],
      persistentVolumes: [volume()],
      volumeAttachments: [attachment({metadata: {name: 'x', ...GOING}})],
    },
  ],
  [
    'a Pod that holds a name',
    {
      nodes: [node()],
      statefulSets: [statefulSet({name: 'x'})],
      pods: [
        pod({
          name: 'x-0',
          metadata: {name: 'x-0', namespace: 'shop', labels: {}, ownerReferences: [], ...GOING},
        }),
      ],
    },
  ],
  [
    'a Pod on a node that is gone',
    {
      statefulSets: [statefulSet()],
      pods: [pod({metadata: {...pod().metadata, ...GOING}, spec: {nodeName: 'node-z'}})],
    },
  ],
] as const)('%s that is being deleted is not left over', ([, facts]) => {
  const report = leftoversOf(facts as never)
  expect({told: told(report), reasons: report.spared.map(({reason}) => reason)}).toEqual({
    told: [],
    reasons: ['Terminating'],
  })
})

test('nor is a Pod or an attachment that was created a moment ago, or a volume that is to be wiped', () => {
  const report = leftoversOf({
    nodes: [node()],
    statefulSets: [statefulSet()],
    pods: [
      pod({
        metadata: {
          name: 'web-0',
          namespace: 'shop',
          labels: {},
          ownerReferences: [],
          creationTimestamp: MOMENT_AGO,
        },
      }),
    ],
    persistentVolumes: [
      {...freed('Released', 'Recycle'), status: {phase: 'Released', lastPhaseTransitionTime: MOMENT_AGO}},
    ] as never,
    volumeAttachments: [attached('node-z', MOMENT_AGO)],
  })
  expect({told: told(report), spared: sparedIn(report)}).toEqual({
    told: [],
    spared: ['Recent: pv-1', 'Recent: csi-1', 'Recent: web-0'],
  })
})

const orphan = (name: string, labels: Record<string, string>): Pod =>
  pod({name, metadata: {name, namespace: 'shop', labels, ownerReferences: []}})

test('a Pod of no owner that has the name of an ordinal is told, and is an error where it is in the way', () => {
  const facts = {statefulSets: [statefulSet({replicas: 2})], nodes: [node()]}
  const report = leftoversOf({
    ...facts,
    pods: [orphan('web-1', {app: 'copy'}), orphan('web-7', {app: 'copy'})],
  })
  expect(report.leftovers.map(({name, reason, severity}) => `${name} ${reason} ${severity}`)).toEqual([
    'web-1 HoldsName error',
    'web-7 HoldsName warning',
  ])
})

const POD_LABEL = 'statefulset.kubernetes.io/pod-name'

test.for([
  ['a copy', orphan('web-1', {app: 'copy'})],
  ['a former member with other labels', orphan('web-1', {app: 'copy', [POD_LABEL]: 'web-1'})],
] as const)('%s in the way: what to do is what the cause says', ([, holder]) => {
  const set = statefulSet({replicas: 2})
  const facts = {statefulSets: [set], nodes: [node()], pods: [holder]}
  const finding = nameHeld(ordinalSubject(facts, 1))
  const [advice] = leftoversOf(facts).advice
  expect(finding?.remedy?.act).toHaveLength(1)
  expect(advice?.remedy).toEqual(finding?.remedy)
  expect(leftoversOf(facts).leftovers[0]?.deleting.message).toContain('the controller creates ordinal 1')
})

test('advice is said apart for a Pod in the way, and for one of an ordinal that nobody wants', () => {
  const facts = {statefulSets: [statefulSet({replicas: 2})], nodes: [node()]}
  const {advice, leftovers} = leftoversOf({
    ...facts,
    pods: [orphan('web-1', {app: 'copy'}), orphan('web-7', {app: 'copy'})],
  })
  expect(advice.map(({example, count}) => `${count} ${example.name}`)).toEqual(['1 web-1', '1 web-7'])
  expect(advice[1]?.remedy.avoid).toContain('wants no ordinal 7')
  expect(leftovers[1]?.deleting.message).toContain('no controller creates it again')
})

test('where there is no set, no controller is said to adopt a Pod, unless its set is created again', () => {
  const left = orphan('db-0', {[POD_LABEL]: 'db-0'})
  const [advice] = leftoversOf({pods: [left], nodes: [node()]}).advice
  expect(advice?.remedy.act.map(({text}) => text)).toEqual([
    expect.stringMatching(/^if you want its set back, create StatefulSet db again/),
    expect.stringMatching(/^only if nobody needs what it runs/),
  ])
})

test('not one that the set is about to adopt, nor a Pod of that form that no set ever had', () => {
  const facts = {statefulSets: [statefulSet({replicas: 2})], nodes: [node()]}
  expect(told(leftoversOf({...facts, pods: [orphan('web-1', {app: 'web'}), orphan('debug-1', {})]}))).toEqual(
    [],
  )
})

test('a Pod that its set has left behind is told by the label that only a set gives', () => {
  const left = orphan('db-0', {[POD_LABEL]: 'db-0'})
  expect(told(leftoversOf({pods: [left], nodes: [node()]}))).toEqual(['NoOwner db-0: StopsPod'])
})

test('a Pod on a node that is gone is told, unless nodes were not seen', () => {
  const lost = pod({spec: {nodeName: 'node-z'}})
  const facts = {
    statefulSets: [statefulSet()],
    persistentVolumeClaims: [claim()],
    persistentVolumes: [volume()],
  }
  expect(told(leftoversOf({...facts, pods: [lost], nodes: [node()]}))).toEqual(['NodeGone web-0: NoData'])
  expect(told(leftoversOf({...facts, pods: [lost]}, {unseen: ['nodes']}))).toEqual([])
})

const orphanRevision = (metadata: object): ControllerRevision =>
  revision('old', 1, {
    name: 'agent-old',
    namespace: 'shop',
    creationTimestamp: LONG_AGO,
    labels: {'controller-revision-hash': 'old', app: 'agent'},
    ...metadata,
  })

test('a revision is left over where its set is gone, or nobody would adopt it', () => {
  expect(told(leftoversOf({controllerRevisions: [orphanRevision({})]}))).toEqual([
    'OwnerGone agent-old: NoData',
  ])
  const adrift = orphanRevision({ownerReferences: []})
  expect(told(leftoversOf({controllerRevisions: [adrift]}))).toEqual(['NoOwner agent-old: NoData'])
  const statefulSets = [statefulSet({name: 'agent'})]
  expect(told(leftoversOf({controllerRevisions: [adrift], statefulSets}))).toEqual([])
})

test('not those of other controllers, nor what is on its way', () => {
  const ownerReferences = [
    {apiVersion: 'apps.kruise.io/v1beta1', kind: 'StatefulSet', name: 'x', uid: 'u', controller: true},
  ]
  const report = leftoversOf({
    controllerRevisions: [
      orphanRevision({ownerReferences}),
      orphanRevision({name: 'a', deletionTimestamp: NOW}),
      orphanRevision({name: 'b', creationTimestamp: MOMENT_AGO}),
      orphanRevision({name: 'c', labels: {}}),
    ],
  })
  expect({told: told(report), spared: sparedIn(report)}).toEqual({
    told: [],
    spared: ['Terminating: a', 'Recent: b'],
  })
})

test('sums count what has a disk once, by class and by namespace, the largest first', () => {
  const far = claim({
    name: 'data-db-0',
    namespace: 'far',
    spec: {storageClassName: 'slow'},
    status: {capacity: {storage: '3Gi'}},
  })
  const report = leftoversOf({
    persistentVolumeClaims: [claim(), far],
    persistentVolumes: [volume(), freed('Released', 'Retain')],
  })
  const gibi = (count: number) => count * 2 ** 30
  expect(report.totals).toEqual({
    claims: 2,
    volumes: 1,
    bytes: gibi(5),
    bytesDestroyed: gibi(1),
    byClass: [
      {name: 'slow', claims: 1, volumes: 0, bytes: gibi(3), bytesDestroyed: 0},
      {name: 'fast', claims: 1, volumes: 1, bytes: gibi(2), bytesDestroyed: gibi(1)},
    ],
    byNamespace: [
      {name: 'far', claims: 1, volumes: 0, bytes: gibi(3), bytesDestroyed: 0},
      {name: 'shop', claims: 1, volumes: 1, bytes: gibi(2), bytesDestroyed: gibi(1)},
    ],
  })
})

test('advice looks before it acts, names a condition, and says the risk', () => {
  const report = leftoversOf({
    ...healthy(1),
    statefulSets: [],
    pods: [orphan('db-0', {[POD_LABEL]: 'db-0'})],
    persistentVolumes: [volume(), freed('Failed', 'Delete')],
    volumeAttachments: [attached('node-z')],
    controllerRevisions: [orphanRevision({})],
  })
  expect(report.advice.map(({kind, reason}) => `${kind} ${reason}`)).toEqual([
    'PersistentVolumeClaim NoSet',
    'PersistentVolume Failed',
    'VolumeAttachment NodeGone',
    'Pod NoOwner',
    'ControllerRevision OwnerGone',
  ])
  for (const {remedy} of report.advice) {
    expect(remedy.look.length).toBeGreaterThan(0)
    expect(remedy.look.join()).not.toContain('delete')
    expect(remedy.risk).not.toBe('')
    const acting = remedy.act.filter(({commands}) => commands.length > 0)
    expect(acting.length).toBeGreaterThan(0)
    for (const {text} of acting) expect(text).toMatch(/only if|act on|leave it/)
  }
})
