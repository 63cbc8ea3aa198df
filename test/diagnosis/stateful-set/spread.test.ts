import {expect, test} from 'vitest'
import {claim, claimTemplate, node, pinnedTo, service, storageClass, volume} from '../../builders.ts'
import {cluster, member, namespaceOf, set} from '../sets.ts'
import {ids, type SetFacts, setFindings} from '../subjects-sets.ts'

const HOST = 'kubernetes.io/hostname'
const ZONE = 'topology.kubernetes.io/zone'

/** `a1` is in zone a. */
function host(name: string, parts: object = {}) {
  const labels = {[HOST]: name, [ZONE]: name.slice(0, 1)}
  return node({name, metadata: {name, labels}, ...parts})
}

const SIX = ['a1', 'a2', 'b1', 'b2', 'c1', 'c2'].map((name) => host(name))

interface Given extends SetFacts {
  readonly template?: object
  readonly replicas?: number
  readonly volumeClaimTemplates?: ReturnType<typeof claimTemplate>[]
}

/** A set with an ordinal on each of these nodes. */
function on(
  hosts: readonly string[],
  {template = {}, replicas = hosts.length, volumeClaimTemplates = [], ...others}: Given = {},
) {
  const members = hosts.map((nodeName, ordinal) => member('db', ordinal, 2, {spec: {nodeName}}))
  const spec = {
    template: {metadata: {labels: {app: 'db'}}, spec: {containers: [], ...template}},
    volumeClaimTemplates,
  }
  const made = set('db', {replicas, spec, status: {readyReplicas: hosts.length}})
  const services = [service({name: 'db', namespace: namespaceOf('db')})]
  return cluster('db', made, members, {nodes: SIX, services, ...others})
}

const found = (facts: SetFacts) => ids(setFindings(facts)).filter((id) => id.startsWith('spread-'))
const message = (facts: SetFacts) =>
  setFindings(facts).find(({id}) => id.startsWith('spread-'))?.message ?? ''

test.for<[string, SetFacts, readonly string[]]>([
  ['one in each of three zones', on(['a1', 'b1', 'c1']), []],
  ['2, 2 and 1', on(['a1', 'a2', 'b1', 'b2', 'c1']), []],
  ['2 of 3 in a zone, of three', on(['a1', 'a2', 'b1']), ['spread-zone-majority']],
  ['3 of 5 in a zone, of three', on(['a1', 'a2', 'a1', 'b1', 'c1']), ['spread-zone-majority']],
  ['half of 4 is no majority', on(['a1', 'a2', 'b1', 'b2']), []],
  ['2 of 3, and there are but two zones', on(['a1', 'a2', 'b1'], {nodes: SIX.slice(0, 4)}), []],
  [
    'all 3, and there are two zones',
    on(['a1', 'a2', 'a1'], {nodes: SIX.slice(0, 4)}),
    ['spread-node-majority'],
  ],
  ['all in the only zone', on(['a1', 'a2', 'a3'], {nodes: ['a1', 'a2', 'a3'].map((name) => host(name))}), []],
  ['all on the only node', on(['a1', 'a1', 'a1'], {nodes: [host('a1')]}), []],
  ['2 of 3 on one of two nodes', on(['a1', 'a1', 'a2'], {nodes: [host('a1'), host('a2')]}), []],
  ['2 of 3 on one of three nodes', on(['a1', 'a1', 'b1']), ['spread-node-majority']],
  ['one ordinal', on(['a1']), []],
  ['two in two zones', on(['a1', 'b1']), []],
  ['two in one zone of three', on(['a1', 'a2']), ['spread-zone-majority']],
  ['two on one node', on(['a1', 'a1']), ['spread-node-majority']],
  ['2 of 5 are there, on one node', on(['a1', 'a1'], {replicas: 5}), []],
  ['nodes were not seen', on(['a1', 'a1', 'a1'], {nodes: [], unseen: ['nodes']}), []],
  ['a node of it is gone', on(['a1', 'a2', 'z9']), []],
  ['Pods were not seen', on(['a1', 'a1', 'a1'], {unseen: ['pods']}), []],
])('%s', ([, facts, wanted]) => {
  expect(found(facts)).toEqual(wanted)
})

