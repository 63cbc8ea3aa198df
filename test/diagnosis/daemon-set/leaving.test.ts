import {expect, test} from 'vitest'
import type {Pod} from '../../../src/model/objects.ts'
import {CREATED, containerStatus} from '../../builders.ts'
import {
  daemonPod,
  daemonSet,
  EVERYTHING,
  lostNode,
  OLD,
  rollingUpdate,
  tainted,
  waitingPod,
} from '../../builders-daemon.ts'
import {deletedAt, type Facts, ids, ofNode, on} from './diagnosed.ts'

const POD = {kind: 'Pod', namespace: 'shop', name: 'agent-n1'}
const OVERDUE = '2026-05-01T11:59:00Z'
const DELETED = `pod/agent-n1 metadata.deletionTimestamp=${OVERDUE}`
const tolerant = daemonSet({template: {tolerations: [...EVERYTHING]}})
const ended = {terminated: {exitCode: 0}}

function leaving(
  state: NonNullable<Parameters<typeof containerStatus>[0]>['state'],
  finalizers?: readonly string[],
): Pod {
  const pod = daemonPod('n1', {status: {containerStatuses: state ? [containerStatus({state})] : []}})
  return deletedAt(pod, OVERDUE, finalizers)
}

test('on a node that is not ready nobody can end the Pod', () => {
  expect(
    ofNode({...on(lostNode('n1'), leaving({running: {startedAt: CREATED}}, ['x/y'])), set: tolerant}),
  ).toEqual([
    {
      id: 'term-node-unreachable',
      severity: 'error',
      message: "Pod shop/agent-n1 can't end: node n1 is not ready (Kubelet stopped posting node status.)",
      object: POD,
      since: OVERDUE,
      evidence: [DELETED, 'node/n1 condition Ready=Unknown'],
      selfHealing: 'maybe',
      remedy: {
        commands: ['kubectl describe node n1'],
        advice: 'bring the node back; delete the Node only if its machine is off and never comes back',
        danger:
          'deleting a Node asserts that its machine is off: what still runs there runs on unseen, and its volumes may be attached elsewhere under it; forcing the Pod away does not help, the next one waits on the same node',
        rung: 0,
      },
    },
  ])
})

test('a set that does not tolerate the lost node has the same trouble there', () => {
  expect(ids(ofNode(on(lostNode('n1'), leaving(ended))))).toEqual(['term-node-unreachable'])
})

test('a finalizer keeps a Pod that has stopped', () => {
  expect(ofNode(on(tainted('n1'), leaving(ended, ['example.com/hold'])))).toEqual([
    {
      id: 'term-finalizer',
      severity: 'error',
      message: 'Pod shop/agent-n1 on node n1 has stopped, and waits for finalizer example.com/hold',
      object: POD,
      since: OVERDUE,
      evidence: [DELETED, 'pod/agent-n1 metadata.finalizers=example.com/hold'],
      selfHealing: 'maybe',
      remedy: {
        commands: ['kubectl describe pod -n shop agent-n1'],
        advice: 'find whoever put the finalizer there, and why it is not done',
        danger: 'removing it by hand skips their clean-up',
        rung: 0,
      },
    },
  ])
})

test('a container does not end on a node that works', () => {
  expect(ofNode(on(tainted('n1'), leaving({running: {startedAt: CREATED}}, ['x/y'])))).toEqual([
    {
      id: 'term-container-wont-die',
      severity: 'error',
      message: "Pod shop/agent-n1 can't end: container main still runs on node n1, which is ready",
      object: POD,
      since: OVERDUE,
      evidence: [DELETED, 'pod/agent-n1 container main state.running'],
      selfHealing: 'maybe',
      remedy: {
        commands: ['kubectl describe pod -n shop agent-n1'],
        advice:
          'look on the node for a process in state D, a stuck runtime or a dead file server; restart the runtime, or the node',
        danger: 'forcing the Pod away leaves its process running beside the next one',
        rung: 0,
      },
    },
  ])
})

test('overdue, and no object tells why', () => {
  expect(ofNode(on(tainted('n1'), leaving(ended)))).toEqual([
    {
      id: 'term-grace-period',
      severity: 'warning',
      message: 'Pod shop/agent-n1 on node n1 should have ended, and nothing takes its place until it has',
      object: POD,
      since: OVERDUE,
      evidence: [DELETED],
      selfHealing: 'maybe',
      remedy: {
        commands: ['kubectl describe pod -n shop agent-n1'],
        advice: "see the kubelet's log on the node: stopping, or unmounting, takes too long",
        danger: '',
        rung: 0,
      },
    },
  ])
})

test.for<[string, Facts, readonly string[]]>([
  [
    'nodes that were not seen',
    {pods: [leaving({running: {startedAt: CREATED}})], unseen: ['nodes']},
    ['term-grace-period'],
  ],
  ['containers that nobody reported', on(tainted('n1'), leaving(undefined, ['x/y'])), ['term-grace-period']],
  ['its grace period', on(tainted('n1'), deletedAt(daemonPod('n1'), '2026-05-01T12:00:20Z')), []],
  ['some seconds over its time', on(tainted('n1'), deletedAt(daemonPod('n1'), '2026-05-01T11:59:30Z')), []],
  [
    'some seconds over its time on a lost node',
    {...on(lostNode('n1'), deletedAt(daemonPod('n1'), '2026-05-01T11:59:30Z')), set: tolerant},
    [],
  ],
  [
    'a live Pod beside it',
    {
      nodes: [tainted('n1')],
      pods: [leaving(ended), daemonPod('n1', {name: 'agent-next'})],
      set: daemonSet({strategy: rollingUpdate({maxUnavailable: 0, maxSurge: 1})}),
    },
    [],
  ],
])('a Pod that is leaving, and %s', ([, facts, expected]) => {
  expect(ids(ofNode(facts))).toEqual(expected)
})

