import {expect, test} from 'vitest'
import type {Node, Pod} from '../../../src/model/objects.ts'
import {CREATED, containerStatus} from '../../builders.ts'
import {
  daemonPod,
  daemonSet,
  EVERYTHING,
  lostNode,
  NEW,
  OLD,
  ON_DELETE,
  rollingUpdate,
  tainted,
  unreadyPod,
} from '../../builders-daemon.ts'
import {type Facts, ids, ofNode, on} from './diagnosed.ts'

const POD = {kind: 'Pod', namespace: 'shop', name: 'agent-n1'}
const SINCE = '2026-05-01T11:30:00Z'
const CRASH = {
  reason: 'CrashLoopBackOff',
  message: 'back-off 5m0s',
}
const tolerant = daemonSet({template: {tolerations: [...EVERYTHING]}})

/** A ready node that also has this condition. */
function withCondition(type: string, message = '', lastTransitionTime = '2026-05-01T11:00:00Z'): Node {
  const conditions = [
    {type: 'Ready', status: 'True'},
    {type, status: 'True', message, lastTransitionTime},
  ]
  return tainted('n1', [], {status: {conditions}})
}

test('a node that is not ready comes before everything that a Pod may say', () => {
  expect(ofNode({...on(lostNode('n1'), unreadyPod('n1', CRASH)), set: tolerant})).toEqual([
    {
      id: 'node-notready-not-evicted',
      severity: 'error',
      message:
        "Node n1 is not ready, so agent-n1 can't work there; nothing evicts it (it tolerates the node's taints without limit)",
      object: {kind: 'Node', name: 'n1'},
      since: '2026-05-01T11:00:00Z',
      evidence: [
        'node/n1 condition Ready=Unknown: Kubelet stopped posting node status.',
        'pod/agent-n1 has no metadata.deletionTimestamp',
        'node/n1 taint node.kubernetes.io/unreachable:NoExecute',
      ],
      selfHealing: 'maybe',
      remedy: {
        look: ['kubectl describe node n1'],
        act: [
          {
            text: 'bring the node back: the Pod tolerates its state and stays, so nothing replaces it',
            commands: [],
          },
        ],
        risk: '',
        avoid: 'force the Pod away: the next one waits on the same node',
        rung: 0,
      },
    },
  ])
})

test('a node that is being shut down, and says so', () => {
  expect(ofNode(on(withCondition('GracefulNodeShutdownInProgress', 'reboot'), unreadyPod('n1')))).toEqual([
    {
      id: 'node-shutdown',
      severity: 'warning',
      message: "Node n1 is being shut down, so agent-n1 can't be ready there",
      object: {kind: 'Node', name: 'n1'},
      since: '2026-05-01T11:00:00Z',
      evidence: [
        'node/n1 condition GracefulNodeShutdownInProgress=True: reboot',
        'pod/agent-n1 is not ready',
      ],
      selfHealing: 'maybe',
      remedy: {
        look: ['kubectl describe node n1'],
        act: [{text: 'wait until whoever works on the node is done', commands: []}],
        risk: '',
        avoid: '',
        rung: 0,
      },
    },
  ])
})

/** A node, and what it makes of a Pod that is not ready. */
test.for<[string, Node, readonly string[]]>([
  ['under maintenance', withCondition('MaintenanceInProgress'), ['node-shutdown warning']],
  ['being drained', withCondition('DrainInProgress'), ['node-shutdown warning']],
  ['drained', withCondition('Drained'), ['node-shutdown warning']],
  ['without network', withCondition('NetworkUnavailable'), ['network-not-ready error']],
  ['for which maintenance is planned', withCondition('MaintenancePlanned'), ['readiness-failing error']],
  ['under memory pressure', withCondition('MemoryPressure'), ['readiness-failing error']],
  [
    'that is cordoned',
    tainted('n1', ['node.kubernetes.io/unschedulable:NoSchedule'], {spec: {unschedulable: true}}),
    ['readiness-failing error'],
  ],
  [
    'that is shut down since some seconds',
    withCondition('GracefulNodeShutdownInProgress', '', '2026-05-01T11:59:30Z'),
    ['node-shutdown info'],
  ],
  [
    'that has just joined and has no network yet',
    {
      ...withCondition('NetworkUnavailable'),
      metadata: {name: 'n1', creationTimestamp: '2026-05-01T11:58:10Z'},
    },
    ['network-not-ready info'],
  ],
])('a node %s', ([, node, expected]) => {
  const facts = {...on(node, unreadyPod('n1')), controllerRevisions: []}
  expect(ofNode(facts).map(({id, severity}) => `${id} ${severity}`)).toEqual(expected)
})

