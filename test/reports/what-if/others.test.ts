import {expect, test} from 'vitest'
import type {Pod} from '../../../src/model/objects.ts'
import type {Observed} from '../../../src/model/snapshot.ts'
import {pod} from '../../builders.ts'
import {budget, named, nodes, web, whatIf, whatIfUnseen} from './asking.ts'

const DRAIN = {action: 'drain', neverReady: []} as const
const LOSE = {action: 'lose', neverReady: []} as const
const NODE = named('nodes', 'node-a')

/** Pods of a Kafka that some operator looks after, both on node-a. */
const kafka: Partial<Observed> = {
  nodes,
  pods: [0, 1].map((ordinal): Pod => {
    const owner = {
      apiVersion: 'core.strimzi.io/v1',
      kind: 'StrimziPodSet',
      name: 'kafka',
      uid: 'k',
      controller: true,
    }
    const name = `kafka-${ordinal}`
    return {
      ...pod({
        name,
        metadata: {name, namespace: 'shop', uid: name, labels: {app: 'web'}, ownerReferences: [owner]},
      }),
      spec: {nodeName: 'node-a', containers: [], volumes: []},
    }
  }),
}

test('Pods of a controller that nobody here knows are evicted, and whether they come back is up to it', () => {
  const {end, pods} = whatIf(kafka, DRAIN, NODE)
  expect(end).toEqual({
    state: 'Unknown',
    message:
      '2 Pods leave node-a; whether shop/kafka-0 and shop/kafka-1 come back is up to StrimziPodSet kafka',
    waitsFor: null,
  })
  expect(pods).toMatchObject([
    {
      fate: 'Evicted',
      returns: null,
      nodes: null,
      message: 'whether it comes back is up to its StrimziPodSet',
    },
    {fate: 'Evicted', returns: null},
  ])
})

test('a budget lets the next one go when the first is back, as it may be', () => {
  const {steps, end} = whatIf({...kafka, podDisruptionBudgets: [budget(1, 2)]}, DRAIN, NODE)
  expect(steps.map(({actions, waitsFor}) => [actions.map(({name}) => name), waitsFor])).toEqual([
    [['kafka-0'], null],
    [['kafka-1'], 'the budgets to allow more: what was evicted is back'],
  ])
  expect(end.state).toBe('Unknown')
  expect(whatIf({...kafka, podDisruptionBudgets: [budget(2, 2)]}, DRAIN, NODE).end.state).toBe('Stopped')
})

test('they are lost with their node, and deleted one by one, alike', () => {
  expect(whatIf(kafka, LOSE, NODE).end).toMatchObject({
    state: 'Unknown',
    message: 'whether shop/kafka-0 and shop/kafka-1 come back is up to StrimziPodSet kafka',
  })
  const change = {action: 'delete', isOrphaning: false, neverReady: []} as const
  expect(whatIf(kafka, change, named('pods', 'kafka-0')).end).toMatchObject({
    state: 'Unknown',
    message: 'kafka-0 is gone, and whether it comes back is up to its StrimziPodSet kafka',
  })
})

/** web-0 on node-a, which wants as much as there is on node-b, where somebody is. */
function crowded(own: number | undefined, other: number): Partial<Observed> {
  const containers = [{name: 'a', resources: {requests: {cpu: '4'}}}]
  const facts = web(1)
  const [set] = facts.statefulSets ?? []
  const [first] = facts.pods ?? []
  const beside: Pod = {
    ...pod({
      name: 'beside',
      metadata: {name: 'beside', namespace: 'shop', uid: 'beside', ownerReferences: []},
    }),
    spec: {nodeName: 'node-b', containers, priority: other},
  }
  return {
    ...facts,
    nodes: nodes.slice(0, 2),
    statefulSets: [
      {...set, spec: {...set?.spec, template: {spec: {containers}}}},
    ] as Observed['statefulSets'],
    pods: [
      {...first, spec: {nodeName: 'node-a', containers, ...(own !== undefined && {priority: own})}},
      beside,
    ],
  }
}

