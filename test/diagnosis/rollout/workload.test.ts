import {expect, test} from 'vitest'
import {controllerDown} from '../../../src/diagnosis/rollout/controller-down.ts'
import {daemonSet} from '../../builders-daemon.ts'
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
  ['it was never observed since it was made', neverObserved(), ['sts-sync-error-silent error']],
  ['it is being deleted', behind({deletionTimestamp: SINCE}, SILENT), ['sts-being-deleted error']],
  [
    'up to 1.26 a Pod is refused',
    behind(CHANGED, {events: [REFUSED], version: 'v1.26.3'}),
    ['create-quota-exceeded error'],
  ],
  [
    'from 1.27 a refused Pod is no reason',
    behind(CHANGED, {events: [REFUSED], version: 'v1.27.3'}),
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
    'it was made seconds ago',
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

const recent = (count: number, made = JUST_NOW, owner = 'db') => ({
  controllerRevisions: Array.from({length: count}, (_, index) => revision(owner, index + 3, made)),
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
    ["kubectl get Kafka.v1beta2.kafka.strimzi.io -n 'ns db' k -o yaml"],
  ],
  [
    'an object of the core group',
    {apiVersion: 'v1', kind: 'ConfigMap', name: 'k', uid: 'u', controller: true},
    ["kubectl get ConfigMap -n 'ns db' k -o yaml"],
  ],
  ['nobody who controls it', {apiVersion: 'v1', kind: 'ConfigMap', name: 'k', uid: 'u'}, undefined],
])('a set belongs to %s', ([, reference, commands]) => {
  const made = set('db', {metadata: {ownerReferences: [reference] as never}})
  const found = rolloutFindings(cluster('db', made, [member('db', 0, 2)]))
  expect(found.find(({id}) => id === 'sts-owned-by-operator')?.remedy?.commands).toEqual(commands)
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