const CONTROL_PLANE = {spec: {taints: [{key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule'}]}}

test.for<[string, object, object]>([
  ['is tainted', CONTROL_PLANE, {}],
  ['is cordoned', {spec: {unschedulable: true}}, {}],
  ['is not what the template selects', {}, {nodeSelector: {[ZONE]: 'a'}}],
])('a node that %s is no better place', ([, parts, template]) => {
  const nodes = [host('a1'), host('b1', parts), host('c1', parts)]
  expect(found(on(['a1', 'a1', 'a1'], {nodes, template}))).toEqual([])
  expect(found(on(['a1', 'a1', 'a1'], {nodes: [host('a1'), host('b1')]}))).toEqual(['spread-node-majority'])
})

test('a node that stands for many machines is none', () => {
  const virtual = node({
    name: 'a1',
    metadata: {name: 'a1', labels: {[HOST]: 'a1', [ZONE]: 'a', type: 'virtual-kubelet'}},
  })
  expect(found(on(['a1', 'a1', 'b1'], {nodes: [virtual, ...SIX.slice(1)]}))).toEqual(['spread-zone-majority'])
})

test('a node without zone tells nothing of zones', () => {
  const bare = node({name: 'x1', metadata: {name: 'x1', labels: {[HOST]: 'x1'}}})
  expect(found(on(['a1', 'a2', 'x1'], {nodes: [...SIX, bare]}))).toEqual([])
})

/** Each ordinal's volume in the zone of that letter. */
function pinned(hosts: readonly string[], zones: readonly string[], given: Given = {}): SetFacts {
  const names = hosts.map((_, ordinal) => `data-db-${ordinal}`)
  const facts = on(hosts, given)
  const namespace = namespaceOf('db')
  const mounting = (name: string) => ({volumes: [{name: 'data', persistentVolumeClaim: {claimName: name}}]})
  return {
    ...facts,
    pods: hosts.map((nodeName, ordinal) =>
      member('db', ordinal, 2, {spec: {nodeName, ...mounting(names[ordinal] ?? '')}}),
    ),
    persistentVolumeClaims: names.map((name) => claim({name, namespace})),
    persistentVolumes: names.map((name, ordinal) =>
      volume({name: `pv-${name}`, spec: pinnedTo(ZONE, zones[ordinal] ?? '')}),
    ),
  }
}

test('volumes that were not seen may be anywhere', () => {
  const facts = pinned(['a1', 'a2', 'b1'], ['a', 'a', 'b'])
  expect(found({...facts, persistentVolumes: [], unseen: ['persistentVolumes']})).toEqual([])
})

test('volumes count where they are, and do not move', () => {
  expect(found(pinned(['a1', 'b1', 'c1'], ['a', 'b', 'c']))).toEqual([])
  const facts = pinned(['a1', 'a2', 'b1'], ['a', 'a', 'b'])
  const [finding] = setFindings(facts).filter(({id}) => id === 'spread-zone-majority')
  expect(finding?.evidence[0]).toBe('zone a: Pods 2, volumes that only it reaches 2')
  expect(finding?.remedy?.act[0]?.text).toMatch(/^volumes do not move: /)
  expect(finding?.remedy?.avoid).toContain('stays Pending')
})

const constraint = (topologyKey: string, whenUnsatisfiable: string, app = 'db') => ({
  topologySpreadConstraints: [
    {topologyKey, whenUnsatisfiable, maxSkew: 1, labelSelector: {matchLabels: {app}}},
  ],
})

const STAY = /^volumes do not move: a member leaves the (node|zone) only as a new one/
const THREE = ['a1', 'b1', 'c1'].map((name) => host(name))
const FOUR = ['a1', 'b1', 'b2', 'c1'].map((name) => host(name))

test.for<[string, SetFacts, RegExp]>([
  [
    'two in a zone with one node, without a rule',
    pinned(['b1', 'c1', 'b1'], ['b', 'c', 'b'], {nodes: THREE}),
    STAY,
  ],
  [
    'two in a zone with one node, with a rule',
    pinned(['b1', 'c1', 'b1'], ['b', 'c', 'b'], {nodes: THREE, template: constraint(HOST, 'DoNotSchedule')}),
    STAY,
  ],
  [
    'two in a zone with two nodes, without a rule',
    pinned(['b1', 'c1', 'b1'], ['b', 'c', 'b'], {nodes: FOUR}),
    /^let the Pod template have topologySpreadConstraints/,
  ],
  [
    'two in a zone with two nodes, with a rule',
    pinned(['b1', 'c1', 'b1'], ['b', 'c', 'b'], {nodes: FOUR, template: constraint(HOST, 'DoNotSchedule')}),
    /^delete those that are too many there/,
  ],
  [
    'five in a zone with two nodes, and two zones with none',
    pinned(['b1', 'b1', 'b1', 'b2', 'b2'], ['b', 'b', 'b', 'b', 'b'], {nodes: FOUR}),
    STAY,
  ],
])('volumes of %s: what moves a member is told by whether it can go', ([, facts, text]) => {
  const [finding] = setFindings(facts).filter(({id}) => id === 'spread-node-majority')
  expect(finding?.remedy?.act[0]?.text).toMatch(text)
})

const antiAffinity = (topologyKey: string) => ({
  affinity: {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {weight: 100, podAffinityTerm: {topologyKey, labelSelector: {matchLabels: {app: 'db'}}}},
      ],
    },
  },
})

test.for<[object, string]>([
  [{}, 'the Pod template asks for no spread over zones'],
  [
    constraint(ZONE, 'ScheduleAnyway'),
    'topologySpreadConstraints over zones (ScheduleAnyway, maxSkew 1) is a wish, which did not bind the scheduler',
  ],
  [
    constraint(ZONE, 'DoNotSchedule'),
    'topologySpreadConstraints over zones (DoNotSchedule, maxSkew 1) holds only when a Pod is scheduled',
  ],
  [antiAffinity(ZONE), 'podAntiAffinity over zones (preferred) is a wish, which did not bind the scheduler'],
  // of nodes, and of other Pods, it says nothing here
  [constraint(HOST, 'DoNotSchedule'), 'the Pod template asks for no spread over zones'],
  [constraint(ZONE, 'DoNotSchedule', 'other'), 'the Pod template asks for no spread over zones'],
])('the template %j: %s', ([template, wanted]) => {
  expect(message(on(['a1', 'a2', 'b1'], {template}))).toBe(
    `Zone a holds 2 of 3 ordinals of db: losing it leaves 1; ${wanted}`,
  )
})

test('a rule that binds puts them apart when they are scheduled again', () => {
  const facts = on(['a1', 'b1', 'a2'], {template: constraint(ZONE, 'DoNotSchedule')})
  const [finding] = setFindings(facts).filter(({id}) => id === 'spread-zone-majority')
  expect(finding?.remedy?.act[0]?.commands).toEqual(['kubectl delete pod -n ns-db db-2'])
})

test('a rule that allows it lets nobody be scheduled elsewhere, so nobody is deleted', () => {
  const {topologySpreadConstraints} = constraint(ZONE, 'DoNotSchedule')
  const loose = {topologySpreadConstraints: topologySpreadConstraints.map((each) => ({...each, maxSkew: 2}))}
  const facts = on(['a1', 'a2', 'b1'], {template: loose})
  const [finding] = setFindings(facts).filter(({id}) => id === 'spread-zone-majority')
  expect(finding?.message).toContain('(DoNotSchedule, maxSkew 2) allows it')
  expect(finding?.remedy?.act).toEqual([
    {
      text: 'let the topologySpreadConstraint over zones have maxSkew 1: the rollout that follows schedules each Pod again',
      commands: [],
    },
  ])
})

test('Pods that the template wants beside others of a zone cannot be spread over more', () => {
  const beside = {
    affinity: {
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          {topologyKey: ZONE, labelSelector: {matchLabels: {app: 'cache'}}},
        ],
      },
    },
  }
  expect(found(on(['a1', 'a2', 'a1'], {template: beside}))).toEqual(['spread-node-majority'])
  expect(found(on(['a1', 'a2', 'b1'], {template: beside}))).toEqual([])
})

