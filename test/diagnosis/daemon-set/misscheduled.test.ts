import {expect, test} from 'vitest'
import {daemonPod, daemonSet, lostNode, tainted, unreadyPod, waitingPod} from '../../builders-daemon.ts'
import {deletedAt, type Facts, ids, ofNode, on} from './diagnosed.ts'

const POD = {kind: 'Pod', namespace: 'shop', name: 'agent-n1'}

test('a lost node only looks misscheduled', () => {
  expect(ofNode(on(lostNode('n1'), unreadyPod('n1')))).toEqual([
    {
      id: 'ds-notready-shown-misscheduled',
      severity: 'info',
      message:
        'Node n1 is not ready, so DaemonSet shop/agent does not want it: its Pod there counts as misscheduled until the node is back',
      object: POD,
      evidence: ['node/n1 taint node.kubernetes.io/unreachable:NoSchedule'],
      selfHealing: 'maybe',
      remedy: {
        commands: ['kubectl describe node n1'],
        advice: 'bring the node back',
        danger: '',
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
        'Pod shop/agent-n1 runs on node n1, which takes no new one: untolerated taint dedicated=gpu:NoSchedule',
      object: POD,
      evidence: ['node/n1 untolerated taint dedicated=gpu:NoSchedule'],
      selfHealing: 'no',
      remedy: {
        commands: ['kubectl delete pod -n shop agent-n1'],
        advice: 'tolerate the taint in the template instead if the set is wanted there',
        danger: 'no other Pod of the set takes its place on that node',
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
      message: 'Node n1 drives Pod shop/agent-n1 away by a=b:NoExecute, and no other comes',
      object: POD,
      evidence: ['node/n1 taint a=b:NoExecute'],
      selfHealing: 'no',
      remedy: {
        commands: ['kubectl describe node n1'],
        advice: 'tolerate the taint in the template if the set is wanted there',
        danger: '',
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
      message: 'Node n1 is ready again and still marked as out of service: its Pods are driven away',
      object: {kind: 'Node', name: 'n1'},
      evidence: [`node/n1 taint ${OUT}`, 'node/n1 condition Ready=True'],
      selfHealing: 'no',
      remedy: {
        commands: [
          'kubectl get volumeattachments',
          'kubectl taint node n1 node.kubernetes.io/out-of-service:NoExecute-',
        ],
        advice: 'first see that no volume is attached to it any more',
        danger: 'without the taint Pods come back, to volumes that may still be on their way out',
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
    ['ds-noexecute-evicted'],
  ],
  [
    'a label that is gone: the controller deletes the Pod',
    {...on(tainted('n1'), daemonPod('n1')), set: daemonSet({template: {nodeSelector: {a: 'b'}}})},
    [],
  ],
  ['a Pod that is leaving', on(dedicated, deletedAt(daemonPod('n1'), '2026-05-01T12:00:10Z')), []],
  ['a node without Pod', on(dedicated), []],
  ['a node that drives everything away and has none', on(tainted('n1', [OUT])), []],
  ['Pods that were not seen', {...on(dedicated, daemonPod('n1')), unseen: ['pods']}, []],
])('%s', ([, facts, expected]) => {
  expect(ids(ofNode(facts))).toEqual(expected)
})

test('a Pod that never got there is left over, too', () => {
  expect(ofNode(on(dedicated, waitingPod('n1', 'x')))[0]?.message).toMatch(
    /^Pod shop\/agent-n1 waits for node n1, /,
  )
})
