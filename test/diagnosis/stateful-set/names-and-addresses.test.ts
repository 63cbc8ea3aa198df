import {expect, test} from 'vitest'
import {claim, healthy, service} from '../../builders.ts'
import {cluster, FAILING, LEAVING, member, namespaceOf, set, UNREADY} from '../sets.ts'
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
  ['it is ready', two({}), []],
  ['it is stopping', two(UNREADY, {}, LEAVING), []],
  ['its address is published all the same', two(UNREADY, {publishNotReadyAddresses: true}), []],
  ['the Service has an address of its own', two(UNREADY, {clusterIP: '10.0.0.1'}), ['svc-not-headless']],
  ['the Service selects others', two(UNREADY, {selector: {app: 'other'}}), ['svc-selector-mismatch']],
  ['there is but one', {...two(UNREADY), statefulSets: [set('db')]}, []],
  ['Services were not seen', {...two(UNREADY), services: [], unseen: ['services']}, []],
])('a member that is not ready can’t be found: %s', ([, facts, wanted]) => {
  expect(ids(setFindings(facts))).toEqual(wanted)
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
        commands: [
          "kubectl get pvc -n 'ns db' data-db-0 -o yaml",
          `kubectl patch pvc -n 'ns db' data-db-0 --type=json -p '[{"op":"test","path":"/metadata/ownerReferences/1/uid","value":"old"},{"op":"remove","path":"/metadata/ownerReferences/1"}]'`,
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
