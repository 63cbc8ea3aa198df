import {expect, test} from 'vitest'
import {scheduling} from '../../../src/diagnosis/pod/scheduling/scheduling.ts'
import {claim, node, pendingPod, pinnedTo, pod, storageClass, volume} from '../../builders.ts'
import {adviceOf} from '../remedies.ts'
import type {Facts} from '../subjects.ts'
import {ofPod} from './volumes-subject.ts'

const ZONE = 'topology.kubernetes.io/zone'
const HOST = 'kubernetes.io/hostname'
const PLACE = "1 node(s) didn't match PersistentVolume's node affinity"

function inZone(zone: string) {
  const name = `node-${zone}`
  return node({name, metadata: {name, labels: {[HOST]: name, [ZONE]: zone}}})
}

function rule(kind: 'podAffinity' | 'podAntiAffinity', topologyKey: string) {
  const term = {topologyKey, labelSelector: {matchLabels: {app: 'cache'}}}
  return {affinity: {[kind]: {requiredDuringSchedulingIgnoredDuringExecution: [term]}}}
}

function cache(zone: string, namespace = 'shop', labels: Record<string, string> = {app: 'cache'}) {
  return pod({
    name: 'cache-1',
    namespace,
    metadata: {name: 'cache-1', namespace, labels},
    spec: {nodeName: `node-${zone}`, volumes: []},
  })
}

function refused(
  text: string,
  affinity: ReturnType<typeof rule>,
  others: Facts['pods'] = [],
  spec = pinnedTo(ZONE, 'c'),
): Facts {
  const message = `0/2 nodes are available: 1 node(s) ${text}, ${PLACE}.`
  const conditions = [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message}]
  return {
    pods: [pendingPod({spec: affinity, status: {conditions}}), ...others],
    nodes: [inZone('b'), inZone('c')],
    persistentVolumeClaims: [claim()],
    persistentVolumes: [volume({spec})],
    storageClasses: [storageClass({volumeBindingMode: 'WaitForFirstConsumer'})],
  }
}

const BESIDE = "didn't match pod affinity rules"
const APART = "didn't match pod anti-affinity rules"

test('the Pod to run beside is where the volume is not', () => {
  expect(ofPod(scheduling, refused(BESIDE, rule('podAffinity', ZONE), [cache('b')]))).toMatchObject({
    id: 'sched-pod-affinity',
    message:
      'The Pod must run beside Pod cache-1, which is in zone b (podAffinity), and its volume pv-data-web-0 is only reachable from zone c (web-0 is pending)',
    remedy: {
      look: ['kubectl get pod -n shop cache-1 -o wide', 'kubectl describe pod -n shop web-0'],
      act: [
        {text: "if Pod cache-1 is free to move, let it run in zone c as well: the volume can't move"},
        {text: 'prefer instead of require in the podAffinity of the template'},
      ],
    },
  })
})

test.for<[string, Facts, RegExp]>([
  [
    'it runs in another namespace',
    refused(BESIDE, rule('podAffinity', ZONE), [cache('b', 'other')]),
    /^No Pod that this one must run beside/,
  ],
  [
    'another one is meant',
    refused(BESIDE, rule('podAffinity', ZONE), [cache('b', 'shop', {app: 'x'})]),
    /^No Pod that this one must run beside/,
  ],
  [
    'one is where the volume is, too',
    refused(BESIDE, rule('podAffinity', ZONE), [
      cache('b'),
      {...cache('c'), metadata: {...cache('c').metadata, name: 'cache-2'}},
    ]),
    /^No Pod that this one must run beside/,
  ],
  ['none is there', refused(BESIDE, rule('podAffinity', ZONE)), /^No Pod that this one must run beside/],
  [
    'the one that keeps it away is elsewhere',
    refused(APART, rule('podAntiAffinity', ZONE), [cache('b')]),
    /^A Pod that this one must not run beside/,
  ],
])('nobody is named where %s', ([, facts, words]) => {
  expect(ofPod(scheduling, facts)?.message).toMatch(words)
})

test.for<[string, Facts, RegExp]>([
  [
    'a zone that is the only one of the volume takes no other node',
    refused(APART, rule('podAntiAffinity', ZONE), [cache('c')]),
    /^no other node helps, since the volume is only in zone c/,
  ],
  [
    'in the zone of the volume a node is wanted',
    refused(APART, rule('podAntiAffinity', HOST), [cache('c')]),
    /^add a node in zone c/,
  ],
  [
    'a disk of that node helps nobody elsewhere',
    refused(APART, rule('podAntiAffinity', HOST), [cache('c')], pinnedTo(HOST, 'node-c')),
    /^no other node helps, since the volume is only in node node-c/,
  ],
])('kept away by a Pod there: %s', ([, facts, advice]) => {
  expect(adviceOf(ofPod(scheduling, facts))).toMatch(advice)
})
