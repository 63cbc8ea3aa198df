import {expect, test} from 'vitest'
import {beforeScheduling} from '../../../../src/diagnosis/pod/scheduling/before-scheduling.ts'
import {pinned} from '../../../../src/diagnosis/pod/scheduling/pinned.ts'
import type {WaitingPod} from '../../../../src/diagnosis/pod/scheduling/waiting-pod.ts'
import type {Pod} from '../../../../src/model/objects.ts'
import {CREATED, NOW} from '../../../builders.ts'
import {tainted, waitingPod} from '../../../builders-daemon.ts'

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
    message: 'Not enough CPU is free on node n7: 500m requested, 4 in all (agent-n7 is pending)',
    object: POD,
    blames: [{kind: 'Node', name: 'n7'}],
    since: '2026-05-01T11:30:00Z',
    evidence: ['pod/agent-n7 condition PodScheduled=False: Insufficient cpu'],
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl describe node n7'],
      act: [
        {text: 'free room on the node', commands: []},
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
      act: [{text: 'lower the requests in the template'}, {text: 'keep the set off this node'}],
      risk: '',
    },
  })
})

test.for<[string, Pod, WaitingPod['node'], string]>([
  ['nothing but the reason', waitingPod('n7', CPU), tainted('n7'), 'Not enough CPU is free on node n7'],
  ['what the node has', waitingPod('n7', CPU), four, 'Not enough CPU is free on node n7: 4 in all'],
  [
    'what all of its containers ask for together',
    waitingPod('n7', CPU, {
      spec: {
        containers: [
          {name: 'a', resources: {requests: {cpu: '1'}}},
          {name: 'b', resources: {requests: {cpu: '1'}}},
        ],
      },
    }),
    four,
    'Not enough CPU is free on node n7: 2 requested, 4 in all',
  ],
  [
    'how many Pods the node takes',
    waitingPod('n7', '0/1 nodes are available: 1 Too many pods.'),
    four,
    'The limit of Pods is reached on node n7: 110 in all',
  ],
  [
    'the taint that the text of 1.35 does not name',
    waitingPod('n7', '0/1 nodes are available: 1 node(s) had untolerated taint(s).'),
    tainted('n7', ['dedicated=gpu:NoSchedule', 'soft:PreferNoSchedule']),
    'Untolerated taint dedicated=gpu:NoSchedule is on node n7',
  ],
  [
    'only that there is a text, where nobody knows it',
    waitingPod('n7', '0/1 nodes are available: 1 the\nmoon\u001b[2J is full.'),
    tainted('n7'),
    'The scheduler refuses node n7 for a reason that only its own text tells',
  ],
])('the message has %s', ([, pod, node, expected]) => {
  expect(pinned(waiting(pod, node ?? tainted('n7')))?.message).toBe(`${expected} (agent-n7 is pending)`)
})

test('a text that nobody knows has the id of what is known: the Pod is pinned, and can not be scheduled', () => {
  const pod = waitingPod('n7', '0/1 nodes are available: 1 the moon is full.')
  expect(pinned(waiting(pod))).toMatchObject({
    id: 'ds-unschedulable-pinned',
    severity: 'error',
    remedy: {
      look: ['kubectl describe node n7'],
      act: [
        {
          text: 'act on what the scheduler says of this node: what it says of others does not matter for the Pod',
        },
      ],
      risk: '',
    },
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
    'Not enough CPU is free on node n7 (agent-n7 is pending)',
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
    message: 'Scheduling gate kueue.x-k8s.io/admission is still set (agent-n7 is pending)',
    object: POD,
    since: CREATED,
    evidence: ['pod/agent-n7 condition PodScheduled=False, reason SchedulingGated'],
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl get pod -n shop agent-n7 -o yaml'],
      act: [
        {text: 'see why the owner of the gate (a queue, an operator) has not taken it away', commands: []},
      ],
      risk: '',
      avoid: 'take the gate away by hand: that goes past the queue or check that it stands for',
      rung: 0,
    },
  })
})

test('a gate whose name was not seen is a gate', () => {
  expect(beforeScheduling(waiting(waitingPod('n7', '', {status: {conditions: [gate]}})))?.message).toBe(
    'A scheduling gate is still set (agent-n7 is pending)',
  )
})

test('a Pod that no scheduler has looked at for more than a minute', () => {
  const pod = waitingPod('n7', '', {spec: {schedulerName: 'mine'}, status: {conditions: []}})
  expect(beforeScheduling(waiting(pod))).toEqual({
    id: 'sched-no-scheduler',
    severity: 'error',
    message: 'Scheduler mine has not looked at the Pod (agent-n7 is pending)',
    object: POD,
    since: CREATED,
    evidence: ['pod/agent-n7 has no condition PodScheduled'],
    selfHealing: 'no',
    remedy: {
      look: [
        'kubectl get pod -n shop agent-n7 -o yaml',
        'kubectl get lease -n kube-system kube-scheduler -o yaml',
      ],
      act: [
        {
          text: 'see whether spec.schedulerName is spelt right, and whether that scheduler runs',
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
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

test('room is being freed', () => {
  const pod = waitingPod('n7', CPU)
  const nominated = {...pod, status: {...pod.status, nominatedNodeName: 'n7'}}
  expect(beforeScheduling(waiting(nominated))).toEqual({
    id: 'sched-nominated',
    severity: 'warning',
    message: 'Node n7 makes room for the Pod: Pods of lower priority are terminating (agent-n7 is pending)',
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
