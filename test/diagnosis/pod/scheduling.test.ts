import {expect, test} from 'vitest'
import {scheduling} from '../../../src/diagnosis/pod/scheduling/scheduling.ts'
import type {Pod} from '../../../src/model/objects.ts'
import {claim, node, pendingClaim, pendingPod, pinnedTo, pod, storageClass, volume} from '../../builders.ts'
import {type Facts, idOf} from '../subjects.ts'
import {schedulingTroubles} from '../troubles-volumes.ts'
import {ofPod} from './volumes-subject.ts'

const SINCE = '2026-05-01T11:30:00Z'
const ZONE = 'topology.kubernetes.io/zone'
const AFFINITY = "node(s) didn't match PersistentVolume's node affinity"

test.for(Object.entries(schedulingTroubles))('%s is found where it is', ([id, facts]) => {
  expect(idOf(ofPod(scheduling, facts('web')))).toBe(id)
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
  expect(ofPod(scheduling, zoned(MIXED, [small, inZone('b1', 'b'), inZone('b2', 'b')], asking))).toEqual({
    id: 'sched-insufficient-cpu',
    severity: 'error',
    message:
      'Not enough CPU is free on node a1, where volume pv-data-web-0 (zone a) is in reach: 3 requested, 4 in all (web-0 is pending)',
    object: {kind: 'Pod', namespace: 'shop', name: 'web-0'},
    blames: [{kind: 'Node', name: 'a1'}],
    since: SINCE,
    evidence: [
      expect.stringMatching(
        /^pod\/web-0 condition PodScheduled=False: 0\/3 nodes are available: 1 Insufficient cpu/,
      ),
      "pv/pv-data-web-0 can't be reached from every node",
      'no room can be freed by stopping Pods of lower priority (sched-preemption-unhelpful)',
    ],
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl describe pod -n shop web-0', 'kubectl describe node a1'],
      act: [
        {text: 'free room where the Pod may run, or add a node there', commands: []},
        {text: 'lower the requests in the template', commands: []},
        {
          text: 'if it matters more than what runs there, give the Pods a higher priorityClassName',
          commands: [],
        },
      ],
      risk: 'a higher priority makes room by stopping other Pods',
      avoid: '',
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
    /^Node a1, where volume pv-data-web-0 \(zone a\) is in reach, is cordoned/,
  ],
  [
    'the key of the taint comes from the nodes that count',
    zoned('0/2 nodes are available: 2 node(s) had untolerated taint(s).', [
      inZone('a1', 'a', tainted),
      inZone('b1', 'b', {spec: {taints: [{key: 'other', effect: 'NoSchedule'}]}}),
    ]),
    'sched-taint',
    /^Untolerated taint dedicated=db:NoSchedule is on node a1, where/,
  ],
  [
    'taint of control planes beside the wrong zone: no node reaches the volume',
    zoned(`0/2 nodes are available: 1 node(s) had untolerated taint(s), 1 ${AFFINITY}.`, [
      inZone('c1', 'c', tainted),
      inZone('b1', 'b'),
    ]),
    'sched-pv-node-affinity',
    /^Volume pv-data-web-0 is only reachable from zone a, and the nodes are in zones c, b/,
  ],
  [
    'all nodes are full, and none of them in the zone',
    zoned('0/1 nodes are available: 1 Insufficient cpu.', [inZone('b1', 'b')]),
    'sched-pv-node-affinity',
    /StorageClass fast binds Immediate/,
  ],
  [
    'by the words alone, where nodes were not seen: the room',
    {...zoned(MIXED), unseen: ['nodes']},
    'sched-insufficient-cpu',
    /^Not enough CPU is free on the nodes that could take the Pod \(/,
  ],
  [
    'by the words alone: the zone rather than a taint',
    {
      ...zoned(`0/4 nodes are available: 3 node(s) had untolerated taint {a: }, 1 ${AFFINITY}.`),
      unseen: ['nodes'],
    },
    'sched-pv-node-affinity',
    /^The volume of the Pod can't be reached on the nodes/,
  ],
  [
    'the wording up to 1.32',
    {...zoned('0/1 nodes are available: 1 node(s) had volume node affinity conflict.'), unseen: ['nodes']},
    'sched-pv-node-affinity',
    /^The volume of the Pod can't be reached on the nodes/,
  ],
  [
    'what only nodes in the zone can say stands first',
    zoned(
      `0/4 nodes are available: 1 node(s) didn't match pod anti-affinity rules, 2 Insufficient cpu, 1 ${AFFINITY}.`,
      [inZone('a1', 'a'), inZone('a2', 'a'), inZone('b1', 'b'), inZone('b2', 'b')],
    ),
    'sched-anti-affinity',
    /\(podAntiAffinity\) is or not enough CPU is free on nodes a1, a2/,
  ],
  [
    'of a Pod without volumes, what most nodes say',
    {
      pods: [refused('0/3 nodes are available: 1 Insufficient memory, 2 Too many pods.', {volumes: []})],
      nodes: [inZone('a1', 'a'), inZone('a2', 'a'), inZone('a3', 'a')],
    },
    'sched-too-many-pods',
    /^The limit of Pods is reached or not enough memory is free on nodes a1, a2, a3 \(/,
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
    /^Not enough CPU is free on node a1 \(/,
  ],
])('%s', ([, facts, id, words]) => {
  expect(ofPod(scheduling, facts)).toMatchObject({id, message: expect.stringMatching(words)})
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
  expect(ofPod(scheduling, facts)).toMatchObject({
    id: 'sched-node-cordoned',
    remedy: {
      look: ['kubectl describe node a1'],
      act: [{commands: ['kubectl uncordon a1']}],
      risk: 'somebody may be draining that node on purpose: ask first',
      rung: 1,
    },
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
  expect(ofPod(scheduling, facts)).toMatchObject({
    selfHealing: 'no',
    message:
      'Not enough CPU is free on nodes a1, a2: 3 requested; even empty, none of them is big enough (web-0 is pending)',
  })
})

test('Pods that are terminating hold their place until then', () => {
  const terminating = pod({
    name: 'web-1',
    metadata: {name: 'web-1', namespace: 'shop', deletionTimestamp: SINCE},
  })
  const facts = zoned("0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules.", [
    inZone('node-a', 'a'),
  ])
  expect(ofPod(scheduling, {...facts, pods: [...(facts.pods ?? []), terminating]})?.evidence).toContain(
    'still there, and terminating: pod/web-1 on node/node-a',
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
  expect(ofPod(scheduling, facts)).toMatchObject({
    id: 'sched-rwop-in-use',
    message: 'The claim of the Pod (ReadWriteOncePod) is in use by Pod copy (web-0 is pending)',
  })
})

/** What the cluster autoscaler said, and when. */
function scaling(
  ...said: readonly (readonly [reason: string, message: string, at: string])[]
): NonNullable<Facts['events']> {
  return said.map(([reason, message, lastTimestamp]) => ({
    metadata: {name: `web-0.${reason}`, namespace: 'shop'},
    involvedObject: {kind: 'Pod', namespace: 'shop', name: 'web-0', uid: 'uid-web-0'},
    reason,
    message,
    firstTimestamp: SINCE,
    lastTimestamp,
  }))
}

const NOT_SCALED =
  "pod didn't trigger scale-up: 2 max node group size reached, 1 in backoff after failed scale-up"
const NO_ROOM = '0/1 nodes are available: 1 Insufficient cpu.'

test('no node has room, and the autoscaler says why it adds none', () => {
  const facts = {
    pods: [refused(NO_ROOM)],
    nodes: [node()],
    events: scaling(['NotTriggerScaleUp', NOT_SCALED, '2026-05-01T11:59:00Z']),
  }
  expect(ofPod(scheduling, facts)).toMatchObject({
    id: 'sched-no-scale-up',
    severity: 'error',
    message: expect.stringMatching(
      /^Not enough CPU is free on node node-a.*, and the cluster autoscaler adds no node \(web-0 is pending\)$/,
    ),
    evidence: expect.arrayContaining([expect.stringContaining('2 max node group size reached')]),
  })
})

test.for<[string, string, NonNullable<Facts['events']>]>([
  [
    'it has asked for a node since',
    NO_ROOM,
    scaling(
      ['TriggeredScaleUp', 'pod triggered scale-up: [{pool 1->2 (max: 3)}]', '2026-05-01T11:59:30Z'],
      ['NotTriggerScaleUp', NOT_SCALED, '2026-05-01T11:59:00Z'],
    ),
  ],
  [
    'it only asked for a node',
    NO_ROOM,
    scaling(['TriggeredScaleUp', 'pod triggered scale-up: [{pool 1->2 (max: 3)}]', '2026-05-01T11:59:00Z']),
  ],
  [
    'it has been silent for long',
    NO_ROOM,
    scaling(['NotTriggerScaleUp', NOT_SCALED, '2026-05-01T11:40:00Z']),
  ],
])('the scheduler says why no node takes the Pod, and not the autoscaler: %s', ([, message, events]) => {
  const facts = {pods: [refused(message)], nodes: [node()], events}
  expect(ofPod(scheduling, facts)?.id).toBe('sched-insufficient-cpu')
})

test.for<[string, Facts]>([
  ['a Pod on its node', {pods: [pod()]}],
  [
    'a Pod that is terminating',
    {pods: [{...refused('x'), metadata: {name: 'web-0', deletionTimestamp: SINCE}}]},
  ],
  ['a Pod that has failed', {pods: [pendingPod({status: {phase: 'Failed'}})]}],
])('%s waits for no scheduler', ([, facts]) => {
  expect(ofPod(scheduling, facts)).toBeUndefined()
})
