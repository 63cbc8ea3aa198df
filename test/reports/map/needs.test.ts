import {expect, test} from 'vitest'
import type {ResourceName, Scope} from '../../../src/model/scope.ts'
import {withRequested} from '../../../src/model/seen.ts'
import {observedKeys} from '../../../src/model/snapshot.ts'
import {mapQuestion, mapWithNamesQuestion} from '../../../src/reports/map/question.ts'
import {claim, healthy, NOW, node, pendingClaim, pod, snapshot, statefulSet} from '../../builders.ts'

const LABEL = 'statefulset.kubernetes.io/pod-name'
const CLUSTER = ['persistentVolumes', 'storageClasses', 'volumeAttachments', 'nodes'].map((resource) => ({
  resource,
}))

function named(...words: readonly string[]): readonly ResourceName[] {
  return words.map((word) => {
    const [resource = '', name = ''] = word.split('/')
    return {resource: resource as ResourceName['resource'], name}
  })
}

test('all sets of all namespaces need one list of each kind', () => {
  expect(mapQuestion.needs({names: []})).toEqual([
    {resource: 'statefulSets', isSubject: true},
    {resource: 'pods', labelSelector: LABEL},
    {resource: 'persistentVolumeClaims'},
    {resource: 'services'},
    ...CLUSTER,
  ])
})

test('a namespace and a selector limit what they can', () => {
  expect(mapQuestion.needs({names: [], namespace: 'shop', selector: 'tier=a'})).toEqual([
    {resource: 'statefulSets', isSubject: true, namespace: 'shop', labelSelector: 'tier=a'},
    {resource: 'pods', namespace: 'shop', labelSelector: LABEL},
    {resource: 'persistentVolumeClaims', namespace: 'shop'},
    {resource: 'services', namespace: 'shop'},
    ...CLUSTER,
  ])
})

function subjects(scope: Scope) {
  return mapQuestion.needs(scope).filter(({isSubject}) => isSubject)
}

test.for<[string, readonly string[], readonly object[]]>([
  [
    'one name is asked for by name',
    ['statefulSets/web'],
    [{resource: 'statefulSets', isSubject: true, name: 'web'}],
  ],
  [
    'several names are asked for together',
    ['statefulSets/web', 'statefulSets/db'],
    [{resource: 'statefulSets', isSubject: true}],
  ],
  [
    'each kind has its own list',
    ['statefulSets/web', 'deployments/api'],
    [
      {resource: 'statefulSets', isSubject: true, name: 'web'},
      {resource: 'deployments', isSubject: true, name: 'api'},
    ],
  ],
  [
    'a ReplicaSet beside a Deployment needs them all',
    ['deployments/api', 'replicaSets/one'],
    [
      {resource: 'deployments', isSubject: true, name: 'api'},
      {resource: 'replicaSets', isSubject: true},
    ],
  ],
])('%s', ([, words, expected]) => {
  expect(subjects({names: named(...words)})).toEqual(expected)
})

test('a Deployment needs its ReplicaSets, and Pods without the label of StatefulSets', () => {
  const needs = mapQuestion.needs({names: named('deployments/api'), namespace: 'shop'})
  expect(needs.slice(1, 3)).toEqual([
    {resource: 'replicaSets', namespace: 'shop'},
    {resource: 'pods', namespace: 'shop'},
  ])
})

const scope: Scope = {names: [], namespace: 'shop'}
const OTHER_PODS = {resource: 'pods', namespace: 'shop', labelSelector: `!${LABEL}`}
const EVENTS = {
  resource: 'events',
  namespace: 'shop',
  fieldSelector: 'involvedObject.kind=PersistentVolumeClaim',
}
const SET_EVENTS = {
  resource: 'events',
  namespace: 'shop',
  fieldSelector: 'involvedObject.kind=StatefulSet,involvedObject.name=web',
}

const leftClaim = (conditions: readonly {type: string; status: string}[] = []) =>
  claim({name: 'data-web-4', status: {phase: 'Bound', conditions}})

