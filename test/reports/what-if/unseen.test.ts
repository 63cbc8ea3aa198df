import {expect, test} from 'vitest'
import type {Observed} from '../../../src/model/snapshot.ts'
import {daemonSet} from '../../builders-daemon.ts'
import {named, nodes, web, whatIf, whatIfUnseen} from './asking.ts'

const NODE = named('nodes', 'node-a')
const SET = named('statefulSets', 'web')
const DRAIN = {action: 'drain', neverReady: []} as const
const UPDATE = {action: 'update', partition: undefined, maxUnavailable: undefined, neverReady: []} as const
const DELETE = {action: 'delete', isOrphaning: false, neverReady: []} as const
const scale = (replicas: number) => ({action: 'scale', replicas, neverReady: []}) as const

const without = (facts: Partial<Observed>, ...keys: readonly (keyof Observed)[]) =>
  Object.fromEntries(Object.entries(facts).filter(([key]) => !keys.includes(key as keyof Observed)))

test.each([
  DRAIN,
  {action: 'lose', neverReady: []} as const,
  {action: 'label', edits: [{key: 'a', value: 'b'}], neverReady: []} as const,
])('without Pods nobody knows what $action does to a node', (change) => {
  const {end} = whatIfUnseen(['pods'], without(web(3), 'pods'), change, NODE)
  expect(end).toMatchObject({state: 'Unknown', message: expect.stringContaining('pods could not be read')})
})

test.each([UPDATE, DELETE, scale(1)])(
  'without its Pods nobody knows what $action does to a set',
  (change) => {
    expect(whatIfUnseen(['pods'], without(web(3), 'pods'), change, SET).end.state).toBe('Unknown')
  },
)

test('who has read as many Pods of a set as it counts has seen them', () => {
  expect(whatIfUnseen(['pods'], web(3), UPDATE, SET).end.state).toBe('Done')
})

/** The set, whose Pods have that besides. */
function asking(spec: object): Partial<Observed> {
  const facts = web(1)
  const [set] = facts.statefulSets ?? []
  const template = {metadata: {labels: {app: 'web'}}, spec: {containers: [], ...spec}}
  return {...facts, statefulSets: [{...set, spec: {...set?.spec, template}}] as Observed['statefulSets']}
}

const container = (more: object) => ({containers: [{name: 'a', ...more}]})
const near = (kind: string, more: object = {}) => ({
  affinity: {
    [kind]: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {labelSelector: {matchLabels: {app: 'other'}}, topologyKey: 'kubernetes.io/hostname', ...more},
      ],
    },
  },
})

test.each([
  ['requests cpu', container({resources: {requests: {cpu: '1'}}})],
  ['has a port of the node', container({ports: [{hostPort: 80}]})],
  ['keeps away from others of another namespace', near('podAntiAffinity', {namespaces: ['other']})],
])('who %s may find no room where Pods of other namespaces were not seen', (_, spec) => {
  const {pods, end} = whatIfUnseen(['pods'], asking(spec), scale(2), SET)
  expect(pods).toMatchObject([
    {
      name: 'web-1',
      returns: null,
      nodes: ['node-a', 'node-b', 'node-c'],
      message: 'pods of all namespaces could not be read: whether these nodes have room for it is <unknown>',
    },
  ])
  expect(end.state).toBe('Unknown')
  expect(whatIf(asking(spec), scale(2), SET).end.state).toBe('Done')
})

test('who wants to be with Pods that were not seen may find them', () => {
  const {pods, end} = whatIfUnseen(
    ['pods'],
    asking(near('podAffinity', {namespaces: ['other']})),
    scale(2),
    SET,
  )
  expect(pods).toMatchObject([{name: 'web-1', returns: null, nodes: null}])
  expect(end.state).toBe('Unknown')
})