test('whoever is more important may put others out, which is not foretold', () => {
  expect(whatIf(crowded(100, 0), DRAIN, NODE)).toMatchObject({
    end: {
      state: 'Short',
      message:
        '1 Pod leaves node-a; shop/web-0 may find no node: no node that is left has enough cpu left, unless Pods of lower priority make way for it',
    },
    pods: [{returns: 'Maybe'}, ...[]],
  })
})

test.each([
  [0, 0],
  [undefined, 0],
  [0, 100],
])('who is no more important (%s, %s) does not come back', (own, other) => {
  expect(whatIf(crowded(own, other), DRAIN, NODE).pods).toMatchObject([{name: 'web-0', returns: 'No'}])
})

test('of two that may be anywhere each has a node of its own, and a third one has none', () => {
  const term = {labelSelector: {matchLabels: {app: 'web'}}, topologyKey: 'kubernetes.io/hostname'}
  const affinity = {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [term]}}
  const facts = web(1)
  const [set] = facts.statefulSets ?? []
  const template = {metadata: {labels: {app: 'web'}}, spec: {containers: [], affinity}}
  const apart = {
    ...facts,
    statefulSets: [{...set, spec: {...set?.spec, template}}] as Observed['statefulSets'],
  }
  const ask = (replicas: number) =>
    whatIf(apart, {action: 'scale', replicas, neverReady: []}, named('statefulSets', 'web'))
  expect(ask(3).pods.map(({name, returns}) => [name, returns])).toEqual([
    ['web-1', 'Yes'],
    ['web-2', 'Yes'],
  ])
  expect(ask(4).end.state).toBe('Short')
})

test('of several that come side by side it is chance who has the last node', () => {
  const term = {labelSelector: {matchLabels: {app: 'web'}}, topologyKey: 'kubernetes.io/hostname'}
  const affinity = {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [term]}}
  const facts = {...web(1), nodes: nodes.slice(0, 2)}
  const [set] = facts.statefulSets ?? []
  const template = {metadata: {labels: {app: 'web'}}, spec: {containers: [], affinity}}
  const spec = {...set?.spec, template, podManagementPolicy: 'Parallel'}
  const apart = {...facts, statefulSets: [{...set, spec}] as Observed['statefulSets']}
  const change = {action: 'scale', replicas: 3, neverReady: []} as const
  const {pods, end} = whatIf(apart, change, named('statefulSets', 'web'))
  expect(pods.map(({name, returns, nodes: where}) => [name, returns, where])).toEqual([
    ['web-1', 'Maybe', ['node-b']],
    ['web-2', 'Maybe', ['node-b']],
  ])
  expect(end).toMatchObject({state: 'Short', message: expect.stringContaining('may find no node')})
})

test('who found no node is where he was, though others have tried theirs since', () => {
  const facts = web(1)
  const [set] = facts.statefulSets ?? []
  const [first] = facts.pods ?? []
  const parallel = {...set, spec: {...set?.spec, podManagementPolicy: 'Parallel'}}
  const {nodeName: _, ...spec} = first?.spec ?? {}
  const pending = {...first, spec, status: {phase: 'Pending'}} as Pod
  const change = {action: 'scale', replicas: 3, neverReady: []} as const
  const report = whatIf(
    {...facts, statefulSets: [parallel] as Observed['statefulSets'], pods: [pending]},
    change,
    named('statefulSets', 'web'),
  )
  expect(report.pods.map(({name, returns}) => [name, returns])).toEqual([
    ['web-1', 'Yes'],
    ['web-2', 'Yes'],
  ])
  expect(report.workloads[0]?.ready.end).toBe(2)
  expect(report.end.state).not.toBe('Done')
})

