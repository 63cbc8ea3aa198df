import {expect, test} from 'vitest'
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
        'DaemonSet shop/agent updates a node when its Pod is deleted (OnDelete); the old revision is still on nodes n1, n3',
      object: SET,
      evidence: ['daemonset/agent spec.updateStrategy.type=OnDelete'],
      selfHealing: 'no',
      remedy: {
        commands: ['kubectl delete pod -n shop agent-n1'],
        advice: 'one node at a time: wait until its new Pod is available',
        danger: 'the node is without its Pod until the new one is available',
        rung: 2,
      },
    },
  ])
})

const onDelete = {set: daemonSet({strategy: ON_DELETE})}

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
      severity: 'warning',
      message:
        'The rolling update of DaemonSet shop/agent first replaces old Pods that are not available, on node n1: they use up maxUnavailable 1',
      object: SET,
      evidence: ['1 of maxUnavailable 1 in use'],
      selfHealing: 'yes',
      remedy: null,
    },
  ])
  const known = (version: string) => ids(ofSet({...facts, version}))
  expect(known('v1.30.14-gke.100')).toEqual(['ds-old-unavailable-counts'])
  expect([known('v1.30.13'), known('v1.29.9'), known('strange')]).toEqual([[], [], []])
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
        'The rolling update of DaemonSet shop/agent waits for the new Pods on node n1 to become available (maxSurge 1); 2 old Pods wait',
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
        'Old Pods of DaemonSet shop/agent stay on node n1, which it no longer wants, until more Pods are available than it needs',
      object: SET,
      evidence: ['1 nodes available, 1 desired', 'pod/agent-n1'],
      selfHealing: 'yes',
      remedy: {
        commands: ['kubectl delete pod -n shop agent-n1'],
        danger: 'no other Pod of the set takes their place on those nodes',
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
        'DaemonSet shop/agent allows neither an unavailable nor a surplus Pod: the controller goes by maxUnavailable 1',
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
      message:
        'DaemonSet shop/agent has an empty selector, which selects every Pod: the controller refuses to act',
      object: SET,
      evidence: ['daemonset/agent spec.selector={}'],
      selfHealing: 'no',
      remedy: {
        commands: ['kubectl get ds -n shop agent -o yaml'],
        advice: 'make it anew with a selector: that of an existing set cannot be changed',
        danger: '',
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
        'DaemonSet shop/agent is being deleted, and waits for finalizer foregroundDeletion: the controller does nothing for it any more',
      object: SET,
      since: '2026-05-01T11:30:00Z',
      evidence: ['daemonset/agent metadata.deletionTimestamp=2026-05-01T11:30:00Z'],
      selfHealing: 'maybe',
      remedy: {
        commands: ['kubectl get ds -n shop agent -o yaml'],
        advice: 'see which of its Pods does not go, or whose finalizer it is',
        danger: 'removing a finalizer by hand leaves Pods behind that nobody manages',
        rung: 0,
      },
    },
  ])
  expect(ofSet({set: deleted('2026-05-01T11:58:30Z', [])})[0]).toMatchObject({
    severity: 'warning',
    message: 'DaemonSet shop/agent is being deleted: the controller does nothing for it any more',
  })
})

/** As the API shows a set that nobody has looked at. */
const untouched = {
  currentNumberScheduled: 0,
  desiredNumberScheduled: 0,
  numberMisscheduled: 0,
  numberReady: 0,
}

test('a set that the controller has not once acted on', () => {
  const set = {...daemonSet(), status: untouched}
  expect(ofSet({...on(tainted('n1')), set})).toEqual([
    {
      id: 'ds-revision-sync-error',
      severity: 'error',
      message:
        'The controller has not acted on DaemonSet shop/agent since it was made, and says nothing about it',
      object: SET,
      since: CREATED,
      evidence: ['daemonset/agent status.observedGeneration is not set'],
      selfHealing: 'maybe',
      remedy: {
        commands: ['kubectl get lease -n kube-system kube-controller-manager -o yaml'],
        advice:
          'if its lease is renewed, something refuses the revision that it must write first: a quota on controllerrevisions.apps, or a webhook; its log says which',
        danger: '',
        rung: 0,
      },
    },
  ])
})

