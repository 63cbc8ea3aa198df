import {expect, test} from 'vitest'
import type {CauseId} from '../../src/diagnosis/order.ts'
import type {Event} from '../../src/model/objects.ts'
import {
  attachment,
  claim,
  event,
  healthy,
  node,
  pendingClaim,
  pendingPod,
  pinnedTo,
  pod,
  statefulSet,
  storageClass,
  volume,
} from '../builders.ts'
import {judged, rolled, type Side, said, saidOf, TOLD_APART} from './distinctions-sides.ts'
import {adviceOf, commandsOf} from './remedies.ts'
import type {SetFacts} from './subjects-sets.ts'
import {troubles} from './troubles.ts'
import {workloadTroubles} from './troubles-sets.ts'
import {mountTroubles} from './troubles-volumes.ts'

const SINCE = '2026-05-01T11:30:00Z'

/** `web-0` has no node, for that reason. */
function refused(message: string, others: SetFacts = {}): SetFacts {
  const condition = {type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message}
  const conditions = [{...condition, lastTransitionTime: SINCE}]
  return {...healthy(), pods: [pendingPod({status: {conditions}})], ...others}
}

const ZONE = 'topology.kubernetes.io/zone'
const inZone = {persistentVolumes: [volume({spec: pinnedTo(ZONE, 'a')})]}
const NODES = {
  nodes: ['a', 'a', 'b', 'b'].map((zone, index) => {
    const name = `node-${index}`
    return node({name, metadata: {labels: {'kubernetes.io/hostname': name, [ZONE]: zone}}})
  }),
}
const elsewhere = {...NODES, persistentVolumes: [volume({spec: pinnedTo(ZONE, 'c')})]}
const tainted = {nodes: [node({spec: {taints: [{key: 'dedicated', value: 'db', effect: 'NoSchedule'}]}})]}

const LAZY = {storageClasses: [storageClass({volumeBindingMode: 'WaitForFirstConsumer'})]}
const UNBOUND = {persistentVolumeClaims: [pendingClaim()], persistentVolumes: []}
const SELECTOR = "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector."
const IMMEDIATE = '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found'

/** The kubelet of `web-0` says so. */
function starting(
  events: readonly (readonly [reason: string, message: string])[],
  others: SetFacts = {},
): SetFacts {
  const involvedObject = {kind: 'Pod', namespace: 'shop', name: 'web-0', uid: 'uid-web-0'}
  const made = pod({
    status: {
      phase: 'Pending',
      conditions: [{type: 'PodScheduled', status: 'True', lastTransitionTime: SINCE}],
      containerStatuses: [
        {
          name: 'main',
          ready: false,
          restartCount: 0,
          state: {waiting: {reason: 'ContainerCreating'}},
        },
      ],
    },
  })
  const said = events.map(
    ([reason, message], index): Event => ({
      ...event(reason, message, {involvedObject, lastTimestamp: '2026-05-01T11:59:00Z'}),
      metadata: {name: `e-${index}`, namespace: 'shop'},
    }),
  )
  return {...healthy(), pods: [made], events: said, ...others}
}

const SUMMARY = [
  'FailedMount',
  'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[]: timed out waiting for the condition',
] as const
const REAL = [
  'FailedMount',
  'MountVolume.SetUp failed for volume "config" : configmap "settings" not found',
] as const
const SHARED = [
  'FailedAttachVolume',
  'Multi-Attach error for volume "pv-data-web-0" Volume is already used by pod(s) copy-0',
] as const
const LEFT = [
  'FailedAttachVolume',
  'Multi-Attach error for volume "pv-data-web-0" Volume is already exclusively attached to one node and can\'t be attached to another',
] as const
const [MULTI_POD, MULTI_LEFTOVER] = ['attach-multi-pod', 'attach-multi-leftover'] as const
const laterText = ([reason, text]: readonly [string, string]) =>
  [reason, text.replace('Multi-Attach error', 'Waiting for detach')] as const

const going = [claim({metadata: {deletionTimestamp: SINCE, finalizers: ['kubernetes.io/pvc-protection']}})]
const observed = statefulSet()
const SET = {
  ...observed,
  metadata: {...observed.metadata, generation: 1},
  status: {observedGeneration: 1, currentRevision: 'web-1', updateRevision: 'web-1', replicas: 1},
}
const gone = {...healthy(), statefulSets: [SET], pods: []}
const noClaim = {persistentVolumeClaims: [], persistentVolumes: []}

