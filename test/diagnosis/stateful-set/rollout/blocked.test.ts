import {expect, test} from 'vitest'
import {claim, containerStatus} from '../../../builders.ts'
import {lostNode, tainted} from '../../../builders-daemon.ts'
import {
  cluster,
  FAILING,
  JUST_NOW,
  member,
  namespaceOf,
  OVERDUE,
  rolling,
  SINCE,
  set,
  setEvent,
  TERMINATING,
  UNREADY,
  YOUNG,
} from '../../sets.ts'
import {ids, rolloutFindings, type SetFacts} from '../../subjects-sets.ts'

const PARALLEL = {podManagementPolicy: 'Parallel'} as const
const LOST = [lostNode('db')]

/** Of an ordered set of so many: what each ordinal's Pod is of, `!` broken, `-` missing. */
function ordered(replicas: number, ...members: readonly string[]): SetFacts {
  return cluster('db', set('db', {replicas}), podsOf(members))
}

function podsOf(members: readonly string[]) {
  return members.flatMap((text, ordinal) =>
    text === '-'
      ? []
      : [member('db', ordinal, Number.parseInt(text, 10), text.endsWith('!') ? {status: FAILING} : {})],
  )
}

test.for<[string, SetFacts, readonly string[]]>([
  [
    'a lower one of the new revision is broken',
    ordered(3, '2!', '1', '1'),
    ['sts-ordered-lower-ordinal-blocks'],
  ],
  [
    'a lower one of the old revision is broken',
    ordered(3, '1!', '1', '1'),
    ['sts-ordered-revision-deadlock'],
  ],
  [
    'the one that was updated last is broken',
    ordered(3, '1', '1', '2!'),
    ['sts-blocked-by-unready-at-target'],
  ],
  ['only a lower one is left to be updated', ordered(2, '1', '2!'), ['sts-blocked-by-unready-at-target']],
  [
    'a lower one is stopping for too long: that is a cause of the Pod itself',
    cluster('db', set('db', {replicas: 2}), [
      member('db', 0, 2, {metadata: {...member('db', 0, 2).metadata, ...OVERDUE}}),
      member('db', 1, 1),
    ]),
    [],
  ],
  [
    'the node that an old one needs is lost: another revision would wait for it, too',
    cluster('db', set('db', {replicas: 1}), [refused()], {nodes: LOST}),
    [],
  ],
  [
    'a person keeps an old one off its node, which the new revision may tolerate',
    cluster('db', set('db', {replicas: 1}), [refused()], {
      nodes: [tainted('db', ['dedicated=x:NoSchedule'])],
    }),
    ['sts-ordered-revision-deadlock'],
  ],
  ['the one that is held below is broken', heldBroken(), ['sts-ordered-lower-ordinal-blocks']],
])('of an ordered update: %s', ([, facts, wanted]) => {
  expect(ids(rolloutFindings(facts))).toEqual(wanted)
})

/** Of the old revision, and no node takes it for its taints. */
function refused() {
  const condition = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    message: '0/1 nodes are available: 1 node(s) had untolerated taint(s).',
    lastTransitionTime: SINCE,
  }
  return member('db', 0, 1, {spec: {nodeName: ''}, status: {phase: 'Pending', conditions: [condition]}})
}

/** Below the partition, and of the revision that it should be. */
function heldBroken(): SetFacts {
  return cluster('db', set('db', {replicas: 3, spec: rolling({partition: 1})}), podsOf(['1!', '1', '1']))
}

test('who is named is the lower one, and how to fix it comes with its second step', () => {
  expect(rolloutFindings(ordered(3, '2!', '1', '1'))).toMatchObject([
    {
      message: 'db-0 is not ready, and an ordered update of db-2, db-1 waits until all below are',
      object: {kind: 'Pod', name: 'db-0'},
      remedy: {
        act: [
          {text: 'fix what keeps it from becoming ready', commands: []},
          {commands: ['kubectl delete pod -n ns-db db-0']},
        ],
        risk: 'that member is down until its successor is ready',
        rung: 2,
      },
    },
  ])
})

/** A parallel set with that maxUnavailable on a server with bug #137409. */
function parallel(version: string, maxUnavailable: number, ...members: readonly string[]): SetFacts {
  const spec = {...PARALLEL, ...rolling({maxUnavailable})}
  return {...cluster('db', set('db', {replicas: members.length, spec}), podsOf(members)), version}
}

