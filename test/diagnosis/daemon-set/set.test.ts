import {expect, test} from 'vitest'
import {causes} from '../../../src/diagnosis/daemon-set/on-delete.ts'
import {CREATED} from '../../builders.ts'
import {
  daemonPod,
  daemonSet,
  NEW,
  OLD,
  ON_DELETE,
  rollingUpdate,
  tainted,
  unreadyPod,
} from '../../builders-daemon.ts'
import {deletedAt, type Facts, ids, ofSet, on, running, together} from './diagnosed.ts'

const SET = {kind: 'DaemonSet', namespace: 'shop', name: 'agent'}
const surge = daemonSet({strategy: rollingUpdate({maxUnavailable: 0, maxSurge: 1})})

test('OnDelete waits by design, and says for which nodes', () => {
  const facts = together(
    {set: daemonSet({strategy: ON_DELETE})},
    running(OLD, 'n3', 'n1'),
    running(NEW, 'n2'),
  )
  expect(ofSet(facts)).toEqual([
    {
      id: 'ds-ondelete',
      severity: 'info',
      message:
        'updateStrategy OnDelete replaces no Pod by itself: DaemonSet shop/agent still has its old revision on nodes n1, n3',
      object: SET,
      evidence: ['daemonset/agent spec.updateStrategy.type=OnDelete'],
      selfHealing: 'no',
      remedy: {
        look: ['kubectl describe node n1'],
        act: [
          {
            text: expect.stringMatching(/^one node at a time, drain the node, delete the Pod, and uncordon /),
            commands: [
              'kubectl drain n1 --ignore-daemonsets',
              'kubectl delete pod -n shop agent-n1',
              'kubectl uncordon n1',
            ],
          },
          {
            text: expect.stringMatching(/^only if no other Pod of the node needs this one /),
            commands: ['kubectl delete pod -n shop agent-n1'],
          },
        ],
        risk: causes['ds-ondelete'].risk,
        avoid: '',
        rung: 2,
      },
    },
  ])
})

const onDelete = {set: daemonSet({strategy: ON_DELETE})}

function ownedBy(apiVersion: string, kind: string): Facts {
  const ownerReferences = [{apiVersion, kind, name: 'policy', uid: 'uid-policy', controller: true}]
  return {set: daemonSet({strategy: ON_DELETE, metadata: {ownerReferences}})}
}

const remedyWith = (...facts: Facts[]) => ofSet(together(...facts, running(OLD, 'n1')))[0]?.remedy

test('OnDelete of an operator is left to it, and its status is looked at', () => {
  expect(remedyWith(ownedBy('nvidia.com/v1', 'ClusterPolicy'))).toMatchObject({
    look: ['kubectl get ClusterPolicy.v1.nvidia.com -n shop policy -o yaml'],
    act: [
      {
        text: expect.stringMatching(/^leave it to the operator of ClusterPolicy policy, .*: its status /),
        commands: [],
      },
    ],
    avoid: causes['ds-ondelete'].avoid,
    rung: 0,
  })
})

test.for<[string, Facts]>([
  ['belongs to the Deployment of an operator, which has no status for it', ownedBy('apps/v1', 'Deployment')],
  ['belongs to an object of Kubernetes itself', ownedBy('node.k8s.io/v1', 'RuntimeClass')],
  ['belongs to nobody', onDelete],
])('the node is drained before a Pod is deleted where the set %s', ([, facts]) => {
  const [first] = remedyWith(facts)?.act ?? []
  expect(first?.commands.map((command) => command.split(' ')[1])).toEqual(['drain', 'delete', 'uncordon'])
})

test('a node that somebody else has cordoned stays cordoned', () => {
  const cordoned = on(tainted('n1', [], {spec: {unschedulable: true}}), daemonPod('n1', {hash: OLD}))
  const [finding] = ofSet(together(onDelete, cordoned))
  expect(finding?.remedy?.act).toHaveLength(2)
  expect(JSON.stringify(finding?.remedy?.act)).not.toContain('uncordon')
})

test.for<[string, Facts]>([
  ['all are current', together(onDelete, running(NEW, 'n1'))],
  [
    'the old Pod is going',
    together(onDelete, on(tainted('n1'), deletedAt(daemonPod('n1', {hash: OLD}), CREATED))),
  ],
  ['the revision is not known', {...together(onDelete, running(OLD, 'n1')), controllerRevisions: []}],
  ['Pods were not seen', {...together(onDelete, on(tainted('n1'))), unseen: ['pods']}],
  ['the strategy is RollingUpdate', running(OLD, 'n1')],
])('OnDelete has nothing to wait for when %s', ([, facts]) => {
  expect(ofSet(facts)).toEqual([])
})

