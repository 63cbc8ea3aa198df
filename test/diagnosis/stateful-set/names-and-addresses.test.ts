import {expect, test} from 'vitest'
import {claim, containerStatus, healthy, service} from '../../builders.ts'
import {cluster, FAILING, JUST_NOW, member, namespaceOf, SINCE, set, TERMINATING, UNREADY} from '../sets.ts'
import {ids, type SetFacts, setFindings} from '../subjects-sets.ts'

const headless = (spec: object = {}) => ({
  services: [service({name: 'db', namespace: namespaceOf('db'), spec})],
})

test('a healthy cluster has none', () => {
  expect(setFindings(healthy(3))).toEqual([])
})

test.for<[string, boolean]>([
  ['db', false],
  ['0db', false],
  ['a'.repeat(53), false],
  ['a'.repeat(63), false],
  ['a'.repeat(64), true],
  ['db.main', true],
  ['db-', true],
  ['DB', true],
])('the name %s is no DNS label: %s', ([name, isInvalid]) => {
  const facts = {statefulSets: [set(name, {spec: {serviceName: ''}})]}
  expect(ids(setFindings(facts)).includes('create-name-not-dns')).toBe(isInvalid)
})

test.for<[string | undefined, readonly string[]]>([
  ['db.main', ['svc-servicename-invalid']],
  ['missing', ['svc-missing']],
  ['db', []],
  ['', []],
  [undefined, []],
])('the serviceName %s: %s', ([serviceName, wanted]) => {
  const made = set('db', {spec: {serviceName} as never})
  expect(ids(setFindings(cluster('db', made, [], headless())))).toEqual(wanted)
})

test.for<[string, object, boolean]>([
  ['another Service’s', {hostname: 'db-0', subdomain: 'old'}, true],
  ['none', {hostname: 'db-0'}, true],
  ['the set’s', {hostname: 'db-0', subdomain: 'db'}, false],
  ['not kept', {}, false],
])('a Pod’s subdomain is %s', ([, spec, isStranger]) => {
  const found = setFindings(cluster('db', set('db'), [member('db', 0, 2, {spec})], headless()))
  expect(ids(found).includes('svc-hostname-not-published')).toBe(isStranger)
})

function two(status: object, spec: object = {}, metadata?: object): SetFacts {
  const first = member('db', 0, 2, {status})
  const pod = metadata ? {...first, metadata: {...first.metadata, ...metadata}} : first
  return cluster('db', set('db', {replicas: 2}), [pod], headless(spec))
}

test.for<[string, SetFacts, readonly string[]]>([
  ['its probe fails', two(UNREADY), ['svc-unready-not-published']],
  ['it crashes', two(FAILING), []],
  ['it is ready', {...two({}), statefulSets: [set('db', {replicas: 2, status: {readyReplicas: 1}})]}, []],
  ['it is stopping', two(UNREADY, {}, TERMINATING), []],
  ['its address is published all the same', two(UNREADY, {publishNotReadyAddresses: true}), []],
  ['the Service has an address of its own', two(UNREADY, {clusterIP: '10.0.0.1'}), ['svc-not-headless']],
  ['the Service selects others', two(UNREADY, {selector: {app: 'other'}}), ['svc-selector-mismatch']],
  ['there is but one', {...two(UNREADY), statefulSets: [set('db')]}, []],
  ['Services were not seen', {...two(UNREADY), services: [], unseen: ['services']}, []],
])('a member that is not ready can’t be found: %s', ([, facts, wanted]) => {
  expect(ids(setFindings(facts))).toEqual(wanted)
})

const run = (startedAt: string, finishedAt: string, others: object = {}) => ({
  terminated: {exitCode: 1, reason: 'Error', startedAt, finishedAt, ...others},
})
const RUN_LONG = run('2026-05-01T11:40:00Z', '2026-05-01T11:45:00Z')
const restarted = (lastState: object, state: object = {running: {startedAt: JUST_NOW}}) => ({
  ...UNREADY,
  containerStatuses: [containerStatus({restartCount: 3, state, lastState})],
})

