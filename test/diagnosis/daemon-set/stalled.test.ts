import {expect, test} from 'vitest'
import type {Pod} from '../../../src/model/objects.ts'
import {
  daemonPod,
  daemonSet,
  EVERYTHING,
  lostNode,
  NEW,
  OLD,
  revision,
  rollingUpdate,
  tainted,
  unreadyPod,
  waitingPod,
} from '../../builders-daemon.ts'
import {deletedAt, everything, type Facts, ids, ofSet, on, running, together} from './diagnosed.ts'

const SET = {kind: 'DaemonSet', namespace: 'shop', name: 'agent'}
const OVERDUE = '2026-05-01T11:50:00Z'
const CRASH = {reason: 'CrashLoopBackOff'}
const RAISE = `kubectl patch ds -n shop agent -p '{"spec":{"updateStrategy":{"rollingUpdate":{"maxUnavailable":2}}}}'`

const four = running(OLD, 'n2', 'n3', 'n4', 'n5')
/** The set does not even want the lost node; its Pod there was deleted for the update. */
const dead = on(lostNode('n1'), deletedAt(unreadyPod('n1', undefined, {hash: OLD}), OVERDUE))

test('a dead node uses up the budget, though the set does not even want it', () => {
  expect(ofSet(together(dead, four))).toEqual([
    {
      id: 'ds-dead-node-eats-budget',
      severity: 'error',
      message:
        'Node n1 (not ready) uses up maxUnavailable 1 of DaemonSet shop/agent, so 4 old Pods wait for their update',
      object: SET,
      since: '2026-05-01T11:00:00Z',
      evidence: [
        '1 of maxUnavailable 1 in use',
        expect.stringMatching(/^node\/n1 condition Ready=Unknown/),
        'old Pods wait on nodes n2, n3, n4, n5',
      ],
      selfHealing: 'maybe',
      remedy: {
        look: ['kubectl get node n1'],
        act: [
          {text: 'bring the node back', commands: []},
          {
            text: 'to go on without it, raise maxUnavailable to 2, and set it back afterwards',
            commands: [RAISE],
          },
          {
            text: 'only if the machine is off and never comes back, delete its Node',
            commands: ['kubectl delete node n1'],
          },
        ],
        risk: 'a higher maxUnavailable lets a bad revision take down more nodes at once; deleting a Node asserts that its machine is off',
        avoid: 'force the Pod away: the next one on that node counts as well',
        rung: 4,
      },
    },
  ])
})

test('it lasts since the later of two: that the node is lost, and that there is something to update to', () => {
  const at = (creationTimestamp: string) => ({
    ...together(dead, four),
    controllerRevisions: [revision(OLD, 1), revision(NEW, 2, {creationTimestamp})],
  })
  const since = (facts: Facts) => ofSet(facts).find(({id}) => id === 'ds-dead-node-eats-budget')?.since
  expect(since(at('2026-05-01T11:19:00Z'))).toBe('2026-05-01T11:19:00Z')
  expect(since(at('2026-05-01T09:00:00Z'))).toBe('2026-05-01T11:00:00Z')
})

/** Its node was deleted some seconds, or hours, ago: nothing tells. */
const orphan = (metadata: Pod['metadata'] = {}) => {
  const pod = daemonPod('n0', {hash: OLD})
  return {pods: [{...pod, metadata: {...pod.metadata, deletionTimestamp: OVERDUE, ...metadata}}]}
}

test('Pods of a node that is gone are taken away by themselves: no error, and nothing to do', () => {
  expect(ofSet(together(orphan(), four))[0]).toMatchObject({
    id: 'ds-dead-node-eats-budget',
    severity: 'warning',
    message: expect.stringMatching(/^Node n0 \(no longer exists\) uses up maxUnavailable 1 /),
    selfHealing: 'yes',
    remedy: {
      look: ['kubectl get node n0'],
      act: [{text: expect.stringMatching(/^wait: /), commands: []}],
      risk: '',
      avoid: '',
      rung: 0,
    },
  })
})

test.for<[string, Facts, number]>([
  ['a finalizer keeps the Pod of the gone node', together(orphan({finalizers: ['a/b']}), four), 1],
  [
    'the dead node beside it is enough to stop the update',
    together({set: daemonSet({strategy: rollingUpdate({maxUnavailable: 1})})}, orphan(), dead, four),
    4,
  ],
])('it does not pass when %s', ([, facts, rung]) => {
  expect(ofSet(facts)[0]).toMatchObject({severity: 'error', selfHealing: 'maybe', remedy: {rung}})
})

