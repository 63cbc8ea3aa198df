import {expect, test} from 'vitest'
import {
  cluster,
  FAILING,
  member,
  OVERDUE,
  revision,
  rolling,
  SINCE,
  set,
  TERMINATING,
  YOUNG,
} from '../../sets.ts'
import {ids, rolloutFindings, type SetFacts} from '../../subjects-sets.ts'

const pods = (...revisions: readonly number[]) =>
  revisions.map((number, ordinal) => member('db', ordinal, number))
const NEVER_DONE = {currentRevision: 'db-2'}
const RECREATE = {updateStrategy: {type: 'Recreate'}}

/** Of three Pods that all work. */
function three(rollingUpdate: object, ...revisions: readonly number[]): SetFacts {
  return cluster('db', set('db', {replicas: 3, spec: rolling(rollingUpdate)}), pods(...revisions))
}

function remedyOf(facts: SetFacts, id: string) {
  return rolloutFindings(facts).find((finding) => finding.id === id)?.remedy
}

test('a partition is lowered by one Pod, counted from the first ordinal', () => {
  const made = set('db', {replicas: 3, spec: {...rolling({partition: 2}), ordinals: {start: 5}}})
  const facts = cluster('db', made, [member('db', 5, 1), member('db', 6, 1), member('db', 7, 2)])
  expect(remedyOf(facts, 'sts-partition-hold')).toMatchObject({
    look: [`kubectl get pods -n ns-db db-6 -o wide`],
    act: [
      {
        text: 'only when those that are updated have proved good, and whoever set the partition agrees: lower it, which updates db-6 next; a partition of 0 updates all',
        commands: [
          `kubectl patch sts -n ns-db db -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":1}}}}'`,
        ],
      },
    ],
    rung: 1,
  })
})

test.for<[string, SetFacts, readonly string[]]>([
  ['the update has Pods left above the partition', three({partition: 1}, 1, 1, 1), []],
  ['all are updated, whatever currentRevision says', three({partition: 0}, 2, 2, 2), []],
  [
    'the partition is past the end, and all are of the revision',
    cluster('db', set('db', {status: NEVER_DONE, spec: rolling({partition: 1})}), pods(2)),
    [],
  ],
  [
    'more than the partition lets go is to be updated',
    three({partition: 3}, 1, 1, 1),
    ['sts-partition-all-held'],
  ],
  ['a held Pod is broken: that blocks nobody by design', brokenBelow(), ['sts-blocked-by-unready-at-target']],
])('of a partition, %s', ([, facts, wanted]) => {
  expect(ids(rolloutFindings(facts))).toEqual(wanted)
})

/** All above the partition are updated. */
function brokenBelow(): SetFacts {
  return cluster('db', set('db', {replicas: 2, spec: rolling({partition: 1})}), [
    member('db', 0, 1, {status: FAILING}),
    member('db', 1, 2),
  ])
}

test.for<[string, SetFacts]>([
  ['the Pod is above the partition', three({partition: 1}, 1, 2, 2)],
  [
    'there is no other revision',
    cluster('db', set('db', {spec: rolling({partition: 1}), status: NEVER_DONE}), pods(2)),
  ],
])('a Pod is not ahead of a raised partition when %s', ([, facts]) => {
  expect(ids(rolloutFindings(facts))).not.toContain('sts-partition-raised-after-update')
})

test.for<[string, SetFacts]>([
  ['all Pods are new', cluster('db', set('db', {spec: {updateStrategy: {type: 'OnDelete'}}}), pods(2))],
  [
    'the old one is going',
    cluster('db', set('db', {spec: {updateStrategy: {type: 'OnDelete'}}}), [
      member('db', 0, 1, {metadata: TERMINATING}),
    ]),
  ],
  ['the strategy is another', three({}, 1, 1, 1)],
])('nobody has to delete a Pod when %s', ([, facts]) => {
  expect(ids(rolloutFindings(facts))).not.toContain('sts-ondelete-waiting')
})

test.for<[string, SetFacts, readonly string[]]>([
  [
    'whose grace period is over is still what it waits for',
    cluster('db', set('db', {spec: RECREATE}), [member('db', 0, 1, {metadata: OVERDUE})]),
    ['sts-recreate-terminating'],
  ],
  [
    'that is not terminating yet is about to be',
    cluster('db', set('db', {replicas: 2, spec: RECREATE}), pods(1, 1)),
    [],
  ],
  [
    'beside new ones is no sign of another strategy once it stops',
    cluster('db', set('db', {replicas: 2, spec: RECREATE}), [
      member('db', 0, 1, {metadata: TERMINATING}),
      member('db', 1, 2),
    ]),
    ['sts-recreate-terminating'],
  ],
])('with Recreate, an old Pod %s', ([, facts, wanted]) => {
  expect(ids(rolloutFindings(facts))).toEqual(wanted)
})

