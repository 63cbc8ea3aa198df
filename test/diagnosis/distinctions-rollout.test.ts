import {expect, test} from 'vitest'
import {claimTemplate, healthy, pod, statefulSet} from '../builders.ts'
import {judged, rolled, type Side, saidOf, TOLD_APART} from './distinctions-sides.ts'
import {
  budget,
  cluster,
  FAILING,
  JUST_NOW,
  lease,
  member,
  rolling,
  SINCE,
  set,
  setEvent,
  TERMINATING,
  YOUNG,
} from './sets.ts'
import type {SetFacts} from './subjects-sets.ts'
import {disruptionTroubles} from './troubles-sets.ts'

const TRAP = 'sts-ordered-revision-deadlock'
const AT_TARGET = 'sts-blocked-by-unready-at-target'
const PARALLEL = {podManagementPolicy: 'Parallel'} as const
const ON_DELETE = {updateStrategy: {type: 'OnDelete'}}

/** On their way from revision 1 to 2: what each ordinal's Pod is of, `!` broken. */
function podsOf(members: readonly string[]) {
  return members.map((text, ordinal) =>
    member('db', ordinal, Number.parseInt(text, 10), text.endsWith('!') ? {status: FAILING} : {}),
  )
}

function update(members: readonly string[], spec: object = {}, others: SetFacts = {}): SetFacts {
  return cluster('db', set('db', {replicas: members.length, spec}), podsOf(members), others)
}

function scaledDown(replicas: number, ...members: readonly string[]): SetFacts {
  return cluster('db', set('db', {replicas}), podsOf(members))
}

/** One Pod of the old revision, in that state. */
const one = (parts: Parameters<typeof member>[3]) => cluster('db', set('db'), [member('db', 0, 1, parts)])
const terminating = member('db', 0, 1, {status: FAILING})

