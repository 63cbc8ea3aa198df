import {expect, test} from 'vitest'
import {customSet} from '../../../src/model/custom/known-kinds.ts'
import type {CustomObject} from '../../../src/model/custom/object.ts'
import type {Pod} from '../../../src/model/objects.ts'
import {relate} from '../../../src/model/relations.ts'
import {claim, pod, snapshot} from '../../builders.ts'

function object(group: string, kind: string, spec: unknown, status: unknown = {}): CustomObject {
  const of = {group, version: 'v1', plural: 'things', kind, namespaced: true}
  return {kind, metadata: {name: 'db', namespace: 'shop', uid: 'uid-db'}, of, spec, status}
}

function owned(name: string, labels: Readonly<Record<string, string>> = {}, annotations = {}) {
  const made = pod({name})
  const owner = {apiVersion: 'a/v1', kind: 'Any', name: 'db', uid: 'uid-db', controller: true}
  return {...made, metadata: {...made.metadata, labels, annotations, ownerReferences: [owner]}}
}

type Pods = readonly Pod[]

function membersOf(of: CustomObject, pods: Pods, claims: readonly string[] = []) {
  const persistentVolumeClaims = claims.map((name) => claim({name, namespace: 'shop'}))
  const set = customSet(of, relate(snapshot({pods, persistentVolumeClaims})))
  return {
    ...set,
    members: set.members.map(({name, ordinal, state, isUpdated}) => ({name, ordinal, state, isUpdated})),
  }
}

const shown = (of: CustomObject, pods: Pods = []) =>
  membersOf(of, pods).members.map(({ordinal, name, state}) => `${ordinal ?? '-'} ${name} ${state}`)

const kruise = (spec: object, status: object = {}) => object('apps.kruise.io', 'StatefulSet', spec, status)

test.for<[string, object, readonly number[]]>([
  ['one, unless told', {}, [0]],
  ['as many as are wanted', {replicas: 3}, [0, 1, 2]],
  ['from another start', {replicas: 2, ordinals: {start: 5}}, [5, 6]],
  ['without those that are reserved', {replicas: 3, reserveOrdinals: [0, 2]}, [1, 3, 4]],
  ['without ranges', {replicas: 2, reserveOrdinals: ['1-3', '5']}, [0, 4]],
  ['whatever else is reserved', {replicas: 2, reserveOrdinals: [null, {}, 'x', -1, '9-1']}, [0, 1]],
  ['none', {replicas: 0}, []],
  ['as many as nobody can mean', {replicas: -1}, [0]],
])('an Advanced StatefulSet has ordinals: %s', ([, spec, expected]) => {
  expect(membersOf(kruise(spec), []).members.map(({ordinal}) => ordinal)).toEqual(expected)
})

test('an Advanced StatefulSet of any size, with any reservations, is looked at in bounds', () => {
  const reserveOrdinals = Array.from({length: 300}, (_, index) => `${index * 10_000}-${(index + 1) * 10_000}`)
  expect(membersOf(kruise({replicas: 2 ** 31 - 1}), []).members).toHaveLength(10_000)
  expect(membersOf(kruise({replicas: 10, reserveOrdinals}), []).members).toEqual([])
})

test('an Advanced StatefulSet: what is beyond, or reserved, will be deleted', () => {
  const pods = ['db-0', 'db-1', 'db-7', 'db-x'].map((name) => owned(name))
  expect(shown(kruise({replicas: 2, reserveOrdinals: [1]}), pods)).toEqual([
    '- db-x condemned',
    '0 db-0 desired',
    '1 db-1 condemned',
    '2 db-2 desired',
    '7 db-7 condemned',
  ])
})

test('an Advanced StatefulSet: updated by the hash of its status, unknown without one', () => {
  const pods = [
    owned('db-0', {'controller-revision-hash': 'a'}),
    owned('db-1', {'controller-revision-hash': 'b'}),
  ]
  const updated = (status: object) =>
    membersOf(kruise({replicas: 2}, status), pods).members.map((each) => each.isUpdated)
  expect(updated({updateRevision: 'b'})).toEqual([false, true])
  expect(updated({})).toEqual([undefined, undefined])
})

test('a missing member has the claims that are there', () => {
  const spec = {
    replicas: 1,
    volumeClaimTemplates: [{metadata: {name: 'data'}}, {metadata: {name: 'wal'}}, null],
  }
  const relations = relate(snapshot({persistentVolumeClaims: [claim({name: 'wal-db-0', namespace: 'shop'})]}))
  expect(customSet(kruise(spec), relations).members).toEqual([
    {
      name: 'db-0',
      ordinal: 0,
      state: 'desired',
      claims: [{name: 'wal-db-0', template: 'wal', isMounted: true}],
      sought: ['data-db-0', 'wal-db-0'],
    },
  ])
})

test('a StrimziPodSet is the Pods that are written in it', () => {
  const written = (name: string, revision: string) => ({
    metadata: {name, annotations: {'strimzi.io/revision': revision}},
  })
  const of = object('core.strimzi.io', 'StrimziPodSet', {
    pods: [written('k-10', 'a'), written('k-2', 'b'), null, {}],
  })
  const pods = [
    owned('k-10', {}, {'strimzi.io/revision': 'a'}),
    owned('k-1', {}, {'strimzi.io/revision': 'a'}),
  ]
  expect(membersOf(of, pods)).toMatchObject({
    desired: 2,
    members: [
      {name: 'k-1', state: 'condemned', isUpdated: undefined},
      {name: 'k-2', state: 'desired', isUpdated: undefined},
      {name: 'k-10', state: 'desired', isUpdated: true},
    ],
  })
})

test('a Cluster: instances that are known and not there, and the primary by its status before its label', () => {
  const of = object(
    'postgresql.cnpg.io',
    'Cluster',
    {instances: 3},
    {
      currentPrimary: 'db-4',
      instanceNames: ['db-2', 'db-4', 'db-5', 7],
    },
  )
  const pods = [owned('db-4'), owned('db-2', {'cnpg.io/instanceRole': 'primary'})]
  const {members, desired} = customSet(of, relate(snapshot({pods})))
  expect({desired, members: members.map(({name, role, pod}) => `${name} ${role} ${Boolean(pod)}`)}).toEqual({
    desired: 3,
    members: ['db-2 replica true', 'db-4 primary true', 'db-5 undefined false'],
  })
})

test('of a kind that nobody knows: the Pods that it controls, by their numbers', () => {
  const of = object('example.com', 'Thing', {replicas: 'many'})
  const pods = ['db-10', 'db-9', 'other-1', 'db', 'db-01'].map((name) => owned(name))
  expect(shown(of, [...pods, {...owned('db-3'), metadata: {...pod().metadata, name: 'db-3'}}])).toEqual([
    '- db desired',
    '- db-01 desired',
    '9 db-9 desired',
    '10 db-10 desired',
    '1 other-1 desired',
  ])
  expect(membersOf(of, []).desired).toBeNull()
})

test.for([null, 1, 'a', [], {spec: 1}, {pods: 1, replicas: {}, reserveOrdinals: 'a', instances: '3'}])(
  'whatever stands in it, it can be looked at: %j',
  (content) => {
    for (const [group, kind] of [
      ['apps.kruise.io', 'StatefulSet'],
      ['apps.kruise.io', 'DaemonSet'],
      ['core.strimzi.io', 'StrimziPodSet'],
      ['postgresql.cnpg.io', 'Cluster'],
      ['constructor', 'toString'],
    ] as const)
      expect(
        membersOf(object(group, kind, content, content), [owned('db-0')]).members.length,
      ).toBeGreaterThan(0)
  },
)
