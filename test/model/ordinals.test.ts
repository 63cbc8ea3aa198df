import {expect, test} from 'vitest'
import {type Ordinal, ordinalsOf} from '../../src/model/ordinals.ts'
import {relate} from '../../src/model/relations.ts'
import type {Observed} from '../../src/model/snapshot.ts'
import {claim, pendingPod, pod, snapshot, statefulSet} from '../builders.ts'

/** What is said of each ordinal of the first set: objects by name. */
function described(facts: Partial<Observed>) {
  const set = facts.statefulSets?.[0] ?? statefulSet()
  return ordinalsOf(set, relate(snapshot(facts))).map(brief)
}

function brief({ordinal, state, pod, holder, claims}: Ordinal) {
  const names = claims.map(
    ({name, template, isMounted}) => `${name} of ${template ?? 'nobody'}${isMounted ? '' : ', unmounted'}`,
  )
  return [
    ordinal,
    state,
    ...(pod ? [pod.metadata?.name] : []),
    ...(holder ? [`held by ${holder.metadata?.name}`] : []),
    ...names,
  ]
}

test('twelve ordinals come in the order of numbers', () => {
  const pods = Array.from({length: 12}, (_, ordinal) => pod({name: `web-${ordinal}`})).toReversed()
  expect(
    described({statefulSets: [statefulSet({replicas: 12})], pods}).map(([ordinal, state]) => [
      ordinal,
      state,
    ]),
  ).toEqual(Array.from({length: 12}, (_, ordinal) => [ordinal, 'desired']))
})

test('Pods below and above the range are condemned, and show their claims', () => {
  const set = statefulSet({replicas: 1, spec: {ordinals: {start: 2}}})
  const pods = ['web-1', 'web-2', 'web-3'].map((name) => pod({name}))
  expect(described({statefulSets: [set], pods})).toEqual([
    [1, 'condemned', 'web-1', 'data-web-1 of data'],
    [2, 'desired', 'web-2', 'data-web-2 of data'],
    [3, 'condemned', 'web-3', 'data-web-3 of data'],
  ])
})

test('an ordinal of which only claims exist is left over', () => {
  const claims = ['data-web-0', 'data-web-3'].map((name) => claim({name}))
  expect(described({pods: [pod()], persistentVolumeClaims: claims})).toEqual([
    [0, 'desired', 'web-0', 'data-web-0 of data'],
    [3, 'leftover', 'data-web-3 of data, unmounted'],
  ])
})

test('each template has a claim, in the order of the templates, whether or not it exists', () => {
  const set = statefulSet({templates: ['logs', 'data']})
  expect(described({statefulSets: [set]})).toEqual([
    [0, 'desired', 'logs-web-0 of logs', 'data-web-0 of data'],
  ])
})

test('a template added to a re-created set is not mounted by the Pod from before', () => {
  const set = statefulSet({templates: ['data', 'logs']})
  expect(described({statefulSets: [set], pods: [pod()]})).toEqual([
    [0, 'desired', 'web-0', 'data-web-0 of data', 'logs-web-0 of logs, unmounted'],
  ])
})

test('a claim of a template that is gone stays the ordinal’s, by the labels that the controller gave it', () => {
  const gone = claim({name: 'old-web-0'})
  const foreign = claim({
    name: 'mine-web-0',
    metadata: {labels: {app: 'x'}},
  })
  expect(described({pods: [pod()], persistentVolumeClaims: [gone, foreign]})).toEqual([
    [0, 'desired', 'web-0', 'data-web-0 of data', 'old-web-0 of nobody, unmounted'],
  ])
})

test('a set that selects by expressions alone has no labels to know old claims by', () => {
  const set = statefulSet({spec: {selector: {matchExpressions: [{key: 'app', operator: 'Exists'}]}}})
  expect(
    described({statefulSets: [set], pods: [pod()], persistentVolumeClaims: [claim({name: 'old-web-0'})]}),
  ).toEqual([[0, 'desired', 'web-0', 'data-web-0 of data']])
})

test('a Pod that is not the set’s holds the name of a missing ordinal', () => {
  const foreign = pod({metadata: {ownerReferences: []}})
  expect(described({pods: [foreign]})).toEqual([[0, 'desired', 'held by web-0', 'data-web-0 of data']])
})

test('a namesake in another namespace holds nothing', () => {
  expect(described({pods: [pod({namespace: 'other'})]})).toEqual([[0, 'desired', 'data-web-0 of data']])
})

test('a claim created by hand that every Pod mounts belongs to every ordinal', () => {
  const shared = {name: 'shared', persistentVolumeClaim: {claimName: 'everyones'}}
  const set = statefulSet({
    replicas: 2,
    templates: [],
    spec: {template: {spec: {containers: [], volumes: [shared]}}},
  })
  expect(described({statefulSets: [set], pods: [pod({spec: {volumes: [shared]}})]})).toEqual([
    [0, 'desired', 'web-0', 'everyones of nobody'],
    [1, 'desired', 'everyones of nobody'],
  ])
})

test('a template wins over a volume of the Pod template of the same name', () => {
  const volumes = [{name: 'data', persistentVolumeClaim: {claimName: 'never'}}]
  const set = statefulSet({spec: {template: {spec: {containers: [], volumes}}}})
  expect(described({statefulSets: [set]})).toEqual([[0, 'desired', 'data-web-0 of data']])
})

test('a generic ephemeral volume has a claim called after the Pod', () => {
  const volumes = [
    {name: 'scratch', ephemeral: {}},
    {name: 'tmp', emptyDir: {}},
  ]
  const set = statefulSet({replicas: 2, templates: [], spec: {template: {spec: {containers: [], volumes}}}})
  expect(described({statefulSets: [set], pods: [pendingPod({spec: {volumes}})]})).toEqual([
    [0, 'desired', 'web-0', 'web-0-scratch of nobody'],
    [1, 'desired', 'web-1-scratch of nobody'],
  ])
})

test('web and a-web stand side by side without taking each other’s claims', () => {
  const claims = [
    claim({name: 'data-web-5'}),
    claim({
      name: 'data-a-web-6',
      metadata: {labels: {app: 'a-web'}},
    }),
  ]
  const facts = {persistentVolumeClaims: claims}
  expect(described({...facts, statefulSets: [statefulSet({replicas: 0})]})).toEqual([
    [5, 'leftover', 'data-web-5 of data, unmounted'],
  ])
  expect(described({...facts, statefulSets: [statefulSet({name: 'a-web', replicas: 0})]})).toEqual([
    [6, 'leftover', 'data-a-web-6 of data, unmounted'],
  ])
})

test('a claim with a number that no ordinal can be is nobody’s', () => {
  const claims = ['data-web-01', 'old-web-01', 'old-web-99999999999', 'old-web-2147483648'].map((name) =>
    claim({name}),
  )
  expect(described({statefulSets: [statefulSet({replicas: 0})], persistentVolumeClaims: claims})).toEqual([])
})

test('a set without UID, as in a file never applied, takes no Pod for its own', () => {
  const set = {...statefulSet(), metadata: {name: 'web', namespace: 'shop'}}
  const orphan = pod({metadata: {ownerReferences: []}})
  expect(described({statefulSets: [set], pods: [orphan]})).toEqual([
    [0, 'desired', 'held by web-0', 'data-web-0 of data'],
  ])
})
