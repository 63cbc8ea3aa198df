import {expect, test} from 'vitest'
import {unreachableVolume} from '../../../src/diagnosis/stateful-set/unreachable-volume.ts'
import {
  claim,
  healthy,
  node,
  pendingPod,
  pinnedTo,
  pod,
  statefulSet,
  storageClass,
  volume,
} from '../../builders.ts'
import {type Facts, idOf, ordinalSubject} from '../subjects.ts'

const HOST = 'kubernetes.io/hostname'
const ZONE = 'topology.kubernetes.io/zone'

/** `web-0` has no Pod; its volume is pinned; these are the nodes. */
function down(
  pin: ReturnType<typeof pinnedTo> | undefined,
  nodes: readonly ReturnType<typeof node>[],
  others: Facts = {},
): Facts {
  return {...healthy(), pods: [], persistentVolumes: [volume({spec: pin ?? {}})], nodes, ...others}
}

const cordoned = node({name: 'node-z', spec: {unschedulable: true}})
const tainted = node({
  name: 'node-z',
  spec: {taints: [{key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule'}]},
})
const both = node({name: 'node-z', spec: {...cordoned.spec, ...tainted.spec}})

test('the node that holds the data is gone', () => {
  expect(unreachableVolume(ordinalSubject(down(pinnedTo(HOST, 'node-z'), [node()])))).toEqual({
    id: 'sched-pv-node-affinity',
    severity: 'error',
    message:
      "Volume pv-data-web-0 is only reachable from node node-z, and no such node exists (ordinal 0 can't come back)",
    object: {kind: 'PersistentVolume', name: 'pv-data-web-0'},
    evidence: ['pv/pv-data-web-0 spec.nodeAffinity allows node node-z'],
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl get nodes'],
      act: [{text: 'bring a fitting node back: the data of pv-data-web-0 is only there', commands: []}],
      risk: '',
      avoid: 'delete the claim: the ordinal would get a new, empty volume, and its data is lost permanently',
      rung: 0,
    },
  })
})

test('the node that holds the data is cordoned', () => {
  expect(unreachableVolume(ordinalSubject(down(pinnedTo(HOST, 'node-z'), [node(), cordoned])))).toMatchObject(
    {
      message:
        "Volume pv-data-web-0 is only reachable from node node-z, which is cordoned (ordinal 0 can't come back)",
      evidence: ['pv/pv-data-web-0 spec.nodeAffinity allows node node-z', 'node/node-z is cordoned'],
      remedy: {
        look: ['kubectl describe node node-z'],
        act: [{commands: ['kubectl uncordon node-z']}],
        risk: 'somebody may be draining that node on purpose: ask first',
        rung: 1,
      },
    },
  )
})

test('all nodes of a zone refuse: one of them is named', () => {
  const nodes = [node({spec: {unschedulable: true}}), node({name: 'node-b', spec: {unschedulable: true}})]
  expect(unreachableVolume(ordinalSubject(down(pinnedTo(ZONE, 'a'), nodes)))?.message).toBe(
    "Volume pv-data-web-0 is only reachable from zone a; node node-a is cordoned, and 1 more node refuses (ordinal 0 can't come back)",
  )
})

test('an uncordon does not help a node that has a taint as well', () => {
  const finding = unreachableVolume(ordinalSubject(down(pinnedTo(HOST, 'node-z'), [both])))
  expect([finding?.evidence[1], finding?.remedy?.look?.[0]]).toEqual([
    'node/node-z is cordoned and has untolerated taint node.kubernetes.io/unreachable:NoSchedule',
    'kubectl describe node node-z',
  ])
  expect(finding).toMatchObject({
    id: 'sched-node-not-ready',
    message:
      "Volume pv-data-web-0 is only reachable from node node-z, which still has taint node.kubernetes.io/unreachable:NoSchedule, though it is ready again (ordinal 0 can't come back)",
  })
})

test('of a node that is being taken away nothing is untainted', () => {
  const leaving = node({
    name: 'node-z',
    spec: {taints: [{key: 'karpenter.sh/disrupted', effect: 'NoSchedule'}]},
  })
  expect(unreachableVolume(ordinalSubject(down(pinnedTo(HOST, 'node-z'), [leaving])))).toMatchObject({
    id: 'sched-node-leaving',
    message:
      "Volume pv-data-web-0 is only reachable from node node-z, which is being taken away by Karpenter (ordinal 0 can't come back)",
    remedy: {look: ['kubectl describe node node-z']},
  })
  const remedy = unreachableVolume(ordinalSubject(down(pinnedTo(HOST, 'node-z'), [leaving])))?.remedy
  expect(JSON.stringify(remedy?.act)).toContain('volume pv-data-web-0 is on node node-z alone')
  expect(remedy?.act?.flatMap(({commands}) => commands)).toEqual([])
})

const pinned = pinnedTo(HOST, 'node-z')
const gone = {metadata: {labels: {app: 'web'}}}
const farAway = volume({name: 'pv-old-web-0', spec: pinned})
const FIRES = 'sched-pv-node-affinity'

test.for<[string, Facts, string | undefined]>([
  ['all nodes of its zone refuse', down(pinnedTo(ZONE, 'a'), [node({spec: {unschedulable: true}})]), FIRES],
  ['one node of its zone would take it', down(pinnedTo(ZONE, 'a'), [cordoned, node()]), undefined],
  ['its node is there and takes Pods', down(pinnedTo(HOST, 'node-a'), [node()]), undefined],
  ['its volume can be reached from anywhere', down(undefined, [cordoned]), undefined],
  ['its Pod waits', down(pinned, [node()], {pods: [pendingPod()]}), FIRES],
  [
    'its Pod is bound to a node that is gone',
    down(pinned, [node()], {pods: [pod({spec: {nodeName: 'node-z'}})]}),
    FIRES,
  ],
  [
    'its Pod runs',
    down(pinned, [node(), node({name: 'node-b'})], {pods: [pod({spec: {nodeName: 'node-b'}})]}),
    undefined,
  ],
  [
    'the Pod template tolerates what the node has',
    down(pinned, [tainted], {
      statefulSets: [
        statefulSet({spec: {template: {spec: {containers: [], tolerations: [{operator: 'Exists'}]}}}}),
      ],
    }),
    undefined,
  ],
  [
    'the Pod template selects other nodes',
    down(pinnedTo(HOST, 'node-a'), [node()], {
      statefulSets: [statefulSet({spec: {template: {spec: {containers: [], nodeSelector: {disk: 'ssd'}}}}})],
    }),
    FIRES,
  ],
  [
    'two volumes are in different places',
    down(pinnedTo(HOST, 'node-a'), [node(), node({name: 'node-z'})], {
      statefulSets: [statefulSet({templates: ['data', 'old']})],
      persistentVolumeClaims: [claim(), claim({name: 'old-web-0'})],
      persistentVolumes: [volume({spec: pinnedTo(HOST, 'node-a')}), farAway],
    }),
    FIRES,
  ],
  [
    'only a claim whose template is gone is far away',
    down(undefined, [node()], {
      persistentVolumeClaims: [claim(), claim({name: 'old-web-0', ...gone})],
      persistentVolumes: [volume(), farAway],
    }),
    undefined,
  ],
  ['nodes were not seen', down(pinned, [], {unseen: ['nodes']}), undefined],
  [
    'volumes were not seen',
    {...down(pinned, [node()]), persistentVolumes: [], unseen: ['persistentVolumes']},
    undefined,
  ],
  [
    'claims were not seen',
    {...down(pinned, [node()]), persistentVolumeClaims: [], unseen: ['persistentVolumeClaims']},
    undefined,
  ],
])('%s', ([, facts, id]) => {
  expect(idOf(unreachableVolume(ordinalSubject(facts)))).toBe(id)
})

test('a condemned ordinal need not come back', () => {
  const facts = down(pinned, [node()], {statefulSets: [statefulSet({replicas: 0})], pods: [pendingPod()]})
  expect(unreachableVolume(ordinalSubject(facts))).toBeUndefined()
})

const twoTemplates = statefulSet({templates: ['data', 'wal']})
const claims = [claim(), claim({name: 'wal-web-0', spec: {volumeName: 'pv-wal-web-0'}})]

function inZones(data: readonly string[], wal: readonly string[], others: Facts = {}): Facts {
  return {
    statefulSets: [twoTemplates],
    persistentVolumeClaims: claims,
    persistentVolumes: [
      volume({spec: pinnedTo(ZONE, ...data)}),
      volume({name: 'pv-wal-web-0', spec: pinnedTo(ZONE, ...wal)}),
    ],
    nodes: [node(), inZone('b')],
    storageClasses: [storageClass()],
    ...others,
  }
}

function inZone(zone: string, labels: Record<string, string> = {}) {
  const name = `node-${zone}`
  return node({name, metadata: {name, labels: {'kubernetes.io/hostname': name, [ZONE]: zone, ...labels}}})
}

test('two volumes of one Pod are in different zones: no node is missing', () => {
  expect(unreachableVolume(ordinalSubject(inZones(['a'], ['b'])))).toMatchObject({
    message:
      "Volumes pv-data-web-0 (zone a) and pv-wal-web-0 (zone b) are in different places, and no node reaches both: StorageClass fast binds Immediate (ordinal 0 can't run)",
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get pvc -n shop data-web-0 wal-web-0', 'kubectl get storageclass fast'],
      rung: 0,
    },
  })
})

const late = storageClass({volumeBindingMode: 'WaitForFirstConsumer'})
const pool = statefulSet({
  spec: {template: {spec: {nodeSelector: {pool: 'db'}, containers: [{name: 'main'}]}}},
})

test.for<[string, Facts, RegExp]>([
  [
    'a class that waits for the Pod is not to blame',
    inZones(['a'], ['b'], {storageClasses: [late]}),
    /reaches both \(ordinal/,
  ],
  [
    'zones that overlap only lack a node',
    inZones(['a', 'c'], ['b', 'c'], {storageClasses: [late]}),
    /no node there fits/,
  ],
  [
    'a volume that was bound where the Pod may not run',
    down(pinnedTo(ZONE, 'b'), [inZone('a', {pool: 'db'}), inZone('b')], {
      statefulSets: [pool],
      storageClasses: [storageClass()],
    }),
    /only reachable from zone b, and the nodes that its selector and affinity allow are in zone a: StorageClass fast binds Immediate/,
  ],
  [
    'a volume that followed its Pod to a node that has other labels now',
    down(pinnedTo(ZONE, 'b'), [inZone('a', {pool: 'db'}), inZone('b')], {
      statefulSets: [pool],
      storageClasses: [late],
    }),
    /node node-b doesn't match/,
  ],
  [
    'a node that was there and is gone',
    down(pinnedTo(HOST, 'node-z'), [node()], {storageClasses: [storageClass()]}),
    /no such node exists \(ordinal 0 can't come back\)$/,
  ],
])('%s', ([, facts, words]) => {
  expect(unreachableVolume(ordinalSubject(facts))?.message).toMatch(words)
})

test('a zone may never have had a node: none can be brought back', () => {
  const facts = down(pinnedTo(ZONE, 'b'), [node()], {storageClasses: [late]})
  expect(unreachableVolume(ordinalSubject(facts))?.remedy?.act).toEqual([
    {text: 'add a node in zone b: the data of pv-data-web-0 is only there', commands: []},
  ])
})