test('a Recreate that stops late, at a Pod that is not the first, is worth a warning', () => {
  const late = cluster('db', set('db', {replicas: 2, spec: RECREATE}), [
    member('db', 0, 1, {metadata: TERMINATING}),
    member('db', 1, 1, {metadata: OVERDUE}),
  ])
  expect(rolloutFindings(late)).toMatchObject([
    {id: 'sts-recreate-terminating', severity: 'warning', message: expect.stringMatching(/^db-1 /)},
  ])
})

test('the time that is left is told', () => {
  const facts = cluster('db', set('db', {spec: {minReadySeconds: 50}}), [member('db', 0, 2, {status: YOUNG})])
  expect(rolloutFindings(facts)).toMatchObject([
    {message: 'db-0 is ready, and counts as available in 30s (minReadySeconds 50)', selfHealing: 'yes'},
  ])
})

test.for<[string, SetFacts]>([
  [
    'it is not ready',
    cluster('db', set('db', {spec: {minReadySeconds: 50}}), [member('db', 0, 2, {status: FAILING})]),
  ],
  [
    'its time is over',
    cluster('db', set('db', {spec: {minReadySeconds: 10}}), [member('db', 0, 2, {status: YOUNG})]),
  ],
  ['there is no minReadySeconds', cluster('db', set('db'), [member('db', 0, 2, {status: YOUNG})])],
])('a Pod has not merely to stay ready when %s', ([, facts]) => {
  expect(ids(rolloutFindings(facts))).not.toContain('sts-min-ready-seconds')
})

test.for<[string, SetFacts]>([
  [
    'it has a Pod yet',
    cluster('db', set('db', {replicas: 0}), [member('db', 0, 2, {metadata: TERMINATING})]),
  ],
  [
    'replicas is not set, which is 1',
    cluster('db', set('db', {spec: {replicas: undefined} as never}), pods(2)),
  ],
])('a set is not parked when %s', ([, facts]) => {
  expect(ids(rolloutFindings(facts))).not.toContain('sts-scaled-to-zero')
})

test.for<[string, SetFacts, boolean]>([
  ['Pods below the first ordinal are left', moved(5, 1, [0, 5]), true],
  ['Pods above a gap are left', moved(0, 1, [0, 5]), true],
  ['the topmost is merely too many', moved(0, 1, [0, 1]), false],
  ['all are in the range', moved(5, 1, [5]), false],
  ['of two that stop at once the lower is gone', oneLeft(), false],
])('ordinals have moved, or not: %s', ([, facts, isMoved]) => {
  expect(ids(rolloutFindings(facts)).includes('sts-ordinals-start-moved')).toBe(isMoved)
})

function oneLeft(): SetFacts {
  const terminating = member('db', 2, 2)
  const made = set('db', {spec: {podManagementPolicy: 'Parallel'}})
  return cluster('db', made, [
    ...pods(2),
    {...terminating, metadata: {...terminating.metadata, ...TERMINATING}},
  ])
}

function moved(start: number, replicas: number, ordinals: readonly number[]): SetFacts {
  const made = set('db', {replicas, spec: {ordinals: {start}}})
  return cluster(
    'db',
    made,
    ordinals.map((ordinal) => member('db', ordinal, 2)),
  )
}

const CHANGED = {managedFields: [{manager: 'me', time: '2026-05-01T11:58:00Z'}]}
const seen = (...revisions: ReturnType<typeof revision>[]) => ({controllerRevisions: revisions})

