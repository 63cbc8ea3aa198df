import {expect, test} from 'vitest'
import {beforeScheduling} from '../../../src/diagnosis/scheduling/before-scheduling.ts'
import {pinned} from '../../../src/diagnosis/scheduling/pinned.ts'
import type {WaitingPod} from '../../../src/diagnosis/scheduling/waiting-pod.ts'
import type {Pod} from '../../../src/model/objects.ts'
import {CREATED, NOW} from '../../builders.ts'
import {tainted, waitingPod} from '../../builders-daemon.ts'

const POD = {kind: 'Pod', namespace: 'shop', name: 'agent-n7'}
const CPU =
  "0/4 nodes are available: 1 Insufficient cpu, 3 node(s) didn't satisfy plugin(s) [NodeAffinity]. preemption: not eligible due to preemptionPolicy=Never."

function waiting(pod: Pod, node = tainted('n7')): WaitingPod {
  return {pod, nodeName: 'n7', node, now: NOW}
}

function asking(cpu: string): Pod {
  return waitingPod('n7', CPU, {spec: {containers: [{name: 'main', resources: {requests: {cpu}}}]}})
}

const four = tainted('n7', [], {status: {allocatable: {cpu: '4', pods: '110'}}})

test('a node without room: the one reason, with the numbers that the objects tell', () => {
  expect(pinned(waiting(asking('500m'), four))).toEqual({
    id: 'sched-insufficient-cpu',
    severity: 'error',
    message:
      'Pod shop/agent-n7 waits for node n7: Insufficient cpu (it asks for 500m, the node has 4 in all)',
    object: POD,
    since: '2026-05-01T11:30:00Z',
    evidence: ['pod/agent-n7 condition PodScheduled=False: Insufficient cpu'],
    selfHealing: 'maybe',
    remedy: {
      commands: ['kubectl describe node n7'],
      advice:
        'free room on the node, lower the requests in the template, or give the Pods a higher priorityClassName',
      danger: 'a higher priority makes room by stopping other Pods of that node',
      rung: 0,
    },
  })
})

test('of several reasons of the one node all are quoted, and none of other nodes', () => {
  const both = '0/4 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 3 Too many pods.'
  expect(pinned(waiting(waitingPod('n7', both)))?.evidence).toEqual([
    'pod/agent-n7 condition PodScheduled=False: Insufficient cpu, Insufficient memory',
  ])
})

test('a node that is too small even when empty', () => {
  expect(pinned(waiting(asking('4001m'), four))).toMatchObject({
    selfHealing: 'no',
    remedy: {
      advice: 'the node is too small even when empty: lower the requests, or keep the set off this node',
      danger: '',
    },
  })
})

test.for<[string, Pod, WaitingPod['node'], string]>([
  ['nothing but the reason', waitingPod('n7', CPU), tainted('n7'), 'Insufficient cpu'],
  ['what the node has', waitingPod('n7', CPU), four, 'Insufficient cpu (the node has 4 in all)'],
  [
    'no sum that might be wrong',
    waitingPod('n7', CPU, {
      spec: {
        containers: [
          {name: 'a', resources: {requests: {cpu: '1'}}},
          {name: 'b', resources: {requests: {cpu: '1'}}},
        ],
      },
    }),
    four,
    'Insufficient cpu (the node has 4 in all)',
  ],
  [
    'how many Pods the node takes',
    waitingPod('n7', '0/1 nodes are available: 1 Too many pods.'),
    four,
    'Too many pods (the node takes 110)',
  ],
  [
    'the taint that the text of 1.35 does not name',
    waitingPod('n7', '0/1 nodes are available: 1 node(s) had untolerated taint(s).'),
    tainted('n7', ['dedicated=gpu:NoSchedule', 'soft:PreferNoSchedule']),
    'node(s) had untolerated taint(s): dedicated=gpu:NoSchedule',
  ],
  [
    'a text that nobody knows, as it is, on one line',
    waitingPod('n7', '0/1 nodes are available: 1 the\nmoon\u001b[2J is full.'),
    tainted('n7'),
    'the moon^[[2J is full',
  ],
])('the message has %s', ([, pod, node, expected]) => {
  expect(pinned(waiting(pod, node ?? tainted('n7')))?.message).toBe(
    `Pod shop/agent-n7 waits for node n7: ${expected}`,
  )
})

test('a text that nobody knows has the id of what is known: the Pod is pinned, and can not be scheduled', () => {
  const pod = waitingPod('n7', '0/1 nodes are available: 1 the moon is full.')
  expect(pinned(waiting(pod))).toMatchObject({
    id: 'ds-unschedulable-pinned',
    severity: 'error',
    remedy: {commands: ['kubectl describe node n7'], danger: ''},
  })
})