test('from 1.31 old Pods that are not available use the budget up first', () => {
  const facts = together(
    {version: 'v1.31.0'},
    on(tainted('n1'), unreadyPod('n1', undefined, {hash: OLD})),
    running(OLD, 'n2'),
  )
  expect(ofSet(facts)).toEqual([
    {
      id: 'ds-old-unavailable-counts',
      severity: 'info',
      message:
        'Old Pods that are not available use up maxUnavailable 1 of DaemonSet shop/agent and are replaced first (node n1)',
      object: SET,
      evidence: ['1 of maxUnavailable 1 in use'],
      selfHealing: 'yes',
      remedy: null,
    },
  ])
  const known = (version: string) => ids(ofSet({...facts, version}))
  expect(known('v1.30.14-gke.100')).toEqual(['ds-old-unavailable-counts'])
  for (const [has, lacks] of [
    ['v1.30.6', 'v1.30.5'],
    ['v1.29.10', 'v1.29.9'],
    ['v1.28.15', 'v1.28.14'],
    ['strange', 'v1.27.16'],
  ] as const)
    expect([known(has).length, known(lacks)], has).toEqual([1, []])
  expect(
    ofSet(together({version: 'v1.31.0'}, on(tainted('n1'), unreadyPod('n1', undefined, {hash: OLD})))),
  ).toEqual([])
})

function surging(on: string) {
  return [daemonPod(on, {hash: OLD, name: `old-${on}`}), unreadyPod(on, {reason: 'ContainerCreating'})]
}

test('a surge waits for its new Pods', () => {
  const facts = together({set: surge}, on(tainted('n1'), ...surging('n1')), running(OLD, 'n2', 'n3'))
  expect(ofSet(facts)).toEqual([
    {
      id: 'ds-surge-waiting-new',
      severity: 'info',
      message:
        'New Pods on node n1 are not available yet, so the update of DaemonSet shop/agent waits with 2 old Pods (maxSurge 1)',
      object: SET,
      evidence: ['1 of maxSurge 1 in use'],
      selfHealing: 'maybe',
      remedy: null,
    },
  ])
  expect(ofSet(together({set: surge}, on(tainted('n1'), ...surging('n1')), running(NEW, 'n2')))).toEqual([])
  const two = {set: daemonSet({strategy: rollingUpdate({maxUnavailable: 0, maxSurge: 2})})}
  expect(ofSet(together(two, on(tainted('n1'), ...surging('n1')), running(OLD, 'n2')))).toEqual([])
})

const excluded = on(tainted('n1', ['a:NoSchedule']), daemonPod('n1', {hash: OLD}))