/** A Pod on node-a that wants so much cpu, of a ReplicaSet, or of nobody. */
function loner(kind: 'ReplicaSet' | undefined, cpu: string): Observed['pods'][number] {
  const owner = {apiVersion: 'apps/v1', kind: kind ?? '', name: 'api', uid: 'api', controller: true}
  const ownerReferences = kind ? [owner] : []
  return {
    ...pod({name: 'api-1', metadata: {name: 'api-1', namespace: 'shop', uid: 'api-1', ownerReferences}}),
    spec: {nodeName: 'node-a', containers: [{name: 'a', resources: {requests: {cpu}}}], volumes: []},
  }
}

const NO_ROOM = 'no node that is left has enough cpu left'

test.each([
  ['ReplicaSet', '5', 'No', 'Short', `shop/api-1 does not come back: ${NO_ROOM}`],
  [undefined, '1', 'Never', 'Short', 'shop/api-1 does not come back: nobody creates it again'],
  ['ReplicaSet', '1', 'Yes', 'Done', 'no StatefulSet loses a Pod with node-a'],
] as const)('a Pod of %s that wants %s cpu and is lost: %s', (kind, cpu, returns, state, message) => {
  const report = whatIf({nodes, pods: [loner(kind, cpu)]}, LOSE, NODE)
  expect(report.pods).toMatchObject([{fate: 'Terminating', returns}])
  expect(report.end).toEqual({state, message, waitsFor: null})
})

test('of whom nobody can tell whether he finds a node when his is lost, that is no good end', () => {
  const two = [loner('ReplicaSet', '3'), {...loner('ReplicaSet', '3'), metadata: {name: 'b', uid: 'b'}}]
  const others = two.map((each) => ({
    ...each,
    metadata: {...loner('ReplicaSet', '3').metadata, ...each.metadata},
  }))
  const facts = {nodes: nodes.slice(0, 2), pods: others}
  expect(whatIf(facts, LOSE, NODE).end.state).toBe('Short')
  const {persistentVolumes: _, ...driven} = web(1, {pinned: true})
  const {ownerReferences} = loner('ReplicaSet', '1').metadata ?? {}
  const pods = (driven.pods ?? []).map((each) => ({...each, metadata: {...each.metadata, ownerReferences}}))
  expect(
    whatIfUnseen(['persistentVolumes'], {...driven, pods} as Partial<Observed>, LOSE, NODE).end,
  ).toMatchObject({state: 'Unknown', message: 'where shop/web-0 could go is <unknown>'})
})

test('a drain ends short of a Pod that nobody creates again, and not of one that is not wanted', () => {
  expect(whatIf({nodes, pods: [loner(undefined, '1')]}, DRAIN, NODE).end).toMatchObject({
    state: 'Short',
    message: 'shop/api-1 does not come back: nobody creates it again',
  })
  const facts = web(2)
  const statefulSets = (facts.statefulSets ?? []).map((set) => ({...set, spec: {...set.spec, replicas: 1}}))
  const pods = (facts.pods ?? []).map((each) => ({...each, spec: {...each.spec, nodeName: 'node-b'}}))
  const report = whatIf(
    {...facts, statefulSets, pods: pods.slice(1)} as Partial<Observed>,
    DRAIN,
    named('nodes', 'node-b'),
  )
  expect(report.pods).toMatchObject([
    {name: 'web-1', fate: 'Removed', message: 'its set does not want it any more'},
  ])
  expect(report.end.state).not.toBe('Short')
})

test('whom a taint evicts from a node that does not answer is still there', () => {
  const facts = web(2)
  const silent = nodes.map((each, index) =>
    index === 0 ? {...each, status: {conditions: [{type: 'Ready', status: 'Unknown'}]}} : each,
  )
  const edits = [{taint: {key: 'mine', effect: 'NoExecute'}, isRemoved: false}]
  const report = whatIf({...facts, nodes: silent}, {action: 'taint', edits, neverReady: []}, NODE)
  expect(report.pods).toMatchObject([{name: 'web-0', fate: 'Terminating', returns: null}])
  expect(report.end).toMatchObject({
    state: 'Stopped',
    message: expect.stringContaining('shop/web-0 stays Terminating: nobody ends it'),
  })
})
