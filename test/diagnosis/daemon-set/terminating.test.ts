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
  unreadyPod,
  waitingPod,
} from '../../builders-daemon.ts'
import {deletedAt, type Facts, ids, ofNode, on} from './diagnosed.ts'

const POD = {kind: 'Pod', namespace: 'shop', name: 'agent-n1'}
const OVERDUE = '2026-05-01T11:59:00Z'
const DELETED = `pod/agent-n1 metadata.deletionTimestamp=${OVERDUE}`
const tolerant = daemonSet({template: {tolerations: [...EVERYTHING]}})
const ended = {terminated: {exitCode: 0}}

function terminating(
  state: NonNullable<Parameters<typeof containerStatus>[0]>['state'],
  finalizers?: readonly string[],
): Pod {
  const pod = daemonPod('n1', {status: {containerStatuses: state ? [containerStatus({state})] : []}})
  return deletedAt(pod, OVERDUE, finalizers)
}

test('on a node that is not ready nobody can end the Pod', () => {
  expect(
    ofNode({...on(lostNode('n1'), terminating({running: {startedAt: CREATED}}, ['x/y'])), set: tolerant}),
  ).toEqual([
    {
      id: 'term-node-unreachable',
      severity: 'error',
      message: "Node n1 is not ready, so agent-n1 can't terminate",
      object: POD,
      since: OVERDUE,
      evidence: [DELETED, 'node/n1 condition Ready=Unknown: Kubelet stopped posting node status.'],
      selfHealing: 'maybe',
      remedy: {
        look: ['kubectl describe node n1'],
        act: [
          {text: 'bring the node back: the Pod then terminates by itself', commands: []},
          {
            text: 'only if its machine is proven to be off (at its power switch, hypervisor or cloud console: its silence proves nothing), mark the node as out of service; take that taint off once it is back',
            commands: ['kubectl taint node n1 node.kubernetes.io/out-of-service=nodeshutdown:NoExecute'],
          },
          {
            text: 'only if that machine never comes back, delete its Node',
            commands: ['kubectl delete node n1'],
          },
        ],
        risk: 'if the machine still runs, so do its Pods, unseen, and their volumes may be attached elsewhere under them',
        avoid: 'force the Pod away: the next one waits on the same node',
        rung: 4,
      },
    },
  ])
})

test('a set that does not tolerate the lost node has the same trouble there', () => {
  expect(ids(ofNode(on(lostNode('n1'), terminating(ended))))).toEqual([
    'term-node-unreachable',
    'ds-notready-shown-misscheduled',
  ])
})

test('a finalizer keeps a Pod that has stopped', () => {
  expect(ofNode(on(tainted('n1'), terminating(ended, ['example.com/hold'])))).toEqual([
    {
      id: 'term-finalizer',
      severity: 'error',
      message: 'Finalizer example.com/hold keeps agent-n1, which has stopped',
      object: POD,
      since: OVERDUE,
      evidence: [DELETED, 'pod/agent-n1 metadata.finalizers=example.com/hold'],
      selfHealing: 'maybe',
      remedy: {
        look: ['kubectl describe pod -n shop agent-n1'],
        act: [
          {
            text: 'find who put the finalizer there and why it is not done, and fix that: it then takes the finalizer off itself',
            commands: [],
          },
        ],
        risk: '',
        avoid:
          "remove the finalizer by hand: that skips its owner's clean-up (load balancer, DNS, data), and is the last resort, after that clean-up has been done by hand",
        rung: 0,
      },
    },
  ])
})

test('a container does not end on a node that works', () => {
  expect(ofNode(on(tainted('n1'), terminating({running: {startedAt: CREATED}}, ['x/y'])))).toEqual([
    {
      id: 'term-container-wont-die',
      severity: 'error',
      message: "Container main of agent-n1 still runs on node n1, which is ready, so the Pod can't terminate",
      object: POD,
      since: OVERDUE,
      evidence: [DELETED, 'pod/agent-n1 container main state.running'],
      selfHealing: 'no',
      remedy: {
        look: ['kubectl describe pod -n shop agent-n1'],
        act: [
          {
            text: 'look on the node for a process in state D, a runtime that hangs or a dead file server; restart the runtime, or the node',
            commands: [],
          },
        ],
        risk: '',
        avoid: 'force the Pod away: its process then runs on beside the next one',
        rung: 0,
      },
    },
  ])
})

test('overdue, and no object tells why', () => {
  expect(ofNode(on(tainted('n1'), terminating(ended)))).toEqual([
    {
      id: 'term-grace-period',
      severity: 'warning',
      message:
        'agent-n1 is still on node n1 after its grace period (its containers have stopped), and is not replaced before it is gone',
      object: POD,
      since: OVERDUE,
      evidence: [DELETED, 'node/n1 condition Ready=True'],
      selfHealing: 'maybe',
      remedy: {
        look: ['kubectl describe pod -n shop agent-n1'],
        act: [
          {
            text: "read the kubelet's log on its node, and fix what it says: stopping, or unmounting, takes too long, and neither writes events",
            commands: [],
          },
        ],
        risk: '',
        avoid: 'force the Pod away: the next one starts while this one may still run and write',
        rung: 0,
      },
    },
  ])
})

