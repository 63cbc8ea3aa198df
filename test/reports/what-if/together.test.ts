import {describe, expect, test} from 'vitest'
import type {Node, Pod} from '../../../src/model/objects.ts'
import type {Observed} from '../../../src/model/snapshot.ts'
import {pod, statefulSet} from '../../builders.ts'
import {named, nodes, whatIf} from './asking.ts'

const NODE = named('nodes', 'node-a')

/** What each of these Pods on node-a requests of the CPU of its kind of controller. */
type Wish = readonly [kind: 'StatefulSet' | 'ReplicaSet', name: string, cpu: string]

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

  test('near miss: one that no node takes takes none of the room', () => {
    const {returns} = returned(crowd(one, ['ReplicaSet', 'a', '3'], ['StatefulSet', 'b', '5']), 'drain')
    expect(returns).toEqual(['Yes', 'No'])
  })
})
