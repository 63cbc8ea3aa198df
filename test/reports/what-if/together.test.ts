import {describe, expect, test} from 'vitest'
import type {Node, Pod} from '../../../src/model/objects.ts'
import type {Observed} from '../../../src/model/snapshot.ts'
import type {Change} from '../../../src/reports/what-if/change.ts'
import {pod, statefulSet} from '../../builders.ts'
import {named, nodes, whatIf} from './asking.ts'

const NODE = named('nodes', 'node-a')

/** What each of these Pods on node-a requests of the CPU of its kind of controller. */
type Wish = readonly [kind: 'StatefulSet' | 'ReplicaSet' | 'StrimziPodSet', name: string, cpu: string]

/** Other nodes have 4 CPUs. */
function crowd(others: readonly Node[], ...wishes: readonly Wish[]): Partial<Observed> {
  const [first] = nodes
  const specOf = (cpu: string) => ({
    containers: [{name: 'main', resources: {requests: {cpu}}}],
    volumes: [],
  })
  const podOf = ([kind, name, cpu]: Wish): Pod => {
    const owner = {apiVersion: 'apps/v1', kind, name, uid: `uid-${name}`, controller: true}
    const metadata = {name: `${name}-0`, namespace: 'shop', uid: name, ownerReferences: [owner]}
    return {
      ...pod({name: `${name}-0`, metadata: {...metadata, labels: {app: name}}}),
      spec: {...specOf(cpu), nodeName: 'node-a'},
    }
  }
  return {
    nodes: [{...first, status: {...first?.status, allocatable: {cpu: '64', pods: '10'}}}, ...others],
    pods: wishes.map(podOf),
    statefulSets: wishes
      .filter(([kind]) => kind === 'StatefulSet')
      .map(([, name, cpu]) => {
        const template = {metadata: {labels: {app: name}}, spec: specOf(cpu)}
        const status = {replicas: 1, currentRevision: 'r', updateRevision: 'r', observedGeneration: 1}
        return {...statefulSet({name, replicas: 1, templates: [], spec: {template}}), status}
      }),
  }
}

const returned = (facts: Partial<Observed>, action: 'drain' | 'lose') => {
  const {pods, end} = whatIf(facts, {action, neverReady: []}, NODE)
  return {returns: pods.map(({returns}) => returns), end}
}
const one = nodes.slice(1, 2)

describe('Pods that come at the same time, whoever created them', () => {
  test.each<[string, Wish['0'], Wish['0']]>([
    ['two Deployments', 'ReplicaSet', 'ReplicaSet'],
    ['two StatefulSets', 'StatefulSet', 'StatefulSet'],
    ['one of each', 'StatefulSet', 'ReplicaSet'],
  ])('%s: it is chance who has the last room', (_, left, right) => {
    const facts = crowd(one, [left, 'a', '3'], [right, 'b', '3'])
    const {returns, end} = returned(facts, 'drain')
    expect(returns).toEqual(['Maybe', 'Maybe'])
    expect(end.state).not.toBe('Done')
  })

  test('a third one may be first as well', () => {
    const facts = crowd(one, ['ReplicaSet', 'a', '3'], ['StatefulSet', 'b', '3'], ['ReplicaSet', 'c', '3'])
    expect(returned(facts, 'drain').returns).toEqual(['Maybe', 'Maybe', 'Maybe'])
    expect(returned(crowd(one, ['ReplicaSet', 'a', '3'], ['ReplicaSet', 'b', '3']), 'lose').returns).toEqual([
      'Maybe',
      'Maybe',
    ])
  })

  test('near miss: all have room, in whatever order', () => {
    const facts = crowd(one, ['ReplicaSet', 'a', '1'], ['StatefulSet', 'b', '1'], ['StatefulSet', 'c', '2'])
    const {returns, end} = returned(facts, 'drain')
    expect(returns).toEqual(['Yes', 'Yes', 'Yes'])
    expect(end.state).toBe('Done')
  })

  test('whose controller nobody here knows may be back before', () => {
    const wishes: readonly Wish[] = [
      ['StatefulSet', 'a', '3'],
      ['StrimziPodSet', 'b', '3'],
    ]
    expect(returned(crowd(one, ...wishes), 'drain').returns).toEqual(['Maybe', null])
    expect(returned(crowd(nodes.slice(1), ...wishes), 'drain').returns).toEqual(['Yes', null])
  })

  test('near miss: one that no node takes takes none of the room', () => {
    const {returns} = returned(crowd(one, ['ReplicaSet', 'a', '3'], ['StatefulSet', 'b', '5']), 'drain')
    expect(returns).toEqual(['Yes', 'No'])
  })
})