test('a node in trouble whose Pod is available is no trouble of the set', () => {
  expect(ofNode({...on(lostNode('n1'), daemonPod('n1')), set: tolerant})).toEqual([])
})

const PATIENT = daemonSet({spec: {minReadySeconds: 7200}})

test('a Pod that is ready and has to stay so for a while', () => {
  expect(ofNode({...on(tainted('n1'), daemonPod('n1')), set: PATIENT})).toEqual([
    {
      id: 'ds-min-ready',
      severity: 'info',
      message: 'minReadySeconds 7200 is not over: Pod agent-n1 on node n1 counts as available in 30s',
      object: POD,
      since: '2026-05-01T10:00:30Z',
      evidence: ['pod/agent-n1 condition Ready=True, lastTransitionTime=2026-05-01T10:00:30Z'],
      selfHealing: 'yes',
      remedy: null,
    },
  ])
})

test('a Pod that has been ready for long enough, and one that does not tell since when', () => {
  const timeless = daemonPod('n1', {status: {conditions: [{type: 'Ready', status: 'True'}]}})
  expect(
    ofNode({...on(tainted('n1'), daemonPod('n1')), set: daemonSet({spec: {minReadySeconds: 7170}})}),
  ).toEqual([])
  expect(ofNode({...on(tainted('n1'), timeless), set: PATIENT})).toEqual([])
})

function restarted(restartCount: number, since = SINCE, startedAt = CREATED): Pod {
  return unreadyPod('n1', undefined, {
    status: {
      conditions: [{type: 'Ready', status: 'False', lastTransitionTime: since}],
      containerStatuses: [containerStatus({restartCount, state: {running: {startedAt}}})],
    },
  })
}

test('a Pod that does not work on a node that does is judged as any other Pod', () => {
  const pod = unreadyPod('n1', CRASH, {
    status: {containerStatuses: [containerStatus({restartCount: 7, state: {waiting: CRASH}})]},
  })
  expect(ofNode(on(withCondition('DiskPressure'), pod))).toEqual([
    {
      id: 'crash-loop',
      severity: 'error',
      message: 'Container main of agent-n1 crashes (how it terminated is not known; restarted 7 times)',
      object: POD,
      since: SINCE,
      evidence: [
        `pod/agent-n1 container main state.waiting: CrashLoopBackOff: ${CRASH.message}`,
        'node/n1 condition DiskPressure=True',
      ],
      selfHealing: 'maybe',
      remedy: {
        look: ['kubectl logs -n shop agent-n1 main -p', 'kubectl describe pod -n shop agent-n1'],
        act: [
          {
            text: 'if the fault is outside of the Pod, fix it: it restarts within 5m',
            commands: [],
          },
          {text: 'else fix it in the template (ds/agent)', commands: []},
        ],
        risk: 'an edit of the template restarts the other Pods of the set as well',
        avoid: '',
        rung: 1,
      },
    },
  ])
})

const FOR_LONG = unreadyPod('n1')
const GATE = 'the status of pod readiness gate "x" is not "True", but False'

