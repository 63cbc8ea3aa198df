import {expect, test} from 'vitest'
import {unreachableVolume} from '../../../src/diagnosis/stateful-set/unreachable-volume.ts'
import {claim, healthy, node, pendingPod, pinnedTo, pod, statefulSet, volume} from '../../builders.ts'
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
      "Ordinal 0 can't come back: volume pv-data-web-0 is only reachable from node node-z, and no such node exists",
    object: {kind: 'PersistentVolume', name: 'pv-data-web-0'},
    evidence: ['pv/pv-data-web-0 spec.nodeAffinity allows node node-z'],
    selfHealing: 'maybe',
    remedy: {
      commands: ['kubectl get nodes'],
      advice: 'bring a fitting node back: the data of pv-data-web-0 is only there',
      danger: 'deleting the claim would give the ordinal a new, empty volume, and give this data up for ever',
      rung: 0,
    },
  })
})

test('the node that holds the data is cordoned', () => {
  expect(unreachableVolume(ordinalSubject(down(pinnedTo(HOST, 'node-z'), [node(), cordoned])))).toMatchObject(
    {
      message:
        "Ordinal 0 can't come back: volume pv-data-web-0 is only reachable from node node-z, which is cordoned",
      evidence: ['pv/pv-data-web-0 spec.nodeAffinity allows node node-z', 'node/node-z is cordoned'],
      remedy: {
        commands: ['kubectl uncordon node-z'],
        danger: 'somebody may be draining that node on purpose: ask first',
        rung: 1,
      },
    },
  )
})

test('all nodes of a zone refuse: one of them is named', () => {
  const nodes = [node({spec: {unschedulable: true}}), node({name: 'node-b', spec: {unschedulable: true}})]
  expect(unreachableVolume(ordinalSubject(down(pinnedTo(ZONE, 'a'), nodes)))?.message).toBe(
    "Ordinal 0 can't come back: volume pv-data-web-0 is only reachable from zone a; node node-a is cordoned (and 1 more node refuses)",
  )
})

test('an uncordon does not help a node that has a taint as well', () => {
  const finding = unreachableVolume(ordinalSubject(down(pinnedTo(HOST, 'node-z'), [both])))
  expect([finding?.evidence[1], finding?.remedy?.commands[0]]).toEqual([
    'node/node-z is cordoned and has untolerated taint node.kubernetes.io/unreachable:NoSchedule',
    'kubectl get nodes',
  ])
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