const sides: readonly Side[] = [
  ['1: a broken Pod of a revision that is not its target is a trap', update(['1!']), [TRAP], [AT_TARGET]],
  ['1: a broken Pod of its target is none', update(['2!']), ['image-pull-backoff'], [TRAP, AT_TARGET]],
  [
    '1: a broken old Pod below the partition is none',
    update(['1!', '2'], rolling({partition: 1})),
    ['image-pull-backoff'],
    [TRAP, AT_TARGET],
  ],
  [
    '1: a terminating Pod is none',
    cluster('db', set('db'), [{...terminating, metadata: {...terminating.metadata, ...TERMINATING}}]),
    ['term-grace-period'],
    [TRAP],
  ],
  ['1: a missing Pod is none', cluster('db', set('db'), []), [], [TRAP, AT_TARGET]],
  [
    '1: a failed Pod is none',
    one({status: {phase: 'Failed', reason: 'Evicted', conditions: []}}),
    ['evicted-node-pressure'],
    [TRAP],
  ],
  ['1: a broken old Pod of a Parallel set is none', update(['1!'], PARALLEL), ['image-pull-backoff'], [TRAP]],
  ['1: the real controllers make the trap', 'trap-after-revert', [TRAP], [AT_TARGET]],
  [
    '1: the real controllers create a Pod that is broken at its target',
    'unready-at-target',
    ['crash-loop'],
    [TRAP],
  ],
  [
    '2: two revisions are by design under a partition',
    update(['1', '2'], rolling({partition: 1})),
    ['sts-partition-hold'],
    [TRAP, AT_TARGET],
  ],
  [
    '2: two revisions of Pods under OnDelete wait for a person',
    update(['1', '2'], ON_DELETE),
    ['sts-ondelete-waiting'],
    ['sts-partition-hold'],
  ],
  [
    '2: up to 1.36 OnDelete never moves currentRevision, and all is done',
    {...update(['2', '2'], ON_DELETE), version: 'v1.36.1'},
    [],
    ['sts-ondelete-waiting', TRAP],
  ],
  [
    '3: an ordered update is blocked by the lowest that is unhealthy',
    update(['2!', '1', '1']),
    ['sts-ordered-lower-ordinal-blocks'],
    [AT_TARGET, TRAP],
  ],
  [
    '3: an update whose own Pod is broken is blocked by that one',
    update(['1', '1', '2!']),
    ['image-pull-backoff'],
    ['sts-ordered-lower-ordinal-blocks', AT_TARGET],
  ],
  [
    '3: a scale-down looks at those that stay first',
    scaledDown(1, '2!', '2!', '2!'),
    ['sts-scaledown-blocked-by-replica'],
    ['sts-scaledown-two-unhealthy'],
  ],
  [
    '3: a scale-down then looks at the lowest of those that go',
    scaledDown(1, '2', '2!', '2!'),
    ['sts-scaledown-two-unhealthy'],
    ['sts-scaledown-blocked-by-replica'],
  ],
  [
    '7: a Lease that nobody renews means that the controller is down',
    lagging({leases: [lease('2026-05-01T11:50:00Z')]}),
    ['sts-generation-lag-controller-down'],
    ['sts-sync-error-silent', 'create-quota-exceeded'],
  ],
  [
    '7: a fresh Lease and no event mean an error that nobody tells',
    lagging({leases: [lease(JUST_NOW)]}),
    ['sts-sync-error-silent'],
    ['sts-generation-lag-controller-down'],
  ],
  [
    '7: up to 1.26 a refused Pod is enough',
    lagging({leases: [lease(JUST_NOW)], events: [refusal()], version: 'v1.26.3'}),
    ['create-quota-exceeded'],
    ['sts-sync-error-silent', 'sts-generation-lag-controller-down'],
  ],
  [
    '7: a Pod that is refused since the change says that the controller is not silent, from 1.27, too',
    lagging({leases: [lease(JUST_NOW)], events: [refusal()], version: 'v1.27.3'}),
    ['create-quota-exceeded'],
    ['sts-sync-error-silent', 'sts-generation-lag-controller-down'],
  ],
  [
    '19: a Parallel set updates one by one, and waits for its updated Pod',
    update(['1', '2!'], PARALLEL),
    ['image-pull-backoff'],
    [TRAP, 'sts-parallel-waits-for-updated'],
  ],
  [
    '19: a Parallel set replaces a broken old Pod, and so avoids the trap',
    update(['1!', '1'], PARALLEL),
    [],
    [TRAP, 'sts-parallel-maxunavailable-budget', 'sts-parallel-waits-for-updated'],
  ],
  [
    '19: of 1.35.0 to 1.35.3 it does not avoid it',
    {...update(['1!', '1'], {...PARALLEL, ...rolling({maxUnavailable: 1})}), version: 'v1.35.3'},
    ['sts-parallel-maxunavailable-budget'],
    [],
  ],
  [
    '19: of 1.35.4 it avoids it again',
    {...update(['1!', '1'], {...PARALLEL, ...rolling({maxUnavailable: 1})}), version: 'v1.35.4'},
    [],
    ['sts-parallel-maxunavailable-budget', TRAP],
  ],
  [
    '19: a maxUnavailable that is not honoured says so',
    {...update(['1', '1', '1'], {...PARALLEL, ...rolling({maxUnavailable: 2})}), version: 'v1.36.1'},
    ['sts-maxunavailable-ignored'],
    [],
  ],
  [
    '19: a maxUnavailable that is honoured does not',
    update(['1', '1', '1'], {...PARALLEL, ...rolling({maxUnavailable: 2})}),
    [],
    ['sts-maxunavailable-ignored'],
  ],
  [
    '20: an ordered set waits for minReadySeconds on old servers, too',
    young({}, 'v1.29.3'),
    ['sts-min-ready-seconds'],
    [],
  ],
  [
    '20: an update of a Parallel set does not before 1.34',
    young(PARALLEL, 'v1.33.4'),
    [],
    ['sts-min-ready-seconds'],
  ],
  [
    '20: an update of a Parallel set does from 1.34 on',
    young(PARALLEL, 'v1.34.1'),
    ['sts-min-ready-seconds'],
    [],
  ],
  [
    '22: a budget is not why a rollout hangs',
    trapWithBudget(),
    [TRAP],
    ['pdb-blocks-drain', 'pdb-impossible'],
  ],
  [
    '22: a budget is why a drain hangs',
    disruptionTroubles['pdb-blocks-drain']?.('db') ?? {},
    ['pdb-blocks-drain'],
    ['pdb-not-involved', TRAP],
  ],
  [
    '23: a template that was edited is not applied to claims that are there',
    grownTemplate(),
    ['pvc-template-drift'],
    ['sts-adopted-pod-volume-mismatch'],
  ],
  [
    '23: a template that was added to a set that was recreated fails again and again',
    newTemplate(),
    ['sts-adopted-pod-volume-mismatch'],
    ['pvc-template-drift'],
  ],
  [
    '23: the real controllers fail so',
    'adopted-pod-without-volume',
    ['sts-adopted-pod-volume-mismatch'],
    ['pvc-template-drift'],
  ],
]