/** What is said of a Pod, by what its status says; each time the Pod is named, and nothing else is said. */
test.for<[string, Pod, string, string]>([
  ['an image', unreadyPod('n1', {reason: 'ImagePullBackOff'}), 'image-pull-backoff', "can't be pulled"],
  [
    'a missing ConfigMap',
    unreadyPod('n1', {reason: 'CreateContainerConfigError', message: 'configmap "x" not found'}),
    'container-config-missing-ref',
    'ConfigMap x is not there',
  ],
  [
    'an init container',
    unreadyPod('n1', undefined, {
      spec: {initContainers: [{name: 'init'}]},
      status: {
        phase: 'Pending',
        conditions: [{type: 'Ready', status: 'False', lastTransitionTime: SINCE}],
        initContainerStatuses: [
          containerStatus({name: 'init', state: {waiting: {reason: 'CrashLoopBackOff'}}}),
        ],
        containerStatuses: [containerStatus({state: {waiting: {reason: 'PodInitializing'}}})],
      },
    }),
    'init-failing',
    'Init container init of agent-n1 fails',
  ],
  [
    'restarts',
    restarted(3, SINCE, '2026-05-01T11:59:00Z'),
    'crash-loop',
    'crashes (how it terminated is not known; restarted 3 times)',
  ],
  [
    'a container that is slow to come',
    unreadyPod('n1', {reason: 'ContainerCreating'}),
    'container-creating-quiet',
    'has started no container of agent-n1 and does not say why',
  ],
  [
    'a probe that fails for long',
    FOR_LONG,
    'readiness-failing',
    'Container main of agent-n1 runs and is not ready',
  ],
  [
    'a readiness gate',
    unreadyPod('n1', undefined, {
      status: {
        conditions: [
          {type: 'ContainersReady', status: 'True', lastTransitionTime: SINCE},
          {
            type: 'Ready',
            status: 'False',
            reason: 'ReadinessGatesNotReady',
            message: GATE,
            lastTransitionTime: SINCE,
          },
        ],
        containerStatuses: [containerStatus({state: {running: {startedAt: CREATED}}, ready: true})],
      },
    }),
    'readiness-gate',
    'A readiness gate of agent-n1 is not met',
  ],
  [
    'a text of many lines with orders to the terminal',
    unreadyPod('n1', {reason: 'RunContainerError', message: `a\nb\u001b[2J${'x'.repeat(500)}`}),
    'container-run-error',
    "can't be started",
  ],
])('%s', ([, pod, id, text]) => {
  const [finding, ...others] = ofNode(on(tainted('n1'), pod))
  expect(finding).toMatchObject({id, severity: 'error', object: POD})
  expect(finding?.message).toMatch(/\bagent-n1\b/)
  expect(finding?.message).toContain(text)
  expect(others).toEqual([])
})

/** The finding does not depend on the revision, which may not be known. */
test.for<[string, Pod]>([
  ['crash-loop', unreadyPod('n1', CRASH)],
  ['image-pull-backoff', unreadyPod('n1', {reason: 'ImagePullBackOff'})],
  ['image-pull-error', unreadyPod('n1', {reason: 'ErrImagePull'})],
  ['image-never-pull', unreadyPod('n1', {reason: 'ErrImageNeverPull'})],
  ['image-invalid-name', unreadyPod('n1', {reason: 'InvalidImageName'})],
  [
    'container-config-missing-ref',
    unreadyPod('n1', {reason: 'CreateContainerConfigError', message: 'secret "x" not found'}),
  ],
  [
    'container-config-nonroot',
    unreadyPod('n1', {
      reason: 'CreateContainerConfigError',
      message: 'container has runAsNonRoot and image will run as root',
    }),
  ],
  ['container-create-error', unreadyPod('n1', {reason: 'CreateContainerError'})],
  ['container-run-error', unreadyPod('n1', {reason: 'RunContainerError'})],
  ['container-creating-quiet', unreadyPod('n1', {reason: 'ContainerCreating'})],
  ['readiness-failing', FOR_LONG],
])('%s, as long as the revision is not known', ([id, pod]) => {
  const facts = on(tainted('n1'), pod)
  const found = ofNode({...facts, controllerRevisions: [], unseen: ['controllerRevisions']})
  expect(ids(found)).toEqual([id])
  expect(found[0]?.message).toMatch(/\bagent-n1\b/)
  expect(found).toEqual(ofNode(facts))
})

test('an old Pod of a set that nobody updates by itself is in trouble, too', () => {
  const facts = {
    ...on(tainted('n1'), unreadyPod('n1', CRASH, {hash: OLD})),
    set: daemonSet({strategy: ON_DELETE}),
  }
  expect(ofNode(facts)).toMatchObject([{id: 'crash-loop', severity: 'error', object: POD}])
})