test('a Pod outlives its Node object for a moment', () => {
  expect(ofNode({pods: [daemonPod('n9', {hash: OLD})]}, 'n9')).toEqual([
    {
      id: 'term-node-object-gone',
      severity: 'warning',
      message: 'Pod shop/agent-n9 is for node n9, which no longer exists',
      object: {kind: 'Pod', namespace: 'shop', name: 'agent-n9'},
      evidence: ['pod/agent-n9 is for node n9', 'node/n9 not found'],
      selfHealing: 'yes',
      remedy: {
        commands: ['kubectl get node n9'],
        advice:
          'wait: it is taken away within a minute; if it stays, see whether the controller manager runs',
        danger: '',
        rung: 0,
      },
    },
  ])
  expect(ids(ofNode({pods: [waitingPod('n9', 'x')]}, 'n9'))).toEqual(['term-node-object-gone'])
})

test('nobody says that a node is gone who may not see nodes', () => {
  expect(ofNode({pods: [daemonPod('n9')], unseen: ['nodes']}, 'n9')).toEqual([])
})

function failed(reason?: string, message?: string): Pod {
  const conditions = [{type: 'Ready', status: 'False'}]
  return daemonPod('n1', {
    status: {phase: 'Failed', conditions, ...(reason && {reason}), ...(message && {message})},
  })
}

test('a failed Pod is replaced, ever more slowly', () => {
  expect(ofNode(on(tainted('n1'), failed('Evicted', 'The node was low on resource: memory. ')))).toEqual([
    {
      id: 'ds-failed-pod-backoff',
      severity: 'error',
      message:
        'Pod shop/agent-n1 on node n1 has failed (Evicted: The node was low on resource: memory.): the controller replaces it after a delay that doubles up to 15m',
      object: POD,
      evidence: ['pod/agent-n1 status.phase=Failed, status.reason=Evicted'],
      selfHealing: 'maybe',
      remedy: {
        commands: ['kubectl describe pod -n shop agent-n1', 'kubectl delete pod -n shop agent-n1'],
        advice: 'find out why it failed; deleting it, or any edit of the template, ends the delay',
        danger: 'its logs and its status go with the Pod',
        rung: 2,
      },
    },
  ])
})

test('a failed Pod says what is known of it, and a shutdown is not the set’s fault', () => {
  expect(ofNode(on(tainted('n1'), failed()))[0]?.message).toContain('on node n1 has failed: the controller')
  expect(ofNode(on(tainted('n1'), failed('NodeShutdown')))[0]?.severity).toBe('warning')
  expect(
    ofNode(on(tainted('n1', [], {metadata: {creationTimestamp: '2026-05-01T11:59:00Z'}}), failed()))[0]
      ?.severity,
  ).toBe('info')
})

test('a Pod that has failed just now may be about to be replaced', () => {
  const severityAt = (lastTransitionTime: string) => {
    const conditions = [{type: 'Ready', status: 'False', lastTransitionTime}]
    const pod = daemonPod('n1', {status: {phase: 'Failed', reason: 'Evicted', conditions}})
    return ofNode(on(tainted('n1'), pod))[0]?.severity
  }
  expect([severityAt('2026-05-01T11:59:45Z'), severityAt('2026-05-01T11:59:15Z')]).toEqual([
    'warning',
    'error',
  ])
})

test.for<[string, Facts]>([
  ['is being deleted', on(tainted('n1'), deletedAt(failed('Evicted'), OVERDUE))],
  ['has succeeded', on(tainted('n1'), daemonPod('n1', {status: {phase: 'Succeeded'}}))],
])('a failed Pod that %s has no delay', ([, facts]) => {
  expect(ids(ofNode(facts))).not.toContain('ds-failed-pod-backoff')
})

test('two Pods of one revision on a node: one goes', () => {
  const pods = [daemonPod('n1'), daemonPod('n1', {name: 'agent-too'})]
  expect(ofNode({nodes: [tainted('n1')], pods})).toEqual([
    {
      id: 'ds-excess-pods',
      severity: 'warning',
      message: 'Node n1 has 2 Pods of one revision of DaemonSet shop/agent: the controller keeps one',
      object: POD,
      evidence: ['pod/agent-n1 on node n1', 'pod/agent-too on node n1'],
      selfHealing: 'yes',
      remedy: null,
    },
  ])
  expect(ofNode({nodes: [tainted('n1')], pods, controllerRevisions: []})).toEqual([])
  expect(
    ofNode({nodes: [tainted('n1')], pods: [daemonPod('n1'), daemonPod('n1', {name: 'o', hash: OLD})]}),
  ).toEqual([])
  expect(
    ofNode({
      nodes: [tainted('n1')],
      pods: [daemonPod('n1'), deletedAt(daemonPod('n1', {name: 'o'}), OVERDUE)],
    }),
  ).toEqual([])
})
