import {expect, test} from 'vitest'
import {isDaemonPod, podsByNode, targetNode} from '../../src/model/daemon-pods.ts'
import {nameOf, type Pod} from '../../src/model/objects.ts'
import {daemonPod, daemonSet, type PodSpec, pinned, waitingPod} from '../builders-daemon.ts'

type Affinity = NonNullable<PodSpec['affinity']>

function fields(...matchFields: readonly object[]): Affinity {
  const nodeAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{}, {matchFields}]},
  }
  return {nodeAffinity} as Affinity
}

/** A Pod without node; an affinity of undefined is left out. */
function unbound(affinity: Affinity | undefined): Pod {
  return {spec: {containers: [], ...(affinity && {affinity})}}
}

test.for<[string, Pod, string | undefined]>([
  ['a bound Pod is for the node it is bound to', daemonPod('n1', {spec: {affinity: pinned('n2')}}), 'n1'],
  ['a waiting Pod is for the node that it is pinned to', waitingPod('n7', ''), 'n7'],
  [
    'the first pin counts, whatever other fields there are',
    unbound(
      fields(
        {key: 'metadata.name', operator: 'NotIn', values: ['n1']},
        {key: 'spec.x', operator: 'In', values: ['n2']},
        {key: 'metadata.name', operator: 'In', values: ['n3']},
        {key: 'metadata.name', operator: 'In', values: ['n4']},
      ),
    ),
    'n3',
  ],
  ['a pin to two nodes is none', unbound(pinned('n1', 'n2')), undefined],
  ['a pin to no node is none', unbound(pinned()), undefined],
  ['affinity to labels is no pin', unbound(fields()), undefined],
  ['a Pod without affinity is for no node', unbound(undefined), undefined],
  ['an empty object', {}, undefined],
])('%s', ([, pod, expected]) => {
  expect(targetNode(pod)).toBe(expected)
})

const owner = {apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'uid-agent'}

test.for<[string, Pod, boolean]>([
  ['owned and selected', daemonPod('n1'), true],
  [
    'owned, with labels that no longer match',
    daemonPod('n1', {metadata: {...labels({app: 'other'})}}),
    false,
  ],
  [
    'selected, and owned by another set',
    daemonPod('n1', {metadata: owned({...owner, uid: 'u', controller: true})}),
    false,
  ],
  ['selected, and owned by nobody', daemonPod('n1', {metadata: owned()}), false],
  ['owned, and controlled by nobody', daemonPod('n1', {metadata: owned(owner)}), false],
  [
    'of the same set in another namespace',
    daemonPod('n1', {metadata: {...daemonPod('n1').metadata, namespace: 'other'}}),
    false,
  ],
])('a Pod that is %s', ([, pod, expected]) => {
  expect(isDaemonPod(daemonSet(), pod)).toBe(expected)
})

function labels(of: Record<string, string>) {
  return {...daemonPod('n1').metadata, labels: of}
}

function owned(...ownerReferences: readonly object[]) {
  return {...daemonPod('n1').metadata, ownerReferences} as NonNullable<Pod['metadata']>
}

function at(creationTimestamp: string, name: string, others: Parameters<typeof daemonPod>[1] = {}) {
  const made = daemonPod('n1', {...others, name})
  return {...made, metadata: {...made.metadata, creationTimestamp}}
}

test('of the Pods of a node the scheduled ones come first, then the oldest, then by name', () => {
  const early = '2026-05-01T08:00:00Z'
  const late = '2026-05-01T09:00:00Z'
  const waiting = waitingPod('n1', '', {name: 'waiting', metadata: {...at(early, 'waiting').metadata}})
  const pods = [at(late, 'b'), at(late, 'a'), waiting, at(early, 'z')]
  expect(podsByNode(daemonSet(), pods).get('n1')?.map(nameOf)).toEqual(['z', 'a', 'b', 'waiting'])
})

function ended(name: string, phase: string, isDeleted: boolean): Pod {
  const made = daemonPod('n1', {name, status: {phase}})
  const deleted = isDeleted ? {deletionTimestamp: '2026-05-01T11:00:00Z'} : {}
  return {...made, metadata: {...made.metadata, ...deleted}}
}

test('finished Pods that are being deleted do not count, finished or deleted ones do', () => {
  const pods = [
    ended('a', 'Failed', true),
    ended('b', 'Succeeded', true),
    ended('c', 'Failed', false),
    ended('d', 'Running', true),
  ]
  expect(podsByNode(daemonSet(), pods).get('n1')?.map(nameOf)).toEqual(['c', 'd'])
})

test('strangers and Pods without a node are on no node', () => {
  const pods = [
    unbound(pinned('n1', 'n2')),
    daemonPod('n1', {set: 'other'}),
    {...waitingPod('n1', ''), spec: {containers: []}},
    waitingPod('n2', ''),
  ]
  expect([...podsByNode(daemonSet(), pods).keys()]).toEqual(['n2'])
})