test.for<[string, SetFacts, boolean]>([
  ['1.35.0 counts broken old Pods', parallel('v1.35.0', 1, '1!', '1'), true],
  ['1.35.3 does', parallel('v1.35.3', 2, '1!', '1!', '1'), true],
  ['1.34 does, where the gate was turned on', parallel('v1.34.2', 1, '1!', '1'), true],
  ['1.35.4 goes one by one from the top', parallel('v1.35.4', 1, '1!', '1'), false],
  ['1.37 replaces them first', parallel('v1.37.0', 1, '1!', '1'), false],
  ['there is room left', parallel('v1.35.2', 2, '1!', '1', '1'), false],
  ['those that use it up are new ones', parallel('v1.35.2', 1, '2!', '1'), false],
  ['the broken one is merely starting', starting(), false],
  ['the broken one is on a lost node', {...parallel('v1.35.2', 1, '1!', '1'), nodes: LOST}, false],
])('a budget is used up by what it would replace, or not: %s', ([, facts, isUsedUp]) => {
  expect(ids(rolloutFindings(facts)).includes('sts-parallel-maxunavailable-budget')).toBe(isUsedUp)
})

function starting(): SetFacts {
  const facts = parallel('v1.35.2', 1, '1', '1')
  const conditions = [{type: 'Ready', status: 'False', lastTransitionTime: '2026-05-01T11:59:50Z'}]
  return {...facts, pods: [member('db', 0, 1, {status: {conditions}}), member('db', 1, 1)]}
}

const refusedPod = setEvent('db', 'FailedCreate', 'create Pod db-1 in StatefulSet db failed error: no')
const refusedUpdate = setEvent('db', 'FailedUpdate', 'update Pod db-1 in StatefulSet db failed error: no')
const updated = setEvent('db', 'SuccessfulUpdate', 'update Pod db-1 in StatefulSet db successful', {
  lastTimestamp: '2026-05-01T11:56:00Z',
})

function oneRefused(spec: object, members: readonly string[], events: SetFacts['events'] = []): SetFacts {
  return cluster('db', set('db', {replicas: 2, spec}), podsOf(members), {events})
}

test.for<[string, SetFacts, boolean]>([
  ['a Pod is refused', oneRefused(PARALLEL, ['1', '-'], [refusedPod]), true],
  ['a change of a Pod is refused', oneRefused(PARALLEL, ['1', '1'], [refusedUpdate]), true],
  ['it was refused before', oneRefused(PARALLEL, ['1', '1'], [refusedUpdate, updated]), false],
  ['nothing says so', oneRefused(PARALLEL, ['1', '-']), false],
  ['none that works is left to update', oneRefused(PARALLEL, ['2', '-'], [refusedPod]), false],
  ['the set is ordered', oneRefused({}, ['1', '-'], [refusedPod]), false],
  [
    'the set already moves to a cause that has a name',
    oneRefused(PARALLEL, ['1', '-'], [{...refusedPod, message: `${refusedPod.message}: exceeded quota: q`}]),
    false,
  ],
])('one error stops the update of all, or not: %s', ([, facts, isStopped]) => {
  expect(ids(rolloutFindings(facts)).includes('sts-parallel-one-error-stops-update')).toBe(isStopped)
})

const LOWER = member('db', 1, 2, {status: FAILING})
const TOP = member('db', 2, 2, {status: FAILING})

test.for<[string, SetFacts, readonly string[]]>([
  [
    'one that stays is broken',
    cluster('db', set('db'), podsOf(['2!', '2'])),
    ['sts-scaledown-blocked-by-replica'],
  ],
  [
    'one that stays is broken and of another revision',
    cluster('db', set('db'), podsOf(['1!', '2'])),
    ['sts-ordered-revision-deadlock'],
  ],
  [
    'two that go are broken',
    cluster('db', set('db'), [member('db', 0, 2), LOWER, TOP]),
    ['sts-scaledown-two-unhealthy'],
  ],
  ['only the topmost is broken: it goes', cluster('db', set('db'), [member('db', 0, 2), LOWER]), []],
  [
    'the lower one that goes is broken, the topmost works: it goes',
    cluster('db', set('db'), [member('db', 0, 2), LOWER, member('db', 2, 2)]),
    [],
  ],
  [
    'all that go of a parallel set are broken: they go at once',
    cluster('db', set('db', {spec: PARALLEL}), [member('db', 0, 2), LOWER, TOP]),
    [],
  ],
  [
    'the topmost is stopping',
    cluster('db', set('db'), [
      member('db', 0, 2),
      member('db', 1, 2, {metadata: {...LOWER.metadata, ...TERMINATING}}),
    ]),
    ['sts-scaledown-terminating'],
  ],
  [
    'the topmost does not stop: that is a cause of the Pod itself',
    cluster('db', set('db'), [
      member('db', 0, 2),
      member('db', 1, 2, {metadata: {...LOWER.metadata, ...OVERDUE}}),
    ]),
    [],
  ],
])('of a scale-down: %s', ([, facts, wanted]) => {
  expect(ids(rolloutFindings(facts))).toEqual(wanted)
})

