import {expect, test} from 'vitest'
import {daemonPod, daemonSet, lostNode, tainted, unreadyPod, waitingPod} from '../../builders-daemon.ts'
import {deletedAt, type Facts, ids, ofNode, on} from './diagnosed.ts'

const POD = {kind: 'Pod', namespace: 'shop', name: 'agent-n1'}

test('a lost node only looks misscheduled: that it is lost comes first', () => {
  expect(ofNode(on(lostNode('n1'), unreadyPod('n1')))).toEqual([
    expect.objectContaining({
      id: 'node-notready-not-evicted',
      severity: 'error',
      object: {kind: 'Node', name: 'n1'},
    }),
    {
      id: 'ds-notready-shown-misscheduled',
      severity: 'info',
      message: expect.stringMatching(
        /^Node n1 is not ready.*, so DaemonSet shop\/agent counts Pod agent-n1 there as misscheduled$/,
      ),
      object: POD,
      evidence: ['node/n1 taint node.kubernetes.io/unreachable:NoSchedule'],
      selfHealing: 'maybe',
      remedy: {
        look: ['kubectl describe node n1'],
        act: [
          {
            text: 'bring node n1 back: see its machine, its network and its kubelet, which is silent; its taint is then removed by itself',
            commands: [],
          },
        ],
        risk: '',
        avoid: '',
        rung: 0,
      },
    },
  ])
})

const dedicated = tainted('n1', ['dedicated=gpu:NoSchedule'])

test('a Pod from before a taint stays, and no other comes', () => {
  expect(ofNode(on(dedicated, daemonPod('n1')))).toEqual([
    {
      id: 'ds-misscheduled-leftover',
      severity: 'warning',
      message:
        'Pod agent-n1 runs on node n1, which takes no new one: untolerated taint dedicated=gpu:NoSchedule',
      object: POD,
      evidence: ['node/n1 spec.taints', 'daemonset/agent spec.template.spec.tolerations'],
      selfHealing: 'no',
      remedy: {
        look: ['kubectl describe node n1'],
        act: [
          {
            text: 'if the set is wanted there, tolerate the taint in the template: otherwise its next update deletes this Pod',
            commands: [],
          },
          {text: 'only if the Pod should go, delete it', commands: ['kubectl delete pod -n shop agent-n1']},
        ],
        risk: 'no other Pod of the set takes its place on that node, and other Pods there lose what they have from it (network, mounts, devices)',
        avoid: '',
        rung: 2,
      },
    },
  ])
})

test('a NoExecute taint drives the Pod away', () => {
  expect(ofNode(on(tainted('n1', ['a=b:NoExecute', 'c:NoSchedule']), daemonPod('n1')))).toEqual([
    {
      id: 'ds-noexecute-evicted',
      severity: 'warning',
      message: 'Taint a=b:NoExecute of node n1 evicts Pod agent-n1, and no new one is created there',
      object: POD,
      evidence: ['node/n1 spec.taints'],
      selfHealing: 'no',
      remedy: {
        look: ['kubectl describe node n1'],
        act: [{text: 'if the set is wanted there, tolerate the taint in the template', commands: []}],
        avoid: '',
        risk: 'the taint may protect the node or its hardware: ask who put it there',
        rung: 0,
      },
    },
  ])
})

const OUT = 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute'

test('a node that is back, and still declared dead', () => {
  expect(ofNode(on(tainted('n1', [OUT]), daemonPod('n1')))).toEqual([
    {
      id: 'term-out-of-service-left-behind',
      severity: 'warning',
      message: 'Node n1 is ready again and still has the out-of-service taint, which evicts its Pods',
      object: {kind: 'Node', name: 'n1'},
      evidence: [`node/n1 taint ${OUT}`, 'node/n1 condition Ready=True'],
      selfHealing: 'no',
      remedy: {
        look: ['kubectl get volumeattachments'],
        act: [
          {
            text: 'once no volume is attached to the node any more, remove the taint',
            commands: ['kubectl taint node n1 node.kubernetes.io/out-of-service:NoExecute-'],
          },
        ],
        risk: expect.any(String),
        avoid: expect.any(String),
        rung: 1,
      },
    },
  ])
})

test.for<[string, Facts, readonly string[]]>([
  [
    'a lost node that is also dedicated',
    on(
      tainted('n1', ['node.kubernetes.io/unreachable:NoSchedule', 'dedicated=gpu:NoSchedule']),
      daemonPod('n1'),
    ),
    ['ds-misscheduled-leftover'],
  ],
  [
    'a dead node out of service',
    on(
      lostNode('n1', {spec: {taints: [{key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute'}]}}),
      daemonPod('n1'),
    ),
    ['ds-notready-shown-misscheduled'],
  ],
  [
    'a node that the cluster autoscaler removes',
    on(tainted('n1', ['ToBeDeletedByClusterAutoscaler=1795174800:NoSchedule']), daemonPod('n1')),
    ['ds-node-leaving'],
  ],
  [
    'a node that the cluster autoscaler removes, and that is dedicated as well',
    on(
      tainted('n1', ['ToBeDeletedByClusterAutoscaler=1795174800:NoSchedule', 'dedicated=gpu:NoSchedule']),
      daemonPod('n1'),
    ),
    ['ds-misscheduled-leftover'],
  ],
  [
    'a node that the cluster autoscaler may remove: that keeps nobody away',
    on(tainted('n1', ['DeletionCandidateOfClusterAutoscaler=1:PreferNoSchedule']), daemonPod('n1')),
    [],
  ],
  [
    'a node of which an agent has not finished',
    on(tainted('n1', ['ebs.csi.aws.com/agent-not-ready:NoExecute']), daemonPod('n1')),
    ['ds-notready-shown-misscheduled'],
  ],
  [
    'a label that is gone: the controller deletes the Pod',
    {...on(tainted('n1'), daemonPod('n1')), set: daemonSet({template: {nodeSelector: {a: 'b'}}})},
    [],
  ],
  [
    'a Pod that is terminating in its time',
    on(dedicated, deletedAt(daemonPod('n1'), '2026-05-01T12:00:10Z')),
    ['term-grace-period'],
  ],
  ['a node without Pod', on(dedicated), []],
  ['a node that drives everything away and has none', on(tainted('n1', [OUT])), []],
  ['Pods that were not seen', {...on(dedicated, daemonPod('n1')), unseen: ['pods']}, []],
])('%s', ([, facts, expected]) => {
  expect(ids(ofNode(facts))).toEqual(expected)
})

test('a Pod that never got there is left over, too, and that says more than what the scheduler says', () => {
  const told = '0/1 nodes are available: 1 node(s) had untolerated taint {dedicated: gpu}.'
  for (const message of ['x', told]) {
    const [finding, ...others] = ofNode(on(dedicated, waitingPod('n1', message)))
    expect(finding?.id).toBe('ds-misscheduled-leftover')
    expect(finding?.message).toMatch(/^Pod agent-n1 waits for node n1, which takes no new one: /)
    expect(others).toEqual([])
  }
})
