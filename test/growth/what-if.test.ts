import {afterAll, beforeAll, expect, test} from 'vitest'
import type {Pod} from '../../src/model/objects.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import type {Change} from '../../src/reports/what-if/change.ts'
import {whatIfQuestion} from '../../src/reports/what-if/question.ts'
import {claim, node, pod, snapshot, statefulSet, volume} from '../builders.ts'
import {callsDuring, countCalls} from './calls.ts'
import {exponent} from './counting.ts'

const FACTORS = [1, 4]
/** More than 1, and far from 2: with more Pods before it, each looks at more of the nodes, of which there are no more. */
const LINEAR = 1.35
const NODES = 200
const PODS = 40
const DRIVER = 'csi.test'

type Spec = NonNullable<Pod['spec']>

const apart: Spec['affinity'] = {
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      {labelSelector: {matchLabels: {app: 'web'}}, topologyKey: 'kubernetes.io/hostname'},
    ],
  },
}

interface Shape {
  readonly spec: Partial<Spec>
  readonly kind?: 'ReplicaSet'
  readonly hasVolumes?: true
}

const SHAPES: Readonly<Record<string, Shape>> = {
  'Pods of a ReplicaSet': {spec: {}, kind: 'ReplicaSet'},
  'ordinals side by side': {spec: {}},
  'ordinals that keep apart': {spec: {affinity: apart}},
  'ordinals with a driver’s volumes': {spec: {}, hasVolumes: true},
}

/** So many Pods on one node, which can go to any of many others. */
function clusterOf({spec, kind = undefined, hasVolumes}: Shape, count: number): ClusterSnapshot {
  const containers = [{name: 'main', resources: {requests: {cpu: '10m'}}}]
  const ordinals = Array.from({length: count}, (_, ordinal) => ordinal)
  const owner = {apiVersion: 'apps/v1', kind: kind ?? '', name: 'web', uid: 'uid-web', controller: true}
  const metadata = (name: string) =>
    kind && {metadata: {name, namespace: 'shop', uid: name, labels: {app: 'web'}, ownerReferences: [owner]}}
  const nodes = Array.from({length: NODES}, (_, index) =>
    node({name: `node-${index}`, status: {allocatable: {cpu: '64', pods: '1000'}}}),
  )
  const set = statefulSet({
    replicas: count,
    templates: hasVolumes ? ['data'] : [],
    spec: {
      podManagementPolicy: 'Parallel',
      template: {metadata: {labels: {app: 'web'}}, spec: {...spec, containers}},
    },
  })
  const status = {replicas: count, currentRevision: 'web-1', updateRevision: 'web-1'}
  return snapshot({
    nodes,
    statefulSets: kind ? [] : [{...set, status}],
    pods: ordinals.map((ordinal) => {
      const name = `web-${ordinal}`
      const own = pod({name, ...metadata(name)})
      const {volumes = []} = own.spec ?? {}
      return {
        ...own,
        spec: {...spec, nodeName: 'node-0', containers, volumes: hasVolumes ? volumes : []},
      }
    }),
    persistentVolumeClaims: hasVolumes ? ordinals.map((each) => claim({name: `data-web-${each}`})) : [],
    persistentVolumes: hasVolumes ? ordinals.map((each) => volume({name: `pv-data-web-${each}`})) : [],
    csiNodes: hasVolumes
      ? nodes.map(({metadata: {name = ''} = {}}) => ({
          metadata: {name},
          spec: {drivers: [{name: DRIVER, allocatable: {count: 500}}]},
        }))
      : [],
  })
}

let counting: Awaited<ReturnType<typeof countCalls>>

beforeAll(async () => {
  counting = await countCalls()
})

afterAll(() => counting.stop())

const DRAIN: Change = {action: 'drain', neverReady: []}

/** Nodes are as many as before: each Pod looks at a hundred of them. */
test.for(Object.entries(SHAPES))(
  '%s that leave a node: each is as much work as the one before',
  async ([, shape]) => {
    const works: number[] = []
    for (const factor of FACTORS) {
      const cluster = clusterOf(shape, PODS * factor)
      const ask = () => whatIfQuestion(DRAIN).build(cluster, {names: [{resource: 'nodes', name: 'node-0'}]})
      expect(ask().end.state).toBe('Done')
      const calls = await callsDuring(counting, () => void ask())
      works.push([...calls.values()].reduce((sum, each) => sum + each, 0))
    }
    expect(exponent(works, FACTORS.at(-1) ?? 1)).toBeLessThan(LINEAR)
  },
)