function hanging(version: string, status: object, top = {}): SetFacts {
  const made = set('db', {spec: {minReadySeconds: 60}, status})
  return {...cluster('db', made, [member('db', 0, 2), member('db', 1, 2, {status: top})]), version}
}

const LOOKED_AWAY = {readyReplicas: 2, availableReplicas: 1}

test.for<[string, SetFacts, readonly string[]]>([
  ['1.33 has not looked again', hanging('v1.33.9', LOOKED_AWAY), ['sts-scaledown-minready-hang']],
  ['1.34 looks again', hanging('v1.34.0', LOOKED_AWAY), []],
  ['it is only about to go', hanging('v1.33.9', {readyReplicas: 2, availableReplicas: 2}), []],
  ['its time is not over', hanging('v1.33.9', LOOKED_AWAY, YOUNG), ['sts-min-ready-seconds']],
])('a Pod that is too many and ready hangs, or not: %s', ([, facts, wanted]) => {
  expect(ids(rolloutFindings(facts))).toEqual(wanted)
})

const restarted = (startedAt: string) => ({
  ...UNREADY,
  containerStatuses: [
    containerStatus({
      restartCount: 1,
      state: {running: {startedAt}},
      lastState: {terminated: {exitCode: 137, reason: 'OOMKilled', startedAt: SINCE, finishedAt: SINCE}},
    }),
  ],
})
const PROBED = {containers: [{name: 'main', readinessProbe: {}}]}
const waitingFor = (
  replicas: number,
  others: Parameters<typeof member>[3],
  ...more: ReturnType<typeof member>[]
) =>
  cluster('db', set('db', {replicas}), [
    member('db', 0, 2, {spec: PROBED, status: UNREADY, ...others}),
    ...more,
  ])

test.for<[string, SetFacts, boolean]>([
  ['it alone is there', waitingFor(3, {}), true],
  ['all others are there', waitingFor(2, {}, member('db', 1, 2)), false],
  ['it is the only one that is wanted', waitingFor(1, {}), false],
  ['it has no readiness probe', waitingFor(3, {spec: {containers: [{name: 'main'}]}}), false],
  ['it crashes', waitingFor(3, {status: FAILING}), false],
  ['it has restarted once, and runs for long since', waitingFor(3, {status: restarted(SINCE)}), true],
  ['it has just restarted', waitingFor(3, {status: restarted(JUST_NOW)}), false],
  ['its node is lost', {...waitingFor(3, {}), nodes: LOST}, false],
])('a member may need those that come later, or not: %s', ([, facts, isGuessed]) => {
  expect(ids(rolloutFindings(facts)).includes('sts-quorum-needs-later-ordinals')).toBe(isGuessed)
})

const owner = {apiVersion: 'v1', kind: 'Pod', name: 'db-0', uid: 'old'}

function claimed(whenScaled: string, metadata: object, pods: SetFacts['pods'] = []): SetFacts {
  const spec = {
    volumeClaimTemplates: [{metadata: {name: 'data'}}],
    persistentVolumeClaimRetentionPolicy: {whenScaled},
  }
  return cluster('db', set('db', {spec}), pods, {
    persistentVolumeClaims: [claim({name: 'data-db-0', namespace: namespaceOf('db'), metadata})],
  })
}

test.for<[string, SetFacts, readonly string[]]>([
  ['of an earlier Pod', claimed('Delete', {ownerReferences: [owner]}), ['create-pvc-stale-owner']],
  [
    'that is going already',
    claimed('Delete', {ownerReferences: [owner], deletionTimestamp: '2026-05-01T11:30:00Z'}),
    ['create-pvc-being-deleted'],
  ],
  ['of a set that keeps its claims', claimed('Retain', {ownerReferences: [owner]}), []],
  ['of nobody', claimed('Delete', {}), []],
  [
    'whose earlier Pod is merely not the set’s',
    claimed('Delete', {ownerReferences: [owner]}, [
      member('db', 0, 2, {metadata: {name: 'db-0', namespace: namespaceOf('db'), uid: 'old', labels: {}}}),
    ]),
    ['sts-name-held-by-foreign-pod'],
  ],
])('a claim %s', ([, facts, wanted]) => {
  expect(ids(rolloutFindings(facts))).toEqual(wanted)
})