test('a claim for one Pod alone may be taken by one that was not seen', () => {
  const facts = web(1, {pinned: true})
  const persistentVolumeClaims = (facts.persistentVolumeClaims ?? []).map((each) => ({
    ...each,
    spec: {...each.spec, accessModes: ['ReadWriteOncePod']},
  }))
  const statefulSets = (facts.statefulSets ?? []).map((set) => ({
    ...set,
    status: {...set.status, replicas: 0},
  })) as Observed['statefulSets']
  const empty = {...facts, pods: [], persistentVolumeClaims, statefulSets}
  expect(whatIf(empty, scale(1), SET).pods).toMatchObject([{name: 'web-0', returns: 'Yes'}])
  expect(whatIfUnseen(['pods'], empty, scale(1), SET).pods).toMatchObject([{name: 'web-0', returns: null}])
})

test('who requests nothing finds a node whoever else was not seen', () => {
  expect(whatIfUnseen(['pods'], asking({}), scale(2), SET).end.state).toBe('Done')
})

test('a drain without budgets may be refused', () => {
  const {end, pods} = whatIfUnseen(['podDisruptionBudgets'], web(3), DRAIN, NODE)
  expect(end).toMatchObject({state: 'Unknown', message: expect.stringContaining('1 Pod leaves node-a')})
  expect(pods).toMatchObject([{name: 'web-0', fate: 'Evicted'}])
})

test('claims that were not seen may hold a Pod back', () => {
  const facts = without(web(3, {pinned: true}), 'persistentVolumeClaims')
  const report = whatIfUnseen(['persistentVolumeClaims'], facts, DRAIN, NODE)
  expect(report.pods).toMatchObject([{name: 'web-0', returns: null}])
  expect(report.end.state).toBe('Unknown')
})

test('claims that go with a set and were not seen are lost, and with what is unknown', () => {
  const retention = {persistentVolumeClaimRetentionPolicy: {whenDeleted: 'Delete'}}
  const facts = web(2, {pinned: true, spec: retention})
  const unseen = whatIfUnseen(
    ['persistentVolumeClaims'],
    without(facts, 'persistentVolumeClaims'),
    DELETE,
    SET,
  )
  expect(unseen.losses.map(({name, destroysData}) => [name, destroysData])).toEqual([
    ['data-web-0', null],
    ['data-web-1', null],
  ])
  expect(unseen.end.message).not.toContain('stay')
  expect(whatIf(facts, DELETE, SET).losses.map(({destroysData}) => destroysData)).toEqual([true, true])
})

test('where new ones could go is unknown without nodes', () => {
  const report = whatIfUnseen(['nodes'], without(web(2), 'nodes'), scale(3), SET)
  expect(report.end).toMatchObject({
    state: 'Unknown',
    message: expect.stringContaining('where shop/web-2 could go is <unknown>'),
  })
  expect(report.workloads[0]?.ready).toMatchObject({before: 2, end: 2})
})

test('which Pods of a DaemonSet are old is unknown without its revisions', () => {
  const ask = named('daemonSets', 'agent')
  const {end} = whatIfUnseen(['controllerRevisions'], {nodes, daemonSets: [daemonSet()]}, UPDATE, ask)
  expect(end).toMatchObject({state: 'Unknown', message: expect.stringContaining('controllerrevisions')})
})

test('what comes back by itself is up to a controller that nobody here knows', () => {
  const owner = {apiVersion: 'kafka/v1', kind: 'PodSet', name: 'k', uid: 'k', controller: true}
  const facts = web(1)
  const pods = (facts.pods ?? []).map((pod) => ({
    ...pod,
    metadata: {...pod.metadata, ownerReferences: [owner]},
  }))
  const report = whatIf({...facts, pods}, DRAIN, NODE)
  expect(report.pods).toMatchObject([{returns: null, message: 'whether it comes back is up to its PodSet'}])
  expect(report.end.state).toBe('Unknown')
})

test('a finished Pod of a Job is not missed', () => {
  const owner = {apiVersion: 'batch/v1', kind: 'Job', name: 'j', uid: 'j', controller: true}
  const facts = web(1)
  const pods = (facts.pods ?? []).map((pod) => ({
    ...pod,
    metadata: {...pod.metadata, ownerReferences: [owner]},
    status: {phase: 'Succeeded'},
  }))
  const report = whatIf({...facts, pods}, DRAIN, NODE)
  expect(report.pods).toMatchObject([{fate: 'Removed', returns: null, message: 'it has finished'}])
  expect(report.end.state).toBe('Done')
})