test('a Pod that does not end on a node that works: the node is not to be deleted', () => {
  const stuck = on(tainted('n1'), deletedAt(daemonPod('n1', {hash: OLD}), OVERDUE))
  const [finding] = ofSet(together(stuck, four))
  expect(finding).toMatchObject({
    id: 'ds-dead-node-eats-budget',
    severity: 'error',
    message: expect.stringMatching(/^Node n1 \(its Pod does not terminate\) uses up maxUnavailable 1 /),
    since: OVERDUE,
    remedy: {
      look: ['kubectl get node n1'],
      act: [{text: 'see what keeps the Pod from terminating', commands: []}, {commands: [RAISE]}],
      rung: 1,
    },
  })
  expect(JSON.stringify(finding?.remedy)).not.toMatch(/delet/)
})

const tolerant = (limits: Parameters<typeof rollingUpdate>[0]) =>
  daemonSet({template: {tolerations: [...EVERYTHING]}, strategy: rollingUpdate(limits)})

test('a silent node is lost at once: silence alone takes longer than a blip', () => {
  const silent = lostNode('n1', {
    status: {conditions: [{type: 'Ready', status: 'Unknown', lastTransitionTime: '2026-05-01T11:59:59Z'}]},
  })
  const terminating = deletedAt(unreadyPod('n1', undefined, {hash: OLD}), '2026-05-01T12:00:20Z')
  expect(ids(ofSet(together(on(silent, terminating), four)))).toEqual(['ds-dead-node-eats-budget'])
})

test('of a percentage, and of two dead nodes', () => {
  const facts = together(
    {set: tolerant({maxUnavailable: '30%'})},
    on(lostNode('n1'), unreadyPod('n1')),
    on(lostNode('n6'), deletedAt(unreadyPod('n6', undefined, {hash: OLD}), OVERDUE)),
    four,
  )
  expect(ofSet(facts)[0]).toMatchObject({
    id: 'ds-dead-node-eats-budget',
    message: expect.stringMatching(/^Nodes n1, n6 \(not ready\) use up maxUnavailable 2 /),
    evidence: [
      '2 of maxUnavailable 2 in use',
      expect.stringMatching(/^node\/n1 condition Ready/),
      expect.stringMatching(/^node\/n6 condition Ready/),
      'old Pods wait on nodes n2, n3, n4, n5',
    ],
    remedy: {
      look: ['kubectl get node n1 n6'],
      act: [
        {text: 'bring the nodes back', commands: []},
        {
          text: expect.stringContaining('raise maxUnavailable to 51%, '),
          commands: [expect.stringContaining('"maxUnavailable":"51%"')],
        },
        {commands: []},
      ],
    },
  })
})

test('where no percentage is enough, a number is', () => {
  const facts = together(
    {set: daemonSet({strategy: rollingUpdate({maxUnavailable: '100%'})})},
    dead,
    running(OLD, 'n2'),
  )
  expect(ofSet(facts)[0]?.remedy?.act?.[1]?.text).toContain('raise maxUnavailable to 2, ')
})

test('of many dead nodes only a few are quoted', () => {
  const names = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7']
  const many = names.map((name) =>
    on(lostNode(name), deletedAt(unreadyPod(name, undefined, {hash: OLD}), OVERDUE)),
  )
  const [finding] = ofSet(together(...many, four))
  expect(finding?.evidence).toHaveLength(8)
  expect(finding?.evidence.at(-2)).toBe('and 2 more nodes')
  expect(finding?.remedy?.look).toEqual(['kubectl get nodes'])
})

const broken = on(tainted('n1'), unreadyPod('n1', CRASH))

test('a new Pod that does not work on a node that does', () => {
  expect(ofSet(together(broken, four))).toEqual([
    {
      id: 'ds-new-pod-unavailable',
      severity: 'error',
      message:
        'Pods of the new revision on node n1 (CrashLoopBackOff) use up maxUnavailable 1 of DaemonSet shop/agent, so 4 old Pods wait for their update',
      object: SET,
      evidence: [
        '1 of maxUnavailable 1 in use',
        'pod/agent-n1 on node/n1 is CrashLoopBackOff',
        'old Pods wait on nodes n2, n3, n4, n5',
      ],
      selfHealing: 'maybe',
      remedy: {
        look: ['kubectl describe pod -n shop agent-n1', 'kubectl rollout history ds/agent -n shop'],
        act: [
          {
            text: 'fix what is wrong; if it is the template, edit it, and the controller replaces these Pods at once',
            commands: [],
          },
          {
            text: 'only if the whole template should go back, undo the rollout',
            commands: ['kubectl rollout undo ds/agent -n shop'],
          },
        ],
        risk: 'an undo reverts the whole template, not only what is wrong in it',
        avoid: '',
        rung: 1,
      },
    },
  ])
})