test.for<[string, Parameters<typeof snapshot>, readonly object[]]>([
  ['a healthy set', [healthy()], []],
  [
    'a missing Pod: somebody may hold its name, or refuse it',
    [{...healthy(), pods: []}],
    [OTHER_PODS, SET_EVENTS],
  ],
  ['a missing Pod where Pods may not be seen', [{...healthy(), pods: []}, ['pods']], []],
  ['a condemned Pod', [{...healthy(2), statefulSets: [statefulSet()]}], []],
  [
    'a claim that is going: somebody may use it',
    [{...healthy(), persistentVolumeClaims: [claim({metadata: {deletionTimestamp: NOW}})]}],
    [OTHER_PODS],
  ],
  [
    'a claim of a removed ordinal: somebody may use it',
    [{...healthy(), persistentVolumeClaims: [claim(), leftClaim()]}],
    [OTHER_PODS],
  ],
  [
    'a claim of a removed ordinal that itself says whether somebody uses it',
    [{...healthy(), persistentVolumeClaims: [claim(), leftClaim([{type: 'Unused', status: 'True'}])]}],
    [],
  ],
  ['a claim that waits', [{...healthy(), persistentVolumeClaims: [pendingClaim()]}], [EVENTS]],
  [
    'a claim that is lost',
    [{...healthy(), persistentVolumeClaims: [claim({status: {phase: 'Lost'}})]}],
    [EVENTS],
  ],
  [
    'a claim that waits and is going',
    [{...healthy(), persistentVolumeClaims: [pendingClaim({metadata: {deletionTimestamp: NOW}})]}],
    [OTHER_PODS],
  ],
  [
    'everything at once',
    [{...healthy(), pods: [], persistentVolumeClaims: [pendingClaim()]}],
    [OTHER_PODS, SET_EVENTS, EVENTS],
  ],
])('%s needs no more than it must', ([, given, expected]) => {
  expect(mapQuestion.more(snapshot(...given), scope)).toEqual(expected)
})

test('Pods that are all read are not read again', () => {
  const given = snapshot({...healthy(), pods: [pod({name: 'other'})]})
  const {namespace: _, ...events} = SET_EVENTS
  expect(mapQuestion.more(given, {names: named('statefulSets/web', 'deployments/api')})).toEqual([events])
})

test('names are shown for one list more: of the namespace, or of the Services of named sets', () => {
  const all: Scope = {names: [], namespace: 'shop'}
  const slices = {resource: 'endpointSlices', namespace: 'shop'}
  expect(mapWithNamesQuestion.needs(all)).toEqual([...mapQuestion.needs(all), slices])
  const one: Scope = {names: named('statefulSets/web'), namespace: 'shop'}
  const reads = mapWithNamesQuestion.narrow?.(one)
  expect(reads?.needs(one)).toEqual(mapQuestion.narrow?.(one)?.needs(one))
  expect(reads?.more(snapshot({statefulSets: [statefulSet()]}), one)).toContainEqual({
    ...slices,
    labelSelector: 'kubernetes.io/service-name=web',
  })
  const stateless: Scope = {names: named('deployments/api'), namespace: 'shop'}
  expect(mapWithNamesQuestion.needs(stateless)).toEqual(mapQuestion.needs(stateless))
})

test.for<[string, readonly string[], readonly string[]]>([
  [
    'on three nodes in two zones',
    ['a', 'a', 'b'],
    ['topology.kubernetes.io/zone,topology.kubernetes.io/zone!=a'],
  ],
  ['in three zones', ['a', 'b', 'c'], []],
])('whether there are other places is asked of a set %s', ([, zones, selectors]) => {
  const nodes = zones.map((zone, index) =>
    node({
      name: `n${index}`,
      metadata: {
        name: `n${index}`,
        labels: {'kubernetes.io/hostname': `n${index}`, 'topology.kubernetes.io/zone': zone},
      },
    }),
  )
  const pods = zones.map((_, index) => pod({name: `web-${index}`, spec: {nodeName: `n${index}`}}))
  const facts = {...healthy(3), pods, nodes}
  const requested = nodes.map(({metadata}) => ({resource: 'nodes', name: metadata?.name ?? ''}) as const)
  const others = observedKeys.filter((key) => key !== 'nodes').map((resource) => ({resource}))
  const known = withRequested(snapshot(facts), [...requested, ...others])
  const one: Scope = {names: named('statefulSets/web'), namespace: 'shop'}
  const lists = mapQuestion.narrow?.(one)?.more(known, one) ?? []
  expect(lists.flatMap((need) => (need.resource === 'nodes' && need.labelSelector) || [])).toEqual(selectors)
})
