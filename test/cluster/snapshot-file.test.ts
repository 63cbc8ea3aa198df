import {expect, test} from 'vitest'
import {fromDocuments} from '../../src/cluster/snapshot-file.ts'

function clockOf(...objects: readonly object[]): string {
  return fromDocuments([{objects}]).observedAt
}

const past = {metadata: {name: 'a', creationTimestamp: '2026-11-20T08:00:00Z'}}

test('without a note the clock is the latest time at which something happened', () => {
  const status = {conditions: [{type: 'Ready', lastTransitionTime: '2026-11-20T08:05:00Z'}]}
  const lease = {spec: {renewTime: '2026-11-20T08:09:00.123456Z'}}
  const node = {spec: {taints: [{key: 'a', timeAdded: '2026-11-20T08:07:00Z'}]}}
  expect(clockOf(past)).toBe('2026-11-20T08:00:00Z')
  expect(clockOf(past, {...past, status})).toBe('2026-11-20T08:05:00Z')
  expect(clockOf(past, node, {status})).toBe('2026-11-20T08:07:00Z')
  expect(clockOf(lease, past)).toBe('2026-11-20T08:09:00.123456Z')
  expect(clockOf({metadata: {name: 'a'}})).toBe('1970-01-01T00:00:00Z')
})

test('a deletion is asked for by its grace period before the time that it has, and that is a clock', () => {
  const metadata = {deletionTimestamp: '2026-11-20T09:00:30Z', deletionGracePeriodSeconds: 30}
  expect(clockOf(past, {metadata})).toBe('2026-11-20T09:00:00Z')
})

test.for([
  ['PersistentVolumeClaim', '2026-11-20T09:00:00Z'],
  ['Namespace', '2026-11-20T09:00:00Z'],
  ['Pod', '2026-11-20T08:00:00Z'],
])('the deletion of a %s that names no grace period: the clock is %s', ([kind, time]) => {
  const metadata = {name: 'a', deletionTimestamp: '2026-11-20T09:00:00Z'}
  expect(clockOf(past, {apiVersion: 'v1', kind, metadata})).toBe(time)
})

test('a clock that runs ahead of ours is wrong, unless all do', () => {
  const ahead = {metadata: {name: 'b', creationTimestamp: '2991-01-01T00:00:00Z'}}
  expect(clockOf(past, ahead)).toBe('2026-11-20T08:00:00Z')
  expect(clockOf(ahead)).toBe('2991-01-01T00:00:00Z')
})

test('times with an offset are the same as in UTC', () => {
  expect(clockOf({metadata: {name: 'a', creationTimestamp: '2026-11-20T09:00:00+01:00'}})).toBe(
    '2026-11-20T08:00:00Z',
  )
})

const apiVersion = 'v1'

test('an object that is saved twice counts in its newer version', () => {
  const pod = (resourceVersion: string, uid: string) => ({
    apiVersion,
    kind: 'Pod',
    metadata: {name: 'a', namespace: 'b', resourceVersion, uid},
  })
  const uids = (...objects: readonly object[]) =>
    fromDocuments([{objects}]).pods.map(({metadata}) => metadata?.uid)
  expect(uids(pod('1000', 'new'), pod('999', 'old'))).toEqual(['new'])
  expect(uids(pod('', 'first'), pod('', 'second'))).toEqual(['second'])
})

test('an object without a namespace is in that of the request, one of no namespace in none', () => {
  const objects = [
    {apiVersion, kind: 'Pod', metadata: {name: 'a'}},
    {apiVersion, kind: 'Node', metadata: {name: 'n'}},
  ]
  const {pods, nodes} = fromDocuments([{objects}], 'shop')
  expect([pods[0]?.metadata?.namespace, nodes[0]?.metadata?.namespace]).toEqual(['shop', undefined])
  expect(fromDocuments([{objects}]).pods[0]?.metadata?.namespace).toBe('default')
})

test('old groups, and the newer one of events, are those that we read', () => {
  const metadata = {name: 'a', namespace: 'b'}
  const regarding = {kind: 'Pod', name: 'p', namespace: 'b'}
  const {daemonSets, statefulSets, events} = fromDocuments([
    {
      objects: [
        {
          apiVersion: 'extensions/v1beta1',
          kind: 'DaemonSet',
          metadata,
          spec: {templateGeneration: 4},
        } as object,
        {apiVersion: 'apps/v1beta2', kind: 'StatefulSet', metadata},
        {
          apiVersion: 'events.k8s.io/v1',
          kind: 'Event',
          metadata,
          regarding,
          note: 'n',
          deprecatedCount: 3,
        } as object,
        {apiVersion: 'example.test/v1', kind: 'StatefulSet', metadata: {name: 'other'}},
      ],
    },
  ])
  expect(daemonSets[0]?.metadata?.annotations).toEqual({'deprecated.daemonset.template.generation': '4'})
  expect(statefulSets).toHaveLength(1)
  expect(events[0]).toMatchObject({involvedObject: regarding, message: 'n', count: 3})
})

function omitted(...documents: Parameters<typeof fromDocuments>[0]): string | undefined {
  return fromDocuments(documents).omissions.find(({resource}) => resource === 'nodes')?.reason
}

test('a kind is whole as a list, though empty, or as files of its folder; one object is a part', () => {
  const node = {apiVersion, kind: 'Node', metadata: {name: 'n'}}
  const other = {apiVersion, kind: 'Node', metadata: {name: 'm'}}
  expect(omitted()).toBe('NotInFile')
  expect(omitted({objects: [], lists: ['nodes']})).toBe(undefined)
  expect(omitted({objects: [node]})).toBe(undefined)
  expect(omitted({objects: [node], isAlone: true})).toBe('InPart')
  expect(omitted({objects: [node], isAlone: true}, {objects: [other], isAlone: true})).toBe('InPart')
  const filed = {isAlone: true, folderOf: 'nodes'} as const
  expect(omitted({objects: [node], ...filed})).toBe('InPart')
  expect(omitted({objects: [node], ...filed}, {objects: [other], ...filed})).toBe(undefined)
})

test('a set that counts more Pods than were saved is there in part, unless its status is what is old', () => {
  const set = (status: object, metadata: object = {}) => ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {name: 's', namespace: 'b', uid: 'u', generation: 1, ...metadata},
    status: {observedGeneration: 1, ...status},
  })
  const pods = (object: object) => fromDocuments([{objects: [object], lists: ['pods']}]).inPart
  expect(pods(set({replicas: 3}))).toEqual(['u'])
  expect(pods(set({replicas: 0}))).toBe(undefined)
  expect(pods(set({replicas: 3}, {generation: 2}))).toBe(undefined)
  expect(pods(set({replicas: 3}, {deletionTimestamp: '2026-11-20T08:00:00Z'}))).toBe(undefined)
})

test.each<[string, object]>([
  ['a deletion, by its grace period', {metadata: {deletionTimestamp: '2026-11-20T09:00:00Z'}}],
  ['an annotation', {metadata: {annotations: {startTime: '2027-01-01T00:00:00Z'}}}],
  [
    'an environment variable',
    {spec: {containers: [{env: [{name: 'startTime', value: '2027-01-01T00:00:00Z'}]}]}},
  ],
])('a time that may lie ahead is not the clock: %s', (_, object) => {
  expect(clockOf(past, object)).toBe('2026-11-20T08:00:00Z')
})
