import {expect, test} from 'vitest'
import {unscheduled} from '../../../src/diagnosis/pods/unscheduled.ts'
import type {Pod} from '../../../src/model/objects.ts'
import {claim, node, pendingClaim, pendingPod, pinnedTo, pod, storageClass, volume} from '../../builders.ts'
import {type Facts, idOf} from '../subjects.ts'
import {unscheduledTroubles} from '../troubles-volumes.ts'
import {ofPod} from './volumes-subject.ts'

const SINCE = '2026-05-01T11:30:00Z'
const ZONE = 'topology.kubernetes.io/zone'
const AFFINITY = "node(s) didn't match PersistentVolume's node affinity"

test.for(Object.entries(unscheduledTroubles))('%s is found where it is', ([id, facts]) => {
  expect(idOf(ofPod(unscheduled, facts('web')))).toBe(id)
})

/** Refused with that text, half an hour ago. */
function refused(message: string, spec: Partial<NonNullable<Pod['spec']>> = {}, others: object = {}): Pod {
  const condition = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    message,
    lastTransitionTime: SINCE,
  }
  return pendingPod({spec, status: {conditions: [{...condition, ...others}]}})
}

const inZone = (name: string, zone: string, others: Parameters<typeof node>[0] = {}) =>
  node({name, metadata: {name, labels: {'kubernetes.io/hostname': name, [ZONE]: zone}}, ...others})

/** `data-web-0` is in zone a. */
function zoned(
  message: string,
  nodes: Facts['nodes'] = [],
  spec: Partial<NonNullable<Pod['spec']>> = {},
): Facts {
  return {
    pods: [refused(message, spec)],
    nodes,
    persistentVolumeClaims: [claim()],
    persistentVolumes: [volume({spec: pinnedTo(ZONE, 'a')})],
    storageClasses: [storageClass()],
  }
}

const MIXED = `0/3 nodes are available: 1 Insufficient cpu, 2 ${AFFINITY}. preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.`

test('a message of zone and room: the room of the nodes that the claim allows is the cause', () => {
  const small = inZone('a1', 'a', {status: {allocatable: {cpu: '4'}}})
  const asking = {containers: [{name: 'main', resources: {requests: {cpu: '3'}}}]}
  expect(ofPod(unscheduled, zoned(MIXED, [small, inZone('b1', 'b'), inZone('b2', 'b')], asking))).toEqual({
    id: 'sched-insufficient-cpu',
    severity: 'error',
    message:
      'Pod shop/web-0 is not scheduled: Insufficient cpu (it asks for 3, the node has 4 in all) on node a1, where its volume pv-data-web-0 can be reached (zone a)',
    object: {kind: 'Pod', namespace: 'shop', name: 'web-0'},
    since: SINCE,
    evidence: [
      expect.stringMatching(
        /^pod\/web-0 condition PodScheduled=False: 0\/3 nodes are available: 1 Insufficient cpu/,
      ),
      "pv/pv-data-web-0 can't be reached from every node",
      'no room can be made by stopping Pods of lower priority (sched-preemption-unhelpful)',
    ],
    selfHealing: 'maybe',
    remedy: {
      commands: ['kubectl describe pod -n shop web-0', 'kubectl describe node a1'],
      advice:
        'free room where it may run, add a node there, lower the requests, or give the Pods a higher priorityClassName',
      danger: 'a higher priority makes room by stopping other Pods',
      rung: 0,
    },
  })
})

const tainted = {spec: {taints: [{key: 'dedicated', value: 'db', effect: 'NoSchedule'}]}}
const cordoned = {spec: {unschedulable: true}}
const FULL_ELSEWHERE = '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable.'