function several(...statuses: readonly object[]): SetFacts {
  const pods = statuses.map((status, index) => member('db', index, 2, {status}))
  return cluster('db', set('db', {replicas: 3}), pods, headless())
}

const STARTING = {...UNREADY, containerStatuses: [containerStatus({state: {running: {startedAt: JUST_NOW}}})]}
const WAITS = {waiting: {reason: 'CrashLoopBackOff'}}
const READY = {}
const JUST_FAILED = [{type: 'Ready', status: 'False', lastTransitionTime: JUST_NOW}]

test.for<[string, SetFacts, boolean]>([
  ['one starts in a plain rollout', several(READY, READY, STARTING), false],
  ['the first one starts', several(STARTING), false],
  ['one of several is stuck', several(READY, READY, UNREADY), false],
  ['two of three are stuck', several(READY, UNREADY, UNREADY), true],
  [
    'two of three run for minutes before each restart',
    several(READY, restarted(RUN_LONG), restarted(RUN_LONG)),
    true,
  ],
  [
    'they have been ready in the run before',
    several(restarted(run('2026-04-01T11:40:00Z', '2026-05-01T11:59:40Z'))),
    false,
  ],
  ['they have only just failed', several({...UNREADY, conditions: JUST_FAILED}), false],
  ['they are in their back-off', several(restarted(RUN_LONG, WAITS), restarted(RUN_LONG, WAITS)), true],
  ['two fail, each in its way', several(READY, UNREADY, restarted(RUN_LONG)), false],
  [
    'they crash at once',
    several(restarted(run('2026-05-01T11:40:00Z', '2026-05-01T11:40:03Z')), restarted(run(SINCE, SINCE))),
    false,
  ],
  [
    'they ran out of memory',
    several(restarted(run(SINCE, JUST_NOW, {reason: 'OOMKilled', exitCode: 137}))),
    false,
  ],
])('members that can’t find each other, or only start: %s', ([, facts, isHint]) => {
  expect(ids(setFindings(facts)).includes('svc-unready-not-published')).toBe(isHint)
})

const owner = (others: object = {}) => [
  {apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 'uid-db'},
  {apiVersion: 'v1', kind: 'Pod', name: 'db-0', uid: 'old', ...others},
]

function claimed(ownerReferences: readonly object[], others: SetFacts = {}, metadata: object = {}): SetFacts {
  const spec = {
    serviceName: '',
    volumeClaimTemplates: [{metadata: {name: 'data'}}],
    persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete'},
  }
  const mine = claim({
    name: 'data-db-0',
    namespace: namespaceOf('db'),
    metadata: {ownerReferences, ...metadata} as never,
  })
  return cluster('db', set('db', {spec}), [], {persistentVolumeClaims: [mine], ...others})
}

test('who wants to keep the data takes the earlier Pod off the claim, and nobody else', () => {
  expect(setFindings(claimed(owner()))).toMatchObject([
    {
      id: 'create-pvc-stale-owner',
      object: {kind: 'PersistentVolumeClaim', name: 'data-db-0'},
      remedy: {
        look: ['kubectl get pvc -n ns-db data-db-0 -o yaml'],
        act: [
          {
            commands: [
              `kubectl patch pvc -n ns-db data-db-0 --type=json -p '[{"op":"test","path":"/metadata/ownerReferences/1/uid","value":"old"},{"op":"remove","path":"/metadata/ownerReferences/1"}]'`,
            ],
          },
          {text: expect.stringMatching(/^if its data is not needed any more: wait/), commands: []},
        ],
      },
    },
  ])
})

test.for<[string, SetFacts]>([
  ['belongs to another Pod', claimed(owner({name: 'db-1'}))],
  ['belongs to another kind', claimed(owner({kind: 'Node'}))],
  ['is going already', claimed(owner(), {}, {deletionTimestamp: '2026-05-01T11:59:00Z'})],
  ['has its Pod', claimed(owner(), {pods: [member('db', 0, 2)]})],
  ['may have its Pod, for Pods were not seen', claimed(owner(), {unseen: ['pods']})],
])('a claim is not stale that %s', ([, facts]) => {
  expect(ids(setFindings(facts))).not.toContain('create-pvc-stale-owner')
})
