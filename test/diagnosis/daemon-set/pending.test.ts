import {expect, test} from 'vitest'
import type {Pod} from '../../../src/model/objects.ts'
import {CREATED} from '../../builders.ts'
import {
  daemonPod,
  daemonSet,
  EVERYTHING,
  OLD,
  rollingUpdate,
  tainted,
  waitingPod,
} from '../../builders-daemon.ts'
import {type Facts, ids, ofNode, on} from './diagnosed.ts'

const noise = (real: string) =>
  `0/9 nodes are available: 1 ${real}, 8 node(s) didn't satisfy plugin(s) [NodeAffinity]. preemption: x.`
const PORTS = "node(s) didn't have free ports for the requested pod ports"
const surging = daemonSet({strategy: rollingUpdate({maxUnavailable: 0, maxSurge: '10%'})})

/** A container that takes a port of the node. */
function port(hostPort: number, protocol?: string) {
  const ports = [{containerPort: 80, hostPort, ...(protocol && {protocol})}]
  return {spec: {containers: [{name: 'main', ports}]}}
}

test('a Pending Pod waits for its one node, for the one reason that is that node’s', () => {
  expect(ofNode(on(tainted('n1'), waitingPod('n1', noise('Insufficient memory'))))).toMatchObject([
    {
      id: 'sched-insufficient-memory',
      severity: 'error',
      message: 'Not enough memory is free on node n1 (agent-n1 is pending)',
      object: {kind: 'Pod', namespace: 'shop', name: 'agent-n1'},
      remedy: {look: ['kubectl describe node n1']},
    },
  ])
})

test.for<[string, string]>([
  ['sched-too-many-pods', 'Too many pods'],
  ['sched-host-port', PORTS],
  ['sched-insufficient-extended', 'Insufficient nvidia.com/gpu'],
  ['ds-unschedulable-pinned', 'a reason of tomorrow'],
])('%s', ([id, real]) => {
  expect(ids(ofNode(on(tainted('n1'), waitingPod('n1', noise(real)))))).toEqual([id])
})

test('a Pod that nobody has looked at for hours', () => {
  expect(ids(ofNode(on(tainted('n1'), waitingPod('n1', '', {status: {conditions: []}}))))).toEqual([
    'sched-no-scheduler',
  ])
})

function beside(old: Pod, fresh: Pod): Facts {
  return {nodes: [tainted('n1')], pods: [old, fresh], set: surging}
}

const holder = daemonPod('n1', {hash: OLD, name: 'agent-old', ...port(8080)})
const wanting = waitingPod('n1', noise(PORTS), {name: 'agent-new', ...port(8080, 'TCP')})

test('a surge stands in its own way: the older Pod holds the host port', () => {
  expect(ofNode(beside(holder, wanting))).toEqual([
    {
      id: 'ds-surge-hostport',
      severity: 'error',
      message:
        'The old Pod agent-old on node n1 holds host port 8080/TCP, and maxSurge keeps it until the new Pod agent-new is available',
      object: {kind: 'Pod', namespace: 'shop', name: 'agent-new'},
      evidence: [`pod/agent-new ${PORTS}`, 'daemonset/agent spec.updateStrategy.rollingUpdate.maxSurge=10%'],
      selfHealing: 'no',
      remedy: {
        look: ['kubectl get ds -n shop agent -o yaml'],
        act: [
          {
            text: 'only if each node can be without its Pod for a moment, delete the old Pod first with maxUnavailable',
            commands: [
              `kubectl patch ds -n shop agent -p '{"spec":{"updateStrategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1}}}}'`,
            ],
          },
        ],
        risk: 'each node is without its Pod while it is replaced',
        avoid: '',
        rung: 1,
      },
    },
  ])
})

test.for<[string, Facts]>([
  ['another port', beside(daemonPod('n1', {hash: OLD, name: 'a', ...port(9090)}), wanting)],
  ['another protocol', beside(daemonPod('n1', {hash: OLD, name: 'a', ...port(8080, 'UDP')}), wanting)],
  [
    'ports that were not seen',
    beside(daemonPod('n1', {hash: OLD, name: 'a'}), waitingPod('n1', noise(PORTS), {name: 'b'})),
  ],
  ['no surge', {...beside(holder, wanting), set: daemonSet()}],
  ['no older Pod', {nodes: [tainted('n1')], pods: [wanting], set: surging}],
])('a port conflict of a surge is an ordinary one with %s', ([, facts]) => {
  expect(ids(ofNode(facts)).filter((id) => id !== 'ds-excess-pods')).toEqual(['sched-host-port'])
})

test('beside an older Pod another reason than the port is said as it is', () => {
  const fresh = waitingPod('n1', noise('Insufficient cpu'), {name: 'agent-new', ...port(8080)})
  expect(ids(ofNode(beside(holder, fresh)))).toEqual(['sched-insufficient-cpu'])
})

test('without the right to see nodes the reason is known all the same', () => {
  expect(ids(ofNode({pods: [waitingPod('n1', noise('Insufficient cpu'))], unseen: ['nodes']}))).toEqual([
    'sched-insufficient-cpu',
  ])
})

test('a Pod of a virtual node does not run there, whatever the scheduler says', () => {
  const labels = {'eks.amazonaws.com/compute-type': 'fargate'}
  const node = tainted('n1', ['eks.amazonaws.com/compute-type=fargate:NoSchedule'], {metadata: {labels}})
  const set = daemonSet({template: {tolerations: [...EVERYTHING]}})
  expect(ofNode({...on(node, waitingPod('n1', noise('Insufficient cpu'))), set})).toEqual([
    {
      id: 'ds-virtual-node',
      severity: 'warning',
      message: 'Node n1 is a virtual one and runs no daemon Pods (Pod agent-n1)',
      object: {kind: 'Pod', namespace: 'shop', name: 'agent-n1'},
      blames: [{kind: 'Node', name: 'n1'}],
      since: CREATED,
      evidence: [
        'node/n1 label eks.amazonaws.com/compute-type=fargate',
        'pod/agent-n1 condition Ready is not True',
      ],
      selfHealing: 'no',
      remedy: {
        look: ['kubectl get node n1 -o yaml'],
        act: [
          {
            text: "keep the set off such nodes: require eks.amazonaws.com/compute-type NotIn [fargate] in the template's node affinity",
            commands: [],
          },
        ],
        risk: '',
        avoid: '',
        rung: 1,
      },
    },
  ])
  expect(ofNode({...on(node, daemonPod('n1')), set})).toEqual([])
})