test('a surge keeps an old Pod on a node that is no longer wanted', () => {
  const facts = together(
    {set: surge},
    excluded,
    on(tainted('n2'), unreadyPod('n2', {reason: 'ContainerCreating'})),
  )
  expect(ofSet(facts)).toEqual([
    {
      id: 'ds-surge-excluded-node',
      severity: 'warning',
      message:
        'maxSurge keeps old Pods of DaemonSet shop/agent on node n1, which it no longer wants, until more Pods are available than it needs',
      object: SET,
      evidence: ['1 nodes available, 1 desired', 'pod/agent-n1'],
      selfHealing: 'yes',
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
  expect(ofSet({...facts, version: 'v1.27.1'})[0]).toMatchObject({severity: 'error', selfHealing: 'no'})
})

test.for<[string, Facts]>([
  [
    'more are available than needed: it is deleted next',
    together({set: surge}, excluded, running(NEW, 'n2')),
  ],
  [
    'the Pod there is current',
    together({set: surge}, on(tainted('n1', ['a:NoSchedule']), daemonPod('n1')), on(tainted('n2'))),
  ],
  [
    'the node drives it away',
    together(
      {set: surge},
      on(tainted('n1', ['a:NoExecute']), daemonPod('n1', {hash: OLD})),
      on(tainted('n2')),
    ),
  ],
  ['it is no surge', together(excluded, on(tainted('n2'), unreadyPod('n2', {reason: 'ContainerCreating'})))],
])('no old Pod is kept when %s', ([, facts]) => {
  expect(ids(ofSet(facts))).not.toContain('ds-surge-excluded-node')
})

test('neither limit allows anything: the controller goes by one', () => {
  const set = daemonSet({strategy: rollingUpdate({maxUnavailable: '0%', maxSurge: 0})})
  expect(ofSet(together({set}, running(NEW, 'n1')))).toEqual([
    {
      id: 'ds-both-zero',
      severity: 'warning',
      message:
        'maxUnavailable and maxSurge of DaemonSet shop/agent are both 0, so its controller updates one node at a time',
      object: SET,
      evidence: ['daemonset/agent spec.updateStrategy.rollingUpdate maxUnavailable=0%, maxSurge=0'],
      selfHealing: 'no',
      remedy: null,
    },
  ])
  expect(ofSet(together({set: surge}, running(NEW, 'n1')))).toEqual([])
  expect(ofSet(together({set: daemonSet({strategy: rollingUpdate({})})}, running(NEW, 'n1')))).toEqual([])
  expect(ofSet({set, unseen: ['nodes'], pods: [daemonPod('n1')]})).toEqual([])
})

test('a selector of everything: the controller does nothing', () => {
  expect(ofSet({...running(OLD, 'n1'), set: daemonSet({spec: {selector: {}}})})).toEqual([
    {
      id: 'ds-selecting-all',
      severity: 'error',
      message: 'The empty selector of DaemonSet shop/agent selects every Pod, so its controller does nothing',
      object: SET,
      evidence: ['daemonset/agent spec.selector={}'],
      selfHealing: 'no',
      remedy: {
        look: ['kubectl get ds -n shop agent -o yaml'],
        act: [{text: "recreate it with a selector: that of an existing set can't be changed", commands: []}],
        risk: 'its Pods are deleted with it, unless you add --cascade=orphan',
        avoid: '',
        rung: 0,
      },
    },
  ])
  const selector = {matchExpressions: [{key: 'app', operator: 'Exists'}]}
  expect(ofSet({...running(NEW, 'n1'), set: daemonSet({spec: {selector}})})).toEqual([])
})

function deleted(deletionTimestamp: string, finalizers: string[] = ['foregroundDeletion']) {
  return daemonSet({metadata: {...daemonSet().metadata, deletionTimestamp, finalizers}})
}

test('a set that is being deleted is left alone, and nothing else is said of it', () => {
  expect(ofSet({...running(OLD, 'n1'), set: deleted('2026-05-01T11:30:00Z')})).toEqual([
    {
      id: 'sts-being-deleted',
      severity: 'error',
      message:
        'DaemonSet shop/agent is being deleted, and waits for finalizer foregroundDeletion: its controller does nothing for it',
      object: SET,
      since: '2026-05-01T11:30:00Z',
      evidence: [
        'daemonset/agent metadata.deletionTimestamp=2026-05-01T11:30:00Z',
        '1 of its Pods is left: agent-n1',
      ],
      selfHealing: 'maybe',
      remedy: {
        look: ['kubectl get ds -n shop agent -o yaml'],
        act: [{text: 'see which of its Pods is not deleted yet, or whose finalizer it is', commands: []}],
        risk: '',
        avoid: 'remove a finalizer by hand: that leaves Pods and claims behind that nobody manages',
        rung: 0,
      },
    },
  ])
  expect(ofSet({set: deleted('2026-05-01T11:58:30Z', [])})[0]).toMatchObject({
    severity: 'warning',
    message: 'DaemonSet shop/agent is being deleted: its controller does nothing for it',
  })
})

const behind = {set: daemonSet({status: {numberMisscheduled: 3}}), isStale: true}

test.for<[string, Facts, readonly string[]]>([
  ['one counter is not what it should be', behind, ['ds-status-stale-1-33 info']],
  ['it is one that 1.33 leaves behind', {...behind, version: 'v1.33.4'}, ['ds-status-stale-1-33 warning']],
  ['all are what the controller would write now', {set: daemonSet()}, []],
  ['nodes were not seen', {...behind, nodes: [], unseen: ['nodes']}, []],
  ['Pods were not seen', {...behind, unseen: ['pods']}, []],
  [
    'the newest generation is not observed',
    {...behind, set: daemonSet({metadata: {generation: 3}, status: {numberMisscheduled: 3}})},
    [],
  ],
])('a status is behind, or not: %s', ([, facts, wanted]) => {
  const found = ofSet({...running(NEW, 'n1'), ...facts})
  expect(found.map(({id, severity}) => `${id} ${severity}`)).toEqual(wanted)
})