test.for(sides)('distinction %s', async (side) => {
  expect(await judged(side)).toEqual(TOLD_APART)
})

/** Generation 2, of which 1 is observed, changed half an hour ago. */
function lagging(others: SetFacts): SetFacts {
  const managedFields = [{manager: 'me', time: SINCE}]
  return cluster('db', set('db', {metadata: {generation: 2, managedFields}}), podsOf(['1']), others)
}

function refusal() {
  const text = 'create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: exceeded quota: few'
  return setEvent('db', 'FailedCreate', text)
}

/** The upper of two is updated, and ready since a moment. */
function young(spec: object, version: string): SetFacts {
  const made = set('db', {replicas: 2, spec: {minReadySeconds: 60, ...spec}})
  return {...cluster('db', made, [member('db', 0, 1), member('db', 1, 2, {status: YOUNG})]), version}
}

function trapWithBudget(): SetFacts {
  return update(['1!', '1', '2'], {}, {budgets: [budget('db')]})
}

function grownTemplate(): SetFacts {
  const grown = claimTemplate('data', {resources: {requests: {storage: '2Gi'}}})
  return {...healthy(), statefulSets: [statefulSet({spec: {volumeClaimTemplates: [grown]}})]}
}

function newTemplate(): SetFacts {
  return {...healthy(), statefulSets: [statefulSet({templates: ['data', 'wal']})], pods: [pod()]}
}

test('distinction 2: Pods are counted by their labels, whatever currentRevision says', async () => {
  const onDelete = await rolled({...update(['2', '2'], ON_DELETE), version: 'v1.36.1'})
  expect(onDelete).toMatchObject({status: 'Complete', currentRevision: 'db-1', updateRevision: 'db-2'})
  expect(await rolled(update(['1', '2'], rolling({partition: 1})))).toMatchObject({status: 'Held'})
  expect(await rolled(update(['1', '2']))).toMatchObject({status: 'Progressing'})
})

test('distinction 3: the blocker is named, and not the Pod that is to be updated or removed', async () => {
  expect((await rolled(update(['2!', '1', '1'])))?.blockedBy).toMatchObject({pod: 'db-0'})
  expect((await rolled(scaledDown(1, '2!', '2!', '2!')))?.blockedBy).toMatchObject({pod: 'db-0'})
  expect((await rolled(scaledDown(1, '2', '2!', '2!')))?.blockedBy).toMatchObject({pod: 'db-1'})
})

test('distinction 22: where a budget is there it is said that it has no part in the rollout', async () => {
  expect(await saidOf(trapWithBudget(), 'pdb-not-involved')).toMatchObject({severity: 'info'})
})

test('distinction 19: a Parallel set deletes the broken old Pod, where an ordered one waits for it', async () => {
  const parallel = await rolled(update(['1!', '1'], PARALLEL))
  expect(parallel?.next.actions).toContainEqual(expect.objectContaining({action: 'Delete', pod: 'db-0'}))
  expect((await rolled(update(['1!', '1'])))?.next.actions).toEqual([])
})

test.for([
  ['v1.33.4', 'Progressing', 1],
  ['v1.34.1', 'Waiting', 0],
] as const)('distinction 20: a Parallel update under %s is %s', async ([version, status, actions]) => {
  const workload = await rolled(young(PARALLEL, version))
  expect(workload).toMatchObject({status})
  expect(workload?.next.actions).toHaveLength(actions)
})
