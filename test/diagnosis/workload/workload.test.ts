import {expect, test} from 'vitest'
import {controllerDown} from '../../../src/diagnosis/workload/controller-down.ts'
import {changedAtOwner} from '../../../src/diagnosis/workload/owner.ts'
import type {StatefulSet} from '../../../src/model/objects.ts'
import {daemonPod, daemonSet} from '../../builders-daemon.ts'
import {cluster, JUST_NOW, lease, member, namespaceOf, revision, SINCE, set, setEvent} from '../sets.ts'
import {ids, rolloutFindings, type SetFacts, workloadSubject} from '../subjects-sets.ts'

const SILENT = {leases: [lease('2026-05-01T11:50:00.123456Z')]}
const RENEWED = {leases: [lease(JUST_NOW)]}
const CHANGED = {managedFields: [{manager: 'me', time: SINCE}]}
const STATUS_ONLY = {managedFields: [{manager: 'me', time: SINCE, subresource: 'status'}]}
const RECREATE = {updateStrategy: {type: 'Recreate'}}

function behind(metadata: object, others: Partial<SetFacts> = {}, spec: object = {}): SetFacts {
  return {...cluster('db', set('db', {metadata: {generation: 2, ...metadata}, spec}), []), ...others}
}

const REFUSED = setEvent(
  'db',
  'FailedCreate',
  'create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: exceeded quota: few',
)
const UNKNOWN = setEvent('db', 'UnknownStrategy', 'statefulset ns/db uses Recreate strategy but …')

test.for<[string, SetFacts, readonly string[]]>([
  ['nobody renews the Lease', behind({}, SILENT), ['sts-generation-lag-controller-down error']],
  [
    'nobody renews the Lease, and it was just changed',
    behind({managedFields: [{time: JUST_NOW}]}, SILENT),
    ['sts-generation-lag-controller-down error'],
  ],
  [
    'the Lease is renewed, and the change is long ago',
    behind(CHANGED, RENEWED),
    ['sts-sync-error-silent error'],
  ],
  ['the Lease was not seen, and the change is long ago', behind(CHANGED), ['sts-sync-error-silent error']],
  ['nobody knows since when', behind({}, RENEWED), ['sts-sync-error-silent info']],
  ['only a status was written', behind(STATUS_ONLY, RENEWED), ['sts-sync-error-silent info']],
  [
    'it was scaled a moment ago, and changed long before',
    behind({managedFields: [...CHANGED.managedFields, {time: JUST_NOW, subresource: 'scale'}]}, RENEWED),
    [],
  ],
  ['it was changed a moment ago', behind({managedFields: [{time: JUST_NOW}]}, RENEWED), []],
  ['it was never observed since it was created', neverObserved(), ['sts-sync-error-silent error']],
  ['it is being deleted', behind({deletionTimestamp: SINCE}, SILENT), ['sts-being-deleted error']],
  [
    'up to 1.26 a Pod is refused',
    behind(CHANGED, {events: [REFUSED], version: 'v1.26.3'}),
    ['create-quota-exceeded error'],
  ],
  [
    'a Pod has been refused since the change: the controller is not silent',
    behind(CHANGED, {events: [REFUSED], version: 'v1.27.3'}),
    ['create-quota-exceeded error'],
  ],
  [
    'a Pod is refused in words that nobody knows',
    behind(CHANGED, {events: [{...REFUSED, message: 'create Pod db-0 in StatefulSet db failed error: no'}]}),
    ['sts-create-failed error'],
  ],
  [
    'from 1.27 a Pod that was refused before the change is no reason',
    behind(
      {managedFields: [{time: '2026-05-01T11:52:00Z'}]},
      {
        events: [{...REFUSED, firstTimestamp: '2026-05-01T11:40:00Z', lastTimestamp: '2026-05-01T11:49:00Z'}],
        version: 'v1.27.3',
      },
    ),
    ['sts-sync-error-silent error'],
  ],
  [
    'Recreate, and the controller says that it knows no such thing',
    behind({}, {events: [UNKNOWN]}, RECREATE),
    ['sts-recreate-ignored warning'],
  ],
  ['Recreate, long ago', behind(CHANGED, {}, RECREATE), ['sts-recreate-ignored warning']],
  ['Recreate, and nobody knows since when', behind({}, {}, RECREATE), ['sts-sync-error-silent info']],
])('a generation is not observed: %s', ([, facts, wanted]) => {
  expect(rolloutFindings(facts).map(({id, severity}) => `${id} ${severity}`)).toEqual(wanted)
})