test.for<[string, Facts, string, RegExp]>([
  [
    'full nodes outside the zone are not the cause where the one inside is cordoned',
    zoned(FULL_ELSEWHERE, [inZone('a1', 'a', cordoned), inZone('b1', 'b')]),
    'sched-node-cordoned',
    /node a1, where its volume pv-data-web-0 can be reached \(zone a\), is cordoned/,
  ],
  [
    'the key of the taint comes from the nodes that count',
    zoned('0/2 nodes are available: 2 node(s) had untolerated taint(s).', [
      inZone('a1', 'a', tainted),
      inZone('b1', 'b', {spec: {taints: [{key: 'other', effect: 'NoSchedule'}]}}),
    ]),
    'sched-taint',
    /untolerated taint dedicated=db:NoSchedule on node a1, where/,
  ],
  [
    'taint of control planes beside the wrong zone: no node reaches the volume',
    zoned(`0/2 nodes are available: 1 node(s) had untolerated taint(s), 1 ${AFFINITY}.`, [
      inZone('c1', 'c', tainted),
      inZone('b1', 'b'),
    ]),
    'sched-pv-node-affinity',
    /no node reaches its volume pv-data-web-0 \(zone a\)/,
  ],
  [
    'all nodes are full, and none of them in the zone',
    zoned('0/1 nodes are available: 1 Insufficient cpu.', [inZone('b1', 'b')]),
    'sched-pv-node-affinity',
    /no node reaches/,
  ],
  [
    'by the words alone, where nodes were not seen: the room',
    {...zoned(MIXED), unseen: ['nodes']},
    'sched-insufficient-cpu',
    /Insufficient cpu$/,
  ],
  [
    'by the words alone: the zone rather than a taint',
    {
      ...zoned(`0/4 nodes are available: 3 node(s) had untolerated taint {a: }, 1 ${AFFINITY}.`),
      unseen: ['nodes'],
    },
    'sched-pv-node-affinity',
    /didn't match PersistentVolume's node affinity/,
  ],
  [
    'the wording up to 1.32',
    {...zoned('0/1 nodes are available: 1 node(s) had volume node affinity conflict.'), unseen: ['nodes']},
    'sched-pv-node-affinity',
    /volume node affinity conflict/,
  ],
  [
    'what only nodes in the zone can say stands first',
    zoned(
      `0/4 nodes are available: 1 node(s) didn't match pod anti-affinity rules, 2 Insufficient cpu, 1 ${AFFINITY}.`,
      [inZone('a1', 'a'), inZone('a2', 'a'), inZone('b1', 'b'), inZone('b2', 'b')],
    ),
    'sched-anti-affinity',
    /anti-affinity rules, Insufficient cpu on nodes a1, a2/,
  ],
  [
    'of a Pod without volumes, what most nodes say',
    {
      pods: [refused('0/3 nodes are available: 1 Insufficient memory, 2 Too many pods.', {volumes: []})],
      nodes: [inZone('a1', 'a'), inZone('a2', 'a'), inZone('a3', 'a')],
    },
    'sched-too-many-pods',
    /Too many pods, Insufficient memory$/,
  ],
  [
    'a taint of the control plane is no cause beside full workers',
    {
      pods: [
        refused('0/4 nodes are available: 3 node(s) had untolerated taint(s), 1 Insufficient cpu.', {
          volumes: [],
        }),
      ],
      nodes: [
        inZone('c1', 'a', tainted),
        inZone('c2', 'a', tainted),
        inZone('c3', 'a', tainted),
        inZone('a1', 'a'),
      ],
    },
    'sched-insufficient-cpu',
    /Insufficient cpu$/,
  ],
])('%s', ([, facts, id, words]) => {
  expect(ofPod(unscheduled, facts)).toMatchObject({id, message: expect.stringMatching(words)})
})

test('a node chosen for a claim leaves the Pod no other: what keeps it off that one is the cause', () => {
  const annotations = {'volume.kubernetes.io/selected-node': 'a1'}
  const facts: Facts = {
    pods: [
      refused(
        "0/2 nodes are available: 1 node(s) didn't find available persistent volumes to bind, 1 node(s) were unschedulable.",
      ),
    ],
    nodes: [inZone('a1', 'a', cordoned), inZone('b1', 'b')],
    persistentVolumeClaims: [pendingClaim({metadata: {annotations}})],
  }
  expect(ofPod(unscheduled, facts)).toMatchObject({
    id: 'sched-node-cordoned',
    remedy: {commands: ['kubectl describe node a1', 'kubectl uncordon a1'], rung: 1},
  })
})

test('where even empty nodes are too small, waiting does not help', () => {
  const small = {status: {allocatable: {cpu: '2'}}}
  const facts: Facts = {
    pods: [
      refused('0/2 nodes are available: 2 Insufficient cpu.', {
        volumes: [],
        containers: [{name: 'main', resources: {requests: {cpu: '3'}}}],
      }),
    ],
    nodes: [inZone('a1', 'a', small), inZone('a2', 'a', small)],
  }
  expect(ofPod(unscheduled, facts)).toMatchObject({
    selfHealing: 'no',
    message:
      'Pod shop/web-0 is not scheduled: Insufficient cpu (it asks for 3); even empty, none of the nodes is big enough',
  })
})

test('Pods that are about to end hold their place until then', () => {
  const leaving = pod({name: 'web-1', metadata: {name: 'web-1', namespace: 'shop', deletionTimestamp: SINCE}})
  const facts = zoned("0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules.", [
    inZone('node-a', 'a'),
  ])
  expect(ofPod(unscheduled, {...facts, pods: [...(facts.pods ?? []), leaving]})?.evidence).toContain(
    'still there, and told to stop: pod/web-1 on node/node-a',
  )
})

test('a claim that one Pod at a time may use: the Pod that does is named', () => {
  const facts: Facts = {
    pods: [
      refused(
        '0/1 nodes are available: 1 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod.',
      ),
      pod({
        name: 'copy',
        spec: {volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data-web-0'}}]},
      }),
    ],
    nodes: [node()],
    persistentVolumeClaims: [claim({spec: {accessModes: ['ReadWriteOncePod']}})],
    persistentVolumes: [volume()],
  }
  expect(ofPod(unscheduled, facts)).toMatchObject({
    id: 'sched-rwop-in-use',
    message: expect.stringMatching(/already in-use by another pod: shop\/copy$/),
  })
})

test.for<[string, Facts]>([
  ['a Pod on its node', {pods: [pod()]}],
  [
    'a Pod that is told to stop',
    {pods: [{...refused('x'), metadata: {name: 'web-0', deletionTimestamp: SINCE}}]},
  ],
  ['a Pod that has ended', {pods: [pendingPod({status: {phase: 'Failed'}})]}],
])('%s waits for no scheduler', ([, facts]) => {
  expect(ofPod(unscheduled, facts)).toBeUndefined()
})