test('before 1.30.6 every edit costs one more Pod, and that is said', () => {
  const [finding] = ofSet({...together(broken, four), version: 'v1.30.2'})
  expect(finding?.remedy?.risk).toContain(
    'in this version of Kubernetes each further edit also takes down one more Pod',
  )
})

test('a new Pod that is not scheduled uses the budget up as well', () => {
  const waits = on(tainted('n1'), waitingPod('n1', '0/5 nodes are available: 1 Insufficient cpu.'))
  expect(ofSet(together(waits, four))[0]).toMatchObject({
    id: 'ds-new-pod-unavailable',
    message: expect.stringMatching(/^Pods of the new revision on node n1 \(its Pod is not scheduled\) /),
    evidence: [
      '1 of maxUnavailable 1 in use',
      'pod/agent-n1 on node/n1 is Pending',
      'old Pods wait on nodes n2, n3, n4, n5',
    ],
  })
})

test('a new Pod that the scheduler could not place a moment ago may still find its place', () => {
  const at = (lastTransitionTime: string) => {
    const message = '0/5 nodes are available: 1 Insufficient cpu.'
    const conditions = [
      {type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastTransitionTime},
    ]
    return ids(ofSet(together(on(tainted('n1'), waitingPod('n1', message, {status: {conditions}})), four)))
  }
  expect(at('2026-05-01T11:56:00Z')).toEqual([])
  expect(at('2026-05-01T11:54:00Z')).toEqual(['ds-new-pod-unavailable'])
})

test('of a Pod that does not end, on a node that the set does not want, it is not said to delete it', () => {
  const pod = deletedAt(daemonPod('n1', {hash: OLD}), OVERDUE)
  const facts = together(on(tainted('n1', ['a:NoSchedule']), pod), running(OLD, 'n2'))
  expect(JSON.stringify(ofSet(facts))).not.toContain('delete pod')
  expect(ids(ofSet(facts))).not.toContain('ds-misscheduled-blocks-budget')
})

test('a dead node and a bad revision are two causes, and both are said', () => {
  const facts = together(
    {set: daemonSet({strategy: rollingUpdate({maxUnavailable: 2})})},
    dead,
    running(OLD, 'n2'),
    on(tainted('n3'), unreadyPod('n3', CRASH)),
  )
  expect(ids(ofSet(facts))).toEqual(['ds-dead-node-eats-budget', 'ds-new-pod-unavailable'])
})

test('a node that the set does not want uses its budget up', () => {
  const unwanted = on(tainted('n1', ['a:NoSchedule']), unreadyPod('n1', CRASH))
  expect(ofSet(together(unwanted, running(OLD, 'n2')))).toEqual([
    {
      id: 'ds-misscheduled-blocks-budget',
      severity: 'error',
      message:
        'Pods on node n1, which the set does not want, use up maxUnavailable 1 of DaemonSet shop/agent, so 1 old Pod waits for its update',
      object: SET,
      evidence: [
        '1 of maxUnavailable 1 in use',
        'node/n1 untolerated taint a:NoSchedule',
        'old Pods wait on node n2',
      ],
      selfHealing: 'no',
      remedy: {
        look: ['kubectl describe node n1'],
        act: [
          {text: 'if the set is wanted there, let its template tolerate or select that node', commands: []},
          {
            text: 'only if the set should have no Pod there, delete it',
            commands: ['kubectl delete pod -n shop agent-n1'],
          },
        ],
        risk: 'no other Pod of the set takes their place on those nodes, and other Pods there lose what they have from them (network, mounts, devices)',
        avoid: '',
        rung: 2,
      },
    },
  ])
})

test('of a node that is being taken away, or not set up yet, nothing is deleted by hand', () => {
  const remedy = (taint: string) => {
    const unwanted = on(tainted('n1', [taint]), unreadyPod('n1', CRASH))
    return ofSet(together(unwanted, running(OLD, 'n2')))[0]?.remedy
  }
  expect(remedy('ToBeDeletedByClusterAutoscaler=1:NoSchedule')).toEqual({
    look: ['kubectl describe node n1'],
    act: [
      {
        text: 'wait: node n1 is being taken away by the cluster autoscaler, and then it no longer counts',
        commands: [],
      },
    ],
    risk: '',
    avoid: '',
    rung: 0,
  })
  expect(remedy('node.cilium.io/agent-not-ready:NoSchedule')?.act?.[0]?.text).toMatch(
    /^see why Cilium's agent/,
  )
})