function neverObserved(): SetFacts {
  return cluster('db', set('db', {status: {observedGeneration: undefined}}), [])
}

test('an observed generation is no lag, whoever renews what', () => {
  expect(ids(rolloutFindings({...cluster('db', set('db'), [member('db', 0, 2)]), ...SILENT}))).toEqual([])
})

test('without a Lease nobody is said to be down', () => {
  expect(controllerDown(workloadSubject(behind({})))).toBeUndefined()
  expect(controllerDown(workloadSubject(behind({})), lease('2026-05-01T11:00:00Z'))).toMatchObject({
    since: '2026-05-01T11:00:00Z',
    object: {kind: 'Lease', namespace: 'kube-system', name: 'kube-controller-manager'},
  })
})

const UNSEEN = {status: {observedGeneration: 0}}

test.for<[string, SetFacts, readonly string[]]>([
  [
    'it was changed long ago',
    {daemonSets: [daemonSet({metadata: {generation: 3, managedFields: [{manager: 'me', time: SINCE}]}})]},
    ['ds-revision-sync-error error'],
  ],
  ['it never acted on it', {daemonSets: [daemonSet(UNSEEN)]}, ['ds-revision-sync-error error']],
  [
    'it was created seconds ago',
    {daemonSets: [daemonSet({...UNSEEN, metadata: {creationTimestamp: JUST_NOW}})]},
    [],
  ],
  [
    'nobody knows for how long',
    {daemonSets: [daemonSet({metadata: {generation: 3}})]},
    ['ds-revision-sync-error info'],
  ],
  [
    'nobody renews its Lease',
    {daemonSets: [daemonSet(UNSEEN)], ...SILENT},
    ['sts-generation-lag-controller-down error'],
  ],
  ['it has looked', {daemonSets: [daemonSet()], ...SILENT}, []],
])('the controller has not looked at a DaemonSet: %s', ([, facts, wanted]) => {
  expect(rolloutFindings(facts).map(({id, severity}) => `${id} ${severity}`)).toEqual(wanted)
})

const recent = (count: number, createdAt = JUST_NOW, owner = 'db') => ({
  controllerRevisions: Array.from({length: count}, (_, index) => revision(owner, index + 3, createdAt)),
})

test.for<[string, SetFacts, boolean]>([
  ['four within minutes', recent(4), true],
  ['three within minutes', recent(3), false],
  ['ten since yesterday', recent(10, '2026-04-30T12:00:00Z'), false],
  ['another set’s', recent(9, JUST_NOW, 'other'), false],
])('revisions keep coming, or not: %s', ([, facts, isChurn]) => {
  const found = rolloutFindings({...cluster('db', set('db'), [member('db', 0, 2)]), ...facts})
  expect(ids(found).includes('sts-revision-churn')).toBe(isChurn)
})

test('the revision that a set is created with is no edit', () => {
  const made = set('db', {metadata: {creationTimestamp: JUST_NOW}})
  const found = (count: number) =>
    ids(rolloutFindings({...cluster('db', made, [member('db', 0, 2)]), ...recent(count)}))
  expect(found(4)).not.toContain('sts-revision-churn')
})

test.for<[string, object, boolean]>([
  ['another set of the namespace selects them', {}, true],
  ['one of another namespace does', {namespace: 'other'}, false],
  ['another set selects others', {spec: {selector: {matchLabels: {app: 'other'}}}}, false],
])('Pods are selected twice, or not: %s', ([, others, isOverlap]) => {
  const first = set('db')
  const second = set('other', {
    namespace: namespaceOf('db'),
    spec: {selector: {matchLabels: {app: 'db'}}},
    ...others,
  })
  const facts = {...cluster('db', first, [member('db', 0, 2)]), statefulSets: [first, second]}
  expect(ids(rolloutFindings(facts)).includes('sts-selector-overlap')).toBe(isOverlap)
})