/** A set whose claims are of a class that makes its volumes in these zones. */
function withClass(zones: readonly string[], given: SetFacts = {}): SetFacts {
  const made = storageClass({
    name: 'fast',
    allowedTopologies: [{matchLabelExpressions: [{key: ZONE, values: [...zones]}]}],
  })
  const volumeClaimTemplates = [claimTemplate('data', {storageClassName: 'fast'})]
  return on(['a1', 'a2', 'b1'], {storageClasses: [made], volumeClaimTemplates, ...given})
}

test('a zone where the class makes no volume is no better place', () => {
  expect(found(withClass(['a', 'b', 'c']))).toEqual(['spread-zone-majority'])
  expect(found(withClass(['a', 'b']))).toEqual([])
  expect(found(withClass([], {storageClasses: [], unseen: ['storageClasses']}))).toEqual([])
})

const asking = (requests: object) => ({containers: [{name: 'db', image: 'db:1', resources: {requests}}]})
const sized = (allocatable: Record<string, string>) =>
  ['b1', 'c1'].map((name) => host(name, {status: {allocatable}}))

test.for<[string, object, Record<string, string>, readonly string[]]>([
  ['less than the template requests', {cpu: '2'}, {cpu: '1'}, []],
  ['as much, full as it may be now', {cpu: '2'}, {cpu: '2'}, ['spread-node-majority']],
  ['no such device', {'nvidia.com/gpu': '1'}, {cpu: '8'}, []],
  ['such a device', {'nvidia.com/gpu': '1'}, {'nvidia.com/gpu': '1'}, ['spread-node-majority']],
  ['nothing said of cpu', {cpu: '2'}, {}, ['spread-node-majority']],
])('nodes with %s', ([, requests, allocatable, wanted]) => {
  const nodes = [host('a1'), ...sized(allocatable)]
  expect(found(on(['a1', 'a1', 'a1'], {nodes, template: asking(requests)}))).toEqual(wanted)
})