test.for<[string, Facts]>([
  [
    'it was made seconds ago',
    {
      set: {
        ...daemonSet({metadata: {...daemonSet().metadata, creationTimestamp: '2026-05-01T11:59:00Z'}}),
        status: untouched,
      },
    },
  ],
  ['its status was not saved', {set: (({status: _, ...set}) => set)(daemonSet())}],
  [
    'it only lags, and nobody knows for how long',
    {set: daemonSet({metadata: {...daemonSet().metadata, generation: 3}})},
  ],
])('nobody says that the controller does not act when %s', ([, facts]) => {
  expect(ofSet(facts)).toEqual([])
})

const stale = (status: object) => daemonSet({status: {...untouched, ...status}})

test('counters that the controller wrote, and that are no longer so', () => {
  const set = stale({desiredNumberScheduled: 3, numberMisscheduled: 0})
  const facts = {...running(NEW, 'n1', 'n2'), isStale: true, set}
  expect(ofSet(facts)[0]).toMatchObject({
    id: 'ds-status-stale-1-33',
    severity: 'info',
    message: expect.stringContaining(
      'The status of DaemonSet shop/agent is behind: desiredNumberScheduled is 2, the controller wrote 3; ',
    ),
    object: SET,
    selfHealing: 'yes',
    remedy: null,
  })
  expect(ofSet({...facts, version: 'v1.33.4'})[0]).toMatchObject({
    severity: 'warning',
    remedy: {
      commands: ['kubectl annotate ds -n shop agent touched=2026-05-01T12:00:00Z'],
      danger: '',
      rung: 1,
    },
  })
  expect(ofSet({...facts, version: 'v1.34.0'})[0]?.severity).toBe('info')
})

const all = {
  currentNumberScheduled: 2,
  desiredNumberScheduled: 2,
  numberReady: 2,
  numberAvailable: 2,
  updatedNumberScheduled: 2,
}

test('one counter is behind: both numbers are said, and nothing else', () => {
  expect(
    ofSet({...running(NEW, 'n1', 'n2'), isStale: true, set: stale({...all, numberMisscheduled: 1})}),
  ).toEqual([
    {
      id: 'ds-status-stale-1-33',
      severity: 'info',
      message:
        'The status of DaemonSet shop/agent is behind: numberMisscheduled is 0, the controller wrote 1; the controller looks again when the set or one of its Pods changes',
      object: SET,
      evidence: ['daemonset/agent status: numberMisscheduled=1'],
      selfHealing: 'yes',
      remedy: null,
    },
  ])
})

test('several counters are behind: one piece of evidence lists them', () => {
  const set = stale({...all, numberMisscheduled: 1, desiredNumberScheduled: 3})
  expect(ofSet({...running(NEW, 'n1', 'n2'), isStale: true, set})[0]?.evidence).toEqual([
    'daemonset/agent status: desiredNumberScheduled=3, numberMisscheduled=1',
  ])
})

test.for<[string, Facts]>([
  ['all agree', {...running(NEW, 'n1', 'n2'), set: stale(all)}],
  ['the controller is behind', {...running(NEW, 'n1'), set: stale({...all, observedGeneration: 1})}],
  ['nodes were not seen', {pods: [daemonPod('n1')], unseen: ['nodes'], set: stale(all)}],
  ['Pods were not seen', {...running(NEW, 'n1'), unseen: ['pods'], set: stale(all)}],
  [
    'Pods come and go',
    {
      ...together(running(NEW, 'n1'), on(tainted('n2'), unreadyPod('n2', {reason: 'ContainerCreating'}))),
      set: stale(all),
    },
  ],
])('the status is not called stale when %s', ([, facts]) => {
  expect(ids(ofSet({...facts, isStale: true}))).not.toContain('ds-status-stale-1-33')
})