test.for<[string, object, readonly string[] | undefined]>([
  [
    'an operator',
    {apiVersion: 'kafka.strimzi.io/v1beta2', kind: 'Kafka', name: 'k', uid: 'u', controller: true},
    ['kubectl get Kafka.v1beta2.kafka.strimzi.io -n ns-db k -o yaml'],
  ],
  [
    'an object of the core group',
    {apiVersion: 'v1', kind: 'ConfigMap', name: 'k', uid: 'u', controller: true},
    ['kubectl get ConfigMap -n ns-db k -o yaml'],
  ],
  ['nobody who controls it', {apiVersion: 'v1', kind: 'ConfigMap', name: 'k', uid: 'u'}, undefined],
])('a set belongs to %s', ([, reference, commands]) => {
  const made = set('db', {metadata: {ownerReferences: [reference] as never}})
  const found = rolloutFindings(cluster('db', made, [member('db', 0, 2)]))
  expect(found.find(({id}) => id === 'sts-owned-by-operator')?.remedy?.look).toEqual(commands)
})

test('a deletion that has just begun is not yet an error, and counts no Pods that were not seen', () => {
  const made = set('db', {metadata: {deletionTimestamp: JUST_NOW, finalizers: ['foregroundDeletion']}})
  const [found] = rolloutFindings({...cluster('db', made, []), unseen: ['pods']})
  expect(found).toMatchObject({
    id: 'sts-being-deleted',
    severity: 'warning',
    evidence: [`statefulset/db metadata.deletionTimestamp=${JUST_NOW}`],
  })
})

function overlapping(pods: SetFacts['pods']) {
  const [first, second] = ['a', 'b'].map((name) =>
    daemonSet({name, spec: {selector: {matchLabels: {app: 'a'}}}}),
  )
  return rolloutFindings({daemonSets: [first, second] as never, ...(pods && {pods})})
}

test.for<[string, object, string]>([
  ['each Pod has its controller', {}, 'info'],
  ['one has none', {ownerReferences: []}, 'warning'],
  ['one of other labels has none', {ownerReferences: [], labels: {app: 'other'}}, 'info'],
  ['one of another namespace has none', {ownerReferences: [], namespace: 'other'}, 'info'],
])('two DaemonSets with one selector do no harm, or may: %s', ([, metadata, severity]) => {
  const plain = daemonPod('n1', {name: 'a-1', set: 'a', metadata: {labels: {app: 'a'}}})
  const pods = [{...plain, metadata: {...plain.metadata, ...metadata}}] as NonNullable<SetFacts['pods']>
  const found = overlapping(pods).find(({id}) => id === 'sts-selector-overlap')
  expect(found?.severity).toBe(severity)
  expect(JSON.stringify([found?.remedy?.look, found?.remedy?.act])).not.toMatch(/orphan|kubectl delete/)
})

test('what an operator owns is changed there, and not by a command that it would revert', () => {
  const reference = {apiVersion: 'example.com/v1', kind: 'Db', name: 'k', uid: 'u', controller: true}
  const remedy = {
    look: ['kubectl get pods'],
    act: [
      {text: 'wait', commands: []},
      {
        text: 'only if so',
        commands: ['kubectl patch sts -n shop db -p x', 'kubectl delete pod -n shop db-1'],
      },
      {text: '', commands: ['kubectl rollout undo sts db']},
    ],
    risk: '',
    avoid: '',
    rung: 1,
  }
  const finding = {
    id: 'sts-partition-hold',
    severity: 'info',
    message: '',
    evidence: [],
    selfHealing: 'no',
  } as const
  const found = [{...finding, object: {kind: 'StatefulSet', name: 'db'}, remedy}]
  const changed = (made: StatefulSet) => changedAtOwner(found, made)[0]?.remedy
  expect(changed(set('db', {metadata: {ownerReferences: [reference]}}))).toEqual({
    ...remedy,
    look: ['kubectl get Db.v1.example.com -n ns-db k -o yaml', 'kubectl get pods'],
    act: [
      {text: 'wait', commands: []},
      {
        text: 'only if so (in Db k, which owns the set and would revert a direct change)',
        commands: ['kubectl delete pod -n shop db-1'],
      },
      {text: 'make the change (in Db k)', commands: []},
    ],
  })
  expect(changed(set('db'))).toEqual(remedy)
})