test('of many nodes only a few are named', () => {
  const [finding] = ofSet(together(dead, running(OLD, 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8')))
  expect(finding?.message).toMatch(/ so 7 old Pods wait for their update$/)
  expect(finding?.evidence.at(-1)).toBe('old Pods wait on nodes n2, n3, n4, n5, n6 and 2 more')
})

function since(lastTransitionTime: string): Pod {
  return unreadyPod(
    'n1',
    {reason: 'ContainerCreating'},
    {
      status: {conditions: [{type: 'Ready', status: 'False', lastTransitionTime}]},
    },
  )
}

const blip = lostNode('n1', {
  status: {conditions: [{type: 'Ready', status: 'False', lastTransitionTime: '2026-05-01T11:59:30Z'}]},
})

/** Updates that go on, or need not. */
test.for<[string, Facts]>([
  ['a new Pod that is starting', together(on(tainted('n1'), since('2026-05-01T11:58:00Z')), four)],
  [
    'a Pod that is ending in its time',
    together(on(tainted('n1'), deletedAt(daemonPod('n1', {hash: OLD}), '2026-05-01T12:00:10Z')), four),
  ],
  ['a node between two Pods', together(on(tainted('n1')), four)],
  [
    'room beside the dead node',
    together({set: daemonSet({strategy: rollingUpdate({maxUnavailable: 2})})}, dead, four),
  ],
  [
    'a step beside the dead node',
    together({set: daemonSet({strategy: rollingUpdate({maxUnavailable: 2})})}, dead, four, on(tainted('n6'))),
  ],
  ['a dead node after the update', together(dead, running(NEW, 'n2', 'n3'))],
  ['a bad Pod after the update', together(broken, running(NEW, 'n2', 'n3'))],
  [
    'a node that is not ready since some seconds',
    together({set: tolerant({maxUnavailable: 1})}, on(blip, since('2026-05-01T11:59:30Z')), four),
  ],
  [
    'a dead node with a Pod that still is ready',
    together({set: tolerant({maxUnavailable: 1})}, on(lostNode('n1'), daemonPod('n1')), four),
  ],
  ['a dead node without Pod that the set does not want', together(on(lostNode('n1')), four)],
  [
    'maxSurge',
    together({set: daemonSet({strategy: rollingUpdate({maxUnavailable: 0, maxSurge: 1})})}, dead, four),
  ],
  ['nodes that were not seen', {pods: [...(four.pods ?? []), unreadyPod('n1', CRASH)], unseen: ['nodes']}],
  ['a revision that nobody knows', {...together(dead, four), controllerRevisions: []}],
])('nothing is stalled with %s', ([, facts]) => {
  expect(ids(ofSet(facts))).toEqual([])
})

/** Whole clusters in which nothing is wrong: not one error. */
test.for<[string, Facts, readonly string[]]>([
  ['everything runs', running(NEW, 'n1', 'n2'), []],
  [
    'an update is under way',
    together(
      {set: daemonSet({strategy: rollingUpdate({maxUnavailable: 3})})},
      on(tainted('n1'), since('2026-05-01T11:59:30Z')),
      on(tainted('n6')),
      on(tainted('n7'), deletedAt(daemonPod('n7', {hash: OLD}), '2026-05-01T12:00:10Z')),
      four,
      running(NEW, 'n8'),
    ),
    ['ds-node-missing-pod warning', 'term-grace-period info'],
  ],
  [
    'a node joins that is not ready yet',
    together(
      {set: tolerant({maxUnavailable: 1})},
      on(
        tainted('n1', ['node.kubernetes.io/not-ready:NoSchedule'], {
          metadata: {creationTimestamp: '2026-05-01T11:59:30Z'},
          status: {
            conditions: [{type: 'Ready', status: 'False', lastTransitionTime: '2026-05-01T11:59:30Z'}],
          },
        }),
        since('2026-05-01T11:59:40Z'),
      ),
      four,
    ),
    ['node-notready-not-evicted info'],
  ],
])('no false alarm while %s', ([, facts, expected]) => {
  expect(everything(facts)).toEqual(expected)
})