test('on a node that has just joined a device may register yet, and room is as it is', () => {
  const joined = tainted('n7', [], {metadata: {creationTimestamp: '2026-05-01T11:58:30Z'}})
  const gpu = waitingPod('n7', '0/1 nodes are available: 1 Insufficient nvidia.com/gpu.')
  expect(pinned(waiting(gpu, joined))?.severity).toBe('info')
  expect(pinned(waiting(gpu))?.severity).toBe('error')
  expect(pinned(waiting(waitingPod('n7', CPU), joined))?.severity).toBe('error')
})

test('without the Node object the reason alone is said', () => {
  expect(pinned({pod: waitingPod('n7', CPU), nodeName: 'n7', node: undefined, now: NOW})?.message).toBe(
    'Pod shop/agent-n7 waits for node n7: Insufficient cpu',
  )
})

test('while the scheduler has said nothing, there is no verdict to report', () => {
  expect(pinned(waiting(waitingPod('n7', '', {status: {conditions: []}})))).toBeUndefined()
})

const gate = {type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', lastTransitionTime: CREATED}

test('a scheduling gate holds the Pod back', () => {
  const pod = waitingPod('n7', '', {
    spec: {schedulingGates: [{name: 'kueue.x-k8s.io/admission'}]},
    status: {conditions: [gate]},
  })
  expect(beforeScheduling(waiting(pod))).toEqual({
    id: 'sched-gated',
    severity: 'warning',
    message: 'Pod shop/agent-n7 is held back by a scheduling gate: kueue.x-k8s.io/admission',
    object: POD,
    since: CREATED,
    evidence: ['pod/agent-n7 condition PodScheduled=False, reason SchedulingGated'],
    selfHealing: 'maybe',
    remedy: {
      commands: ['kubectl get pod -n shop agent-n7 -o yaml'],
      advice: 'see why the owner of the gate (a queue, an operator) has not taken it away',
      danger: 'taking a gate away by hand goes past the queue or check that it stands for',
      rung: 0,
    },
  })
})

test('a gate whose name was not seen is a gate', () => {
  expect(beforeScheduling(waiting(waitingPod('n7', '', {status: {conditions: [gate]}})))?.message).toBe(
    'Pod shop/agent-n7 is held back by a scheduling gate',
  )
})

test('a Pod that no scheduler has looked at for more than a minute', () => {
  const pod = waitingPod('n7', '', {spec: {schedulerName: 'mine'}, status: {conditions: []}})
  expect(beforeScheduling(waiting(pod))).toEqual({
    id: 'sched-no-scheduler',
    severity: 'error',
    message: 'Pod shop/agent-n7 waits for node n7, and its scheduler mine has not looked at it',
    object: POD,
    since: CREATED,
    evidence: ['pod/agent-n7 has no condition PodScheduled'],
    selfHealing: 'no',
    remedy: {
      commands: [
        'kubectl get pod -n shop agent-n7 -o yaml',
        'kubectl get lease -n kube-system kube-scheduler -o yaml',
      ],
      advice: 'is spec.schedulerName spelt right, and does that scheduler run?',
      danger: '',
      rung: 0,
    },
  })
})

test.for<[string, string | undefined]>([
  ['a minute is not too long', '2026-05-01T11:59:00Z'],
  ['and nobody knows how long it waits', undefined],
])('a Pod without condition is no finding while %s', ([, creationTimestamp]) => {
  const made = waitingPod('n7', '', {status: {conditions: []}})
  const {creationTimestamp: _, ...metadata} = made.metadata ?? {}
  const pod = {...made, metadata: {...metadata, ...(creationTimestamp && {creationTimestamp})}}
  expect(beforeScheduling(waiting(pod))).toBeUndefined()
})

test('room is being made', () => {
  const pod = waitingPod('n7', CPU)
  const nominated = {...pod, status: {...pod.status, nominatedNodeName: 'n7'}}
  expect(beforeScheduling(waiting(nominated))).toEqual({
    id: 'sched-nominated',
    severity: 'warning',
    message: 'Pod shop/agent-n7 gets room on node n7 as soon as the Pods that it pushes out have stopped',
    object: POD,
    since: '2026-05-01T11:30:00Z',
    evidence: ['pod/agent-n7 status.nominatedNodeName=n7'],
    selfHealing: 'yes',
    remedy: null,
  })
})

test('a Pod that the scheduler can not place is past all that', () => {
  expect(beforeScheduling(waiting(waitingPod('n7', CPU)))).toBeUndefined()
})