/** Nobody says anything about these. */
const SILENT: readonly (readonly [string, SetFacts | string, CauseId])[] = [
  ['a foreign Pod holds the name', 'foreign-pod-holds-name', 'sts-name-held-by-foreign-pod'],
  ['a claim still belongs to a Pod that is gone', 'claim-of-former-pod', 'create-pvc-stale-owner'],
  [
    'a claim was deleted while its Pod waits for a node',
    refused('0/1 nodes are available: persistentvolumeclaim "data-web-0" is being deleted.', {
      persistentVolumeClaims: going,
    }),
    'sched-pvc-being-deleted',
  ],
  [
    'a claim names a volume that is not there',
    troubles['pvc-volumename-missing-pv']?.('web') ?? {},
    'pvc-volumename-missing-pv',
  ],
  ['a revision can’t be written', 'revision-refused', 'sts-sync-error-silent'],
  [
    'a Pod can’t be adopted',
    workloadTroubles['sts-sync-error-silent']?.('web') ?? {},
    'sts-sync-error-silent',
  ],
  ['a volume can’t be detached', mountTroubles['detach-stuck']?.('web') ?? {}, 'detach-stuck'],
  ['no scheduler of that name runs', 'no-scheduler', 'sched-no-scheduler'],
]

const NOISY: readonly CauseId[] = [
  'create-quota-exceeded',
  'create-webhook-denied',
  'create-pvc-failed',
  'sched-unschedulable',
]

const sides: readonly Side[] = [
  ...SILENT.map(([sentence, facts, id]): Side => [`6: in silence ${sentence}`, facts, [id], NOISY]),
  [
    '6: where an event tells, that is the cause',
    'quota-exceeded',
    ['create-quota-exceeded'],
    SILENT.map(([, , id]) => id),
  ],
  [
    '8: with WaitForFirstConsumer the scheduling of the Pod is to blame',
    refused(SELECTOR, {...LAZY, ...UNBOUND}),
    ['sched-node-affinity', 'pvc-wffc-pod-unscheduled'],
    ['sched-unbound-immediate-pvc', 'pvc-external-wait'],
  ],
  [
    '8: the real scheduler and binder point at each other',
    'claim-waits-for-unschedulable-pod',
    ['sched-node-affinity', 'pvc-wffc-pod-unscheduled'],
    ['sched-unbound-immediate-pvc', 'pvc-wffc-no-consumer'],
  ],
  [
    '8: with Immediate the claim is to blame',
    refused(IMMEDIATE, {...UNBOUND, storageClasses: []}),
    ['pvc-class-missing'],
    ['pvc-wffc-pod-unscheduled', 'sched-node-affinity'],
  ],
  [
    '8: the real binder can’t bind a claim at once',
    'class-missing',
    ['pvc-class-missing'],
    ['pvc-wffc-pod-unscheduled', 'sched-node-affinity'],
  ],
  [
    '9: cpu is short where the volume is',
    refused('0/4 nodes are available: 2 Insufficient cpu, 2 node(s) had volume node affinity conflict.', {
      ...NODES,
      ...inZone,
    }),
    ['sched-insufficient-cpu'],
    ['sched-pv-node-affinity', 'sched-no-pv-to-bind'],
  ],
  [
    '9: no node can reach the volume',
    refused('0/4 nodes are available: 4 node(s) had volume node affinity conflict.', elsewhere),
    ['sched-pv-node-affinity'],
    ['sched-insufficient-cpu'],
  ],
  [
    '9: the real scheduler finds no room in the zone',
    'zone-is-full',
    ['sched-insufficient-cpu'],
    ['sched-pv-node-affinity'],
  ],
  [
    '9: the real scheduler finds no node of the volume',
    'node-of-local-volume-gone',
    ['sched-pv-node-affinity'],
    ['sched-insufficient-cpu'],
  ],
  ...wordings('sched-taint', tainted, 'sched-pv-node-affinity', [
    'node(s) had untolerated taint {dedicated: db}',
    'node(s) had untolerated taint(s)',
    "node(s) had taint {dedicated: db}, that the pod didn't tolerate",
  ]),
  ...wordings(
    'sched-pv-node-affinity',
    {nodes: [node()], persistentVolumes: elsewhere.persistentVolumes},
    'sched-taint',
    ['node(s) had volume node affinity conflict', "node(s) didn't match PersistentVolume's node affinity"],
  ),
  ...wordings('sched-rwop-in-use', {}, 'sched-pv-node-affinity', [
    'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode',
    'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
  ]),
  ['12: a Pod still uses the volume', starting([SHARED]), [MULTI_POD], [MULTI_LEFTOVER]],
  ['12: nobody uses it, and its attachment is left over', starting([LEFT]), [MULTI_LEFTOVER], [MULTI_POD]],
  [
    '12: a Pod still uses the volume, in the words of 1.36.4',
    starting([laterText(SHARED)]),
    [MULTI_POD],
    [MULTI_LEFTOVER],
  ],
  [
    '12: its attachment is left over, in the words of 1.36.4',
    starting([laterText(LEFT)]),
    [MULTI_LEFTOVER],
    [MULTI_POD],
  ],
  [
    '13: a summary beside its root cause is not the cause',
    starting([SUMMARY, REAL]),
    ['mount-configmap-secret'],
    ['mount-timeout'],
  ],
  [
    '13: a summary beside a volume that is attached elsewhere is not the cause',
    starting([LEFT, SUMMARY]),
    [MULTI_LEFTOVER],
    ['mount-timeout'],
  ],
  [
    '13: a summary alone is all that there is',
    starting([SUMMARY]),
    ['mount-timeout'],
    ['mount-configmap-secret', MULTI_LEFTOVER],
  ],
  [
    '21: the claim is being deleted, and the Pod is missing',
    'claim-being-deleted',
    ['create-pvc-being-deleted'],
    ['pvc-missing-for-pending-pod', 'sched-pvc-being-deleted'],
  ],
  [
    '21: the claim is being deleted, and the Pod waits: nothing says so',
    {
      ...refused('0/1 nodes are available: persistentvolumeclaim "data-web-0" is being deleted.', {
        persistentVolumeClaims: going,
      }),
      statefulSets: [SET],
    },
    ['sched-pvc-being-deleted'],
    ['create-pvc-being-deleted', 'pvc-missing-for-pending-pod'],
  ],
  [
    '21: the claim is missing, and the Pod waits',
    {
      ...refused('0/1 nodes are available: persistentvolumeclaim "data-web-0" not found.', noClaim),
      statefulSets: [SET],
    },
    ['pvc-missing-for-pending-pod'],
    ['create-pvc-being-deleted', 'sched-pvc-being-deleted'],
  ],
  [
    '21: the claim is missing, and so is the Pod: both are about to be created',
    {...gone, ...noClaim},
    [],
    ['pvc-missing-for-pending-pod', 'create-pvc-being-deleted'],
  ],
]