describe('a Pod that waits for a node has the room that another one leaves', () => {
  const POD = named('pods', 'web-0')
  const deleted: Change = {action: 'delete', isOrphaning: false, neverReady: []}
  const updated: Change = {action: 'update', partition: undefined, maxUnavailable: undefined, neverReady: []}

  /** web-0 is on node-a, and takes it whole; another one has found no node. */
  function full(cpu: string, reason = 'Unschedulable'): Partial<Observed> {
    const [first] = nodes
    const facts = crowd([], ['StatefulSet', 'web', '3'], ['StatefulSet', 'db', cpu])
    const conditions = [{type: 'PodScheduled', status: 'False', reason}]
    return {
      ...facts,
      nodes: [{...first, status: {...first?.status, allocatable: {cpu: '4', pods: '10'}}}],
      pods: (facts.pods ?? []).map((each) => {
        if (each.metadata?.name === 'web-0') return each
        const {nodeName: _, ...spec} = each.spec ?? {containers: []}
        return {...each, spec, status: {phase: 'Pending', conditions}}
      }),
    }
  }
  const fate = (facts: Partial<Observed>, change: Change, subject = POD) => {
    const {pods, end} = whatIf(facts, change, subject)
    return {fate: pods.find(({name}) => name === 'web-0'), end}
  }

  test.each([
    [deleted, POD],
    [updated, named('statefulSets', 'web')],
  ])('%o', (change, subject) => {
    const message = 'shop/db-0 waits for a node as well, and may have its room'
    const {fate: web, end} = fate(full('3'), change, subject)
    expect(web).toMatchObject({returns: 'Maybe', nodes: ['node-a'], message})
    expect(end).toMatchObject({state: 'Short', message: expect.stringContaining(message)})
  })

  test.each<[string, Partial<Observed>]>([
    ['it wants more than there is', full('5')],
    ['there is room for both', full('1')],
    ['nobody has tried it', full('3', 'SchedulingGated')],
  ])('near miss: %s', (_, facts) => {
    expect(fate(facts, deleted).fate).toMatchObject({returns: 'Yes', message: null})
  })

  test('who may have found no node may find one that the next ordinal leaves', () => {
    const {pods = [], statefulSets = [], ...others} = full('3')
    const [, second] = nodes
    const [web, db] = statefulSets
    const next = pods.find(({metadata}) => metadata?.name === 'web-0')
    const facts: Partial<Observed> = {
      ...others,
      nodes: [...(others.nodes ?? []), ...(second ? [second] : [])],
      statefulSets: [{...web, spec: {...web?.spec, replicas: 2}}, db] as Observed['statefulSets'],
      pods: [
        ...pods,
        {
          ...next,
          metadata: {...next?.metadata, name: 'web-1', uid: 'web-1'},
          spec: {containers: [], ...next?.spec, nodeName: 'node-b'},
        },
      ],
    }
    const {pods: fates} = whatIf(facts, updated, named('statefulSets', 'web'))
    expect(fates.find(({name}) => name === 'web-1')).toMatchObject({
      returns: 'Maybe',
      nodes: ['node-b', 'node-a'],
    })
  })

  test('what follows for others is said not to be foretold, and of its own set it is', () => {
    const texts = (facts: Partial<Observed>, change: Change, subject = POD) =>
      whatIf(facts, change, subject).assumptions.filter((text) => text.includes(' for a node: '))
    expect(texts(full('5'), deleted)).toEqual([expect.stringMatching(/^shop\/db-0 waits for a node: /)])
    expect(texts(full('5'), updated, named('statefulSets', 'db'))).toEqual([])
    expect(texts(full('5'), {action: 'drain', neverReady: []}, NODE)).toEqual([])
  })

  test('near miss: the room is on a node that takes nobody any more', () => {
    const {pods} = whatIf(full('3'), {action: 'drain', neverReady: []}, NODE)
    expect(pods).toMatchObject([{name: 'web-0', returns: 'No'}])
  })
})