const LOCAL = storageClass({name: 'local', provisioner: 'kubernetes.io/no-provisioner'})
const prepared = (at: string, spec: object = {}) =>
  volume({
    name: `disk-${at}`,
    spec: {storageClassName: 'local', claimRef: undefined, ...pinnedTo(HOST, at), ...spec} as never,
    status: {phase: 'Available'},
  })

/** A set on a1 whose claims ask for 1Gi of a class without provisioner. */
function onLocal(persistentVolumes: ReturnType<typeof volume>[], given: SetFacts = {}): SetFacts {
  const volumeClaimTemplates = [claimTemplate('data', {storageClassName: 'local'})]
  return on(['a1', 'a1', 'a1'], {storageClasses: [LOCAL], volumeClaimTemplates, persistentVolumes, ...given})
}

test.for<[string, SetFacts, readonly string[]]>([
  ['no volume elsewhere', onLocal([]), []],
  ['a free volume on another node', onLocal([prepared('b1')]), ['spread-node-majority']],
  ['one that is too small', onLocal([prepared('b1', {capacity: {storage: '1Mi'}})]), []],
  ['one that somebody has', onLocal([prepared('b1', {claimRef: {namespace: 'x', name: 'y'}})]), []],
  ['one of another class', onLocal([prepared('b1', {storageClassName: 'other'})]), []],
  ['volumes that were not seen', onLocal([], {unseen: ['persistentVolumes']}), []],
])('where volumes are prepared by hand: %s', ([, facts, wanted]) => {
  expect(found(facts)).toEqual(wanted)
})

test('disks of Azure that are in no zone pin nothing', () => {
  expect(found(pinned(['a1', 'b1', 'c1'], ['', '', '']))).toEqual([])
})