function since(lastTransitionTime: string, waiting?: {reason: string}): Pod {
  return unreadyPod('n1', waiting, {
    status: {conditions: [{type: 'Ready', status: 'False', lastTransitionTime}]},
  })
}

test.for<[string, Facts]>([
  [
    'an old Pod that a rolling update replaces at once',
    on(tainted('n1'), unreadyPod('n1', CRASH, {hash: OLD})),
  ],
  ['a Pod that is starting', on(tainted('n1'), since('2026-05-01T11:56:00Z', {reason: 'ContainerCreating'}))],
  [
    'an old Pod that is not ready for a moment, and that a rolling update replaces at once',
    on(tainted('n1'), unreadyPod('n1', undefined, {hash: OLD})),
  ],
  ['a Pod that works', on(tainted('n1'), daemonPod('n1'))],
])('no alarm for %s', ([, facts]) => {
  expect(ofNode(facts)).toEqual([])
})

test('a Pod that runs, and is not ready yet', () => {
  const conditions = [{type: 'Ready', status: 'False', lastTransitionTime: '2026-05-01T11:59:00Z'}] as const
  const pod = unreadyPod('n1', undefined, {
    status: {
      conditions: [...conditions],
      containerStatuses: [containerStatus({state: {running: {startedAt: '2026-05-01T11:59:00Z'}}})],
    },
  })
  expect(ofNode(on(tainted('n1'), pod))).toEqual([
    expect.objectContaining({
      id: 'readiness-failing',
      severity: 'info',
      message: 'Container main of agent-n1 runs and is not ready',
      object: POD,
      since: '2026-05-01T11:59:00Z',
    }),
  ])
})

/** What may still become good by itself is no error. */
test.for<[string, Facts, string]>([
  [
    'a Pod that is not ready for some minutes',
    on(tainted('n1'), since('2026-05-01T11:55:00Z')),
    'readiness-failing warning',
  ],
  [
    'a Pod that once restarted often, and is not ready for a moment',
    on(tainted('n1'), restarted(50, '2026-05-01T11:59:10Z')),
    'readiness-failing warning',
  ],
  [
    'a Pod that restarted twice',
    on(tainted('n1'), restarted(2, '2026-05-01T11:58:00Z')),
    'readiness-failing warning',
  ],
  [
    'a Pod whose readiness nobody dates',
    on(tainted('n1'), {
      ...unreadyPod('n1', undefined, {status: {conditions: []}}),
      metadata: {...daemonPod('n1').metadata, creationTimestamp: ''},
    }),
    'readiness-failing warning',
  ],
])('a word, and no alarm, for %s', ([, facts, expected]) => {
  expect(ofNode(facts).map(({id, severity}) => `${id} ${severity}`)).toEqual([expected])
})

const joined = tainted('n1', [], {metadata: {creationTimestamp: '2026-05-01T11:58:01Z'}})

test('on a node that has just joined a crash is a note', () => {
  expect(ofNode(on(joined, unreadyPod('n1', CRASH))).map(({id, severity}) => [id, severity])).toEqual([
    ['crash-loop', 'info'],
  ])
})

test('a Pod that has crashed several times has had its chance, however new the node', () => {
  const pod = unreadyPod('n1', CRASH, {
    status: {containerStatuses: [containerStatus({restartCount: 3, state: {waiting: CRASH}})]},
  })
  expect(ofNode(on(joined, pod))[0]?.severity).toBe('error')
})

test('the new Pod of a surge is seen beside the old one that works', () => {
  const set = daemonSet({strategy: rollingUpdate({maxUnavailable: 0, maxSurge: 1})})
  const pods = [daemonPod('n1', {hash: OLD, name: 'agent-old'}), unreadyPod('n1', CRASH, {hash: NEW})]
  expect(ofNode({nodes: [tainted('n1')], pods, set})).toMatchObject([{id: 'crash-loop', object: POD}])
})

test('without the right to see nodes, only the Pod speaks', () => {
  expect(ids(ofNode({pods: [unreadyPod('n1', CRASH)], unseen: ['nodes']}))).toEqual(['crash-loop'])
})