/** Whatever the version, the same cause. */
function wordings(id: CauseId, others: SetFacts, not: CauseId, texts: readonly string[]): readonly Side[] {
  return texts.map(
    (text): Side => [
      `11: ${id} in these words: ${text}`,
      refused(`0/1 nodes are available: 1 ${text}.`, others),
      [id],
      [not, 'sched-unschedulable'],
    ],
  )
}

test.for(sides)('distinction %s', async (side) => {
  expect(await judged(side)).toEqual(TOLD_APART)
})

test('distinction 9: room in its zone is what is advised, and no claim is to be deleted', async () => {
  const findings = await said('zone-is-full')
  expect(JSON.stringify(findings.map(({remedy}) => remedy?.act))).not.toMatch(/delete (pvc|pv)/)
})

/** Still attached to node-b, which is that ready. */
function leftover(status: string): SetFacts {
  const conditions = [{type: 'Ready', status, lastTransitionTime: SINCE}]
  return starting([], {
    nodes: [node(), node({name: 'node-b', status: {conditions}})],
    volumeAttachments: [attachment({spec: {nodeName: 'node-b'}})],
  })
}

test.for([
  ['Unknown', /six minutes|6 ?min|by force/],
  ['True', /nothing is forced/],
] as const)(
  'distinction 12: what is left on a node whose Ready is %s goes by force, or not',
  async ([ready, advice]) => {
    const finding = await saidOf(leftover(ready), 'attach-multi-leftover')
    expect(adviceOf(finding)).toMatch(advice)
  },
)

test.for<[string, RegExp, boolean]>([
  ['v1.26.3', /before 1\.27 .* only with a new Pod/, true],
  ['v1.27.3', /the controller creates (it|the claim) again,.* unless/, false],
])(
  'distinction 21: under %s the advice tells what that controller does',
  async ([version, words, isDeleted]) => {
    const facts = {
      ...refused('0/1 nodes are available: persistentvolumeclaim "data-web-0" not found.', noClaim),
      version,
    }
    const finding = await saidOf(facts, 'pvc-missing-for-pending-pod')
    expect(adviceOf(finding)).toMatch(words)
    expect(commandsOf(finding).some((command) => command.startsWith('kubectl delete pod'))).toBe(isDeleted)
  },
)

test('distinction 21: a Pod that is missing with its claim is simply created next', async () => {
  expect((await rolled({...gone, ...noClaim}))?.next.actions).toContainEqual(
    expect.objectContaining({action: 'Create', pod: 'web-0'}),
  )
})