test.for<[string, Facts, readonly string[]]>([
  [
    'nodes that were not seen',
    {pods: [terminating({running: {startedAt: CREATED}})], unseen: ['nodes']},
    ['term-grace-period warning'],
  ],
  [
    'containers that nobody reported',
    on(tainted('n1'), terminating(undefined, ['x/y'])),
    ['term-grace-period warning'],
  ],
  [
    'its grace period',
    on(tainted('n1'), deletedAt(daemonPod('n1'), '2026-05-01T12:00:20Z')),
    ['term-grace-period info'],
  ],
  [
    'some seconds over its time',
    on(tainted('n1'), deletedAt(daemonPod('n1'), '2026-05-01T11:59:30Z')),
    ['term-grace-period info'],
  ],
  [
    'some seconds over its time on a lost node',
    {...on(lostNode('n1'), deletedAt(daemonPod('n1'), '2026-05-01T11:59:30Z')), set: tolerant},
    ['term-node-unreachable error'],
  ],
])('a terminating Pod, and %s', ([, facts, expected]) => {
  expect(ofNode(facts).map(({id, severity}) => `${id} ${severity}`)).toEqual(expected)
})

test.for<[string, string]>([
  ['2026-05-01T11:58:00Z', 'warning'],
  ['2026-05-01T11:57:59Z', 'error'],
])(
  'a Pod that should have gone at %s, and nobody knows why it has not, is a matter of %s',
  ([at, severity]) => {
    const pod = daemonPod('n1', {status: {containerStatuses: [containerStatus({state: ended})]}})
    expect(ofNode(on(tainted('n1'), deletedAt(pod, at)))).toMatchObject([{id: 'term-grace-period', severity}])
  },
)

test('where a live Pod is beside it already, nothing waits for the one that is overdue', () => {
  const facts = {
    nodes: [tainted('n1')],
    pods: [terminating(ended), daemonPod('n1', {name: 'agent-next'})],
    set: daemonSet({strategy: rollingUpdate({maxUnavailable: 0, maxSurge: 1})}),
  }
  expect(ofNode(facts)).toMatchObject([
    {
      id: 'term-grace-period',
      severity: 'warning',
      message: 'agent-n1 is still on node n1 after its grace period (its containers have stopped)',
      object: POD,
    },
  ])
})

test('a Pod outlives its Node object for a moment, whatever it said of itself last', () => {
  const others = {nodes: [tainted('n1')]}
  expect(ofNode({...others, pods: [daemonPod('n9', {hash: OLD})]}, 'n9')).toEqual([
    {
      id: 'term-node-object-gone',
      severity: 'warning',
      message: 'Node n9 no longer exists (agent-n9 was on it)',
      object: {kind: 'Pod', namespace: 'shop', name: 'agent-n9'},
      since: '2026-05-01T10:00:30Z',
      evidence: ['node/n9 not found'],
      selfHealing: 'yes',
      remedy: {
        look: ['kubectl get node n9'],
        act: [
          {
            text: 'wait: the Pod is removed within a minute; if it stays, see whether the controller manager runs',
            commands: [],
          },
        ],
        risk: '',
        avoid: '',
        rung: 0,
      },
    },
  ])
  for (const pod of [waitingPod('n9', 'x'), unreadyPod('n9', undefined, {hash: OLD})])
    expect(ids(ofNode({...others, pods: [pod]}, 'n9'))).toEqual(['term-node-object-gone'])
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
  expect(ofNode(on(tainted('n1'), failed('Strange', 'Nobody knows. ')))).toEqual([
    {
      id: 'ds-failed-pod-backoff',
      severity: 'error',
      message: 'agent-n1 has failed on node n1 (Strange), and is replaced after a delay of up to 15m',
      object: POD,
      since: CREATED,
      evidence: ['pod/agent-n1 status.phase=Failed, status.reason=Strange: Nobody knows.'],
      selfHealing: 'maybe',
      remedy: {
        look: ['kubectl describe pod -n shop agent-n1'],
        act: [
          {
            text: 'when what made it fail is fixed, delete it, which ends the delay (so does an edit of the template)',
            commands: ['kubectl delete pod -n shop agent-n1'],
          },
        ],
        risk: 'its logs and its status go with the Pod',
        avoid: '',
        rung: 2,
      },
    },
  ])
})

test('where the kubelet says itself why it stopped the Pod, that is the cause', () => {
  expect(
    ofNode(on(tainted('n1'), failed('Evicted', 'The node was low on resource: memory. '))),
  ).toMatchObject([
    {
      id: 'evicted-node-pressure',
      severity: 'error',
      message: 'Node n1 was low on memory, so it evicted agent-n1',
      object: POD,
    },
  ])
})

test('a failed Pod says what is known of it, and a shutdown is not the set’s fault', () => {
  expect(ofNode(on(tainted('n1'), failed()))[0]?.message).toContain('has failed on node n1, and is replaced')
  expect(ofNode(on(tainted('n1'), failed('NodeShutdown')))[0]).toMatchObject({
    id: 'node-shutdown',
    severity: 'warning',
  })
  expect(
    ofNode(on(tainted('n1', [], {metadata: {creationTimestamp: '2026-05-01T11:59:00Z'}}), failed()))[0]
      ?.severity,
  ).toBe('info')
})

test.for(['Evicted', 'Strange'])('a Pod that has failed just now may be replaced in time (%s)', (reason) => {
  const severityAt = (lastTransitionTime: string) => {
    const conditions = [{type: 'Ready', status: 'False', lastTransitionTime}]
    const pod = daemonPod('n1', {status: {phase: 'Failed', reason, conditions}})
    return ofNode(on(tainted('n1'), pod))[0]?.severity
  }
  expect(severityAt('2026-05-01T11:58:00Z')).toBe('warning')
  expect(severityAt('2026-05-01T11:57:59Z')).toBe('error')
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
      severity: 'info',
      message:
        'Node n1 has 2 Pods of one revision of DaemonSet shop/agent, and the controller is about to delete all but one',
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
    ids(
      ofNode({
        nodes: [tainted('n1')],
        pods: [daemonPod('n1'), deletedAt(daemonPod('n1', {name: 'o'}), '2026-05-01T12:00:20Z')],
      }),
    ),
  ).toEqual(['term-grace-period'])
})