test.for<[string, SetFacts]>([
  ['nobody wrote down when it was changed', cluster('db', set('db'), pods(2), seen(revision('db', 2)))],
  [
    'only its scale was changed',
    cluster(
      'db',
      set('db', {metadata: {managedFields: [{...CHANGED.managedFields[0], subresource: 'scale'}]}}),
      pods(2),
      seen(revision('db', 2)),
    ),
  ],
  [
    'the change created a revision',
    cluster('db', set('db', {metadata: CHANGED}), pods(2), seen(revision('db', 2, '2026-05-01T11:58:01Z'))),
  ],
  [
    'the change took an old revision up again, and recreated Pods',
    cluster(
      'db',
      set('db', {metadata: CHANGED}),
      [member('db', 0, 2, {metadata: {...pods(2)[0]?.metadata, creationTimestamp: '2026-05-01T11:59:00Z'}})],
      seen(revision('db', 2)),
    ),
  ],
  ['revisions were not seen', cluster('db', set('db', {metadata: CHANGED}), pods(2))],
  [
    'it is long ago',
    cluster(
      'db',
      set('db', {metadata: {managedFields: [{manager: 'me', time: '2026-05-01T10:30:00Z'}]}}),
      pods(2),
      seen(revision('db', 2, '2026-05-01T10:00:00Z')),
    ),
  ],
  ['Pods are still old', cluster('db', set('db', {metadata: CHANGED}), pods(1), seen(revision('db', 2)))],
])('nothing says that a change did not touch the template when %s', ([, facts]) => {
  expect(ids(rolloutFindings(facts))).not.toContain('sts-revision-not-created')
})

const template = (extra: object, image = 'a') => ({spec: {template: {metadata: extra, spec: {image}}}})
const NULL = {creationTimestamp: null}

test.for<[string, object | undefined, object | undefined, boolean]>([
  ['the older one has an empty timestamp', template(NULL), template({}), true],
  ['the newer one has it', template({}), template(NULL), true],
  ['fields stand in another order', {a: 1, ...template(NULL)}, {...template({}), a: 1}, true],
  ['something else differs, too', template(NULL), template({}, 'b'), false],
  ['nothing differs', template(NULL), template(NULL), false],
  ['their data were not read', undefined, undefined, false],
])('a rollout is spurious, or not: %s', ([, old, updated, isSpurious]) => {
  const revisions = seen(revision('db', 1, SINCE, old), revision('db', 2, SINCE, updated))
  const facts = cluster('db', set('db', {replicas: 2}), pods(1, 2), revisions)
  expect(ids(rolloutFindings(facts)).includes('sts-spurious-rollout-1-34')).toBe(isSpurious)
})

test.for<[string, SetFacts, boolean]>([
  ['by default off', {...three({maxUnavailable: 2}, 1, 1, 1), version: 'v1.36.1'}, true],
  ['by default on', {...three({maxUnavailable: 2}, 1, 1, 1), version: 'v1.37.0'}, false],
  [
    'turned on before it was on by default',
    {...three({maxUnavailable: 2}, 1, 1, 1), version: 'v1.34.1'},
    false,
  ],
  [
    'off, and one at a time is all that is wanted',
    {...three({maxUnavailable: '34%'}, 1, 1, 1), version: 'v1.36.1'},
    false,
  ],
  ['off, and the update is over', {...three({maxUnavailable: 2}, 2, 2, 2), version: 'v1.36.1'}, false],
  ['evidently on: two old Pods stop at once', {...twoStop(), version: 'v1.36.1'}, false],
])('maxUnavailable is ignored, or not: the gate is %s', ([, facts, isIgnored]) => {
  expect(ids(rolloutFindings(facts)).includes('sts-maxunavailable-ignored')).toBe(isIgnored)
})

function twoStop(): SetFacts {
  const stopping = [1, 2].map((ordinal) =>
    member('db', ordinal, 1, {metadata: {...pods(1)[0]?.metadata, name: `db-${ordinal}`, ...TERMINATING}}),
  )
  return cluster('db', set('db', {replicas: 3, spec: rolling({maxUnavailable: 2})}), [
    ...pods(1),
    ...stopping,
  ])
}

const ON_DELETE = {updateStrategy: {type: 'OnDelete'}}
const OPERATOR = {apiVersion: 'example.com/v1', kind: 'Db', name: 'db', uid: 'uid-db', controller: true}

test('members that an operator owns are left to it where they wait to be deleted', () => {
  const owned = set('db', {spec: ON_DELETE, metadata: {ownerReferences: [OPERATOR]}})
  expect(remedyOf(cluster('db', owned, [member('db', 0, 1)]), 'sts-ondelete-waiting')?.look).toEqual([
    'kubectl get Db.v1.example.com -n ns-db db -o yaml',
  ])
  const own = cluster('db', set('db', {spec: ON_DELETE}), [member('db', 0, 1)])
  expect(remedyOf(own, 'sts-ondelete-waiting')).toMatchObject({
    look: ['kubectl get pods -n ns-db db-0'],
    act: [{commands: ['kubectl delete pod -n ns-db db-0']}],
  })
})
