import {expect, test} from 'vitest'
import {judgePod} from '../../../../src/diagnosis/pod/judge.ts'
import type {Node, Pod} from '../../../../src/model/objects.ts'
import {relate} from '../../../../src/model/relations.ts'
import {node, pod, snapshot} from '../../../builders.ts'
import {daemonSet, waitingPod} from '../../../builders-daemon.ts'

const AFFINITY = "0/4 nodes are available: 4 node(s) didn't match Pod's node affinity/selector."
const PORTS = "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports."
const CPU = '0/1 nodes are available: 1 Insufficient cpu.'
const FULL = '0/1 nodes are available: 1 Too many pods.'

function judged(
  waiting: Pod,
  others: readonly Pod[] = [],
  {set = daemonSet(), nodes = [] as readonly Node[]} = {},
) {
  return judgePod(waiting, relate(snapshot({daemonSets: [set], pods: [waiting, ...others], nodes})))
}

function asking(cpu: string, more: Partial<NonNullable<Pod['spec']>> = {}) {
  return {containers: [{name: 'main', resources: {requests: {cpu}}}], ...more}
}

function ports(hostPort: number) {
  return {containers: [{name: 'main', ports: [{containerPort: 80, hostPort}]}]}
}

test('a Pod that asks for more than its template does', () => {
  expect(judged(waitingPod('n1', AFFINITY, {spec: {nodeSelector: {team: 'shop'}}}))).toMatchObject({
    id: 'ds-pod-beyond-template',
    message:
      'Admission made the Pod ask for team=shop, which the labels of node n1 do not fit (agent-n1 is pending)',
    remedy: {look: ['kubectl get namespace shop -o yaml']},
  })
})

test('an affinity that a webhook added, beside the name of the node', () => {
  const matchFields = [{key: 'metadata.name', operator: 'In', values: ['n1']}]
  const matchExpressions = [{key: 'pool', operator: 'In', values: ['a']}]
  const required = {nodeSelectorTerms: [{matchFields, matchExpressions}]}
  const affinity = {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: required}}
  expect(judged(waitingPod('n1', AFFINITY, {spec: {affinity}}))?.message).toContain(
    'Admission made the Pod ask for pool In [a]',
  )
})

test('the kubelet refuses what admission made of the Pod', () => {
  const failed = pod({
    spec: {nodeName: 'n1', nodeSelector: {team: 'shop'}},
    status: {phase: 'Failed', reason: 'NodeAffinity'},
  })
  const {metadata} = waitingPod('n1', '')
  const refused: Pod = {...failed, metadata: {...metadata}}
  expect(judged(refused)?.id).toBe('ds-pod-beyond-template')
  expect(judged(refused, [], {set: daemonSet({template: {nodeSelector: {team: 'shop'}}})})?.id).toBe(
    'node-admit-affinity',
  )
})

test.for<[string, Pod, ReturnType<typeof daemonSet>]>([
  [
    'its template asks for the same',
    waitingPod('n1', AFFINITY, {spec: {nodeSelector: {a: 'b'}}}),
    daemonSet({template: {nodeSelector: {a: 'b'}}}),
  ],
  ['it asks for nothing more', waitingPod('n1', AFFINITY), daemonSet()],
  [
    'its set was not seen',
    waitingPod('n1', AFFINITY, {spec: {nodeSelector: {a: 'b'}}}),
    daemonSet({name: 'other'}),
  ],
])('the labels of the node alone do not fit where %s', ([, waiting, set]) => {
  expect(judged(waiting, [], {set})?.id).toBe('sched-node-affinity')
})

const holder = pod({name: 'legacy', spec: {nodeName: 'n1', ...ports(80)}})

test('who has the host port', () => {
  const finding = judged(waitingPod('n1', PORTS, {spec: ports(80)}), [holder])
  expect(finding).toMatchObject({
    id: 'sched-host-port',
    message: 'Host port 80/TCP is held by Pod legacy of StatefulSet web on node n1 (agent-n1 is pending)',
    blames: [
      {kind: 'Node', name: 'n1'},
      {kind: 'Pod', namespace: 'shop', name: 'legacy'},
    ],
    remedy: {look: ['kubectl get pod -n shop legacy -o yaml']},
  })
})

test('who has another port, or one of another node, is not named', () => {
  const elsewhere = pod({name: 'legacy', spec: {nodeName: 'n2', ...ports(80)}})
  const another = pod({name: 'legacy', spec: {nodeName: 'n1', ...ports(81)}})
  const finding = judged(waitingPod('n1', PORTS, {spec: ports(80)}), [elsewhere, another])
  expect(finding?.message).toBe('A host port of the Pod is taken on node n1 (agent-n1 is pending)')
})

const four = node({name: 'n1', status: {allocatable: {cpu: '4', pods: '2'}}})
const member = (name: string, cpu: string, priority = 0) =>
  pod({name, spec: {nodeName: 'n1', ...asking(cpu, {priority})}})

test('requested, free and total room, and who has it at no lower priority', () => {
  const others = [member('a', '2'), member('b', '1500m', 100), member('c', '250m', -1)]
  const finding = judged(waitingPod('n1', CPU, {spec: asking('500m')}), others, {nodes: [four]})
  expect(finding?.message).toContain('CPU is free on node n1: 500m requested, 250m of 4 free')
  expect(finding?.evidence).toContain(
    'most of it is held, at the same or a higher priority, by shop/a (2), shop/b (1500m)',
  )
})

test('where the Pods that were seen leave room enough, not all of them were seen', () => {
  const finding = judged(waitingPod('n1', CPU, {spec: asking('500m')}), [member('a', '1')], {nodes: [four]})
  expect(finding?.message).toContain('CPU is free on node n1: 500m requested, 4 in all')
})

test('a node that has as many Pods as it takes', () => {
  const finding = judged(waitingPod('n1', FULL), [member('a', '0'), member('b', '0', 9)], {nodes: [four]})
  expect(finding?.message).toContain('The limit of Pods is reached on node n1: 2 of 2')
  expect(finding?.evidence).toContain('2 of its 2 Pods are of the same or a higher priority')
})

test.for<[string, string]>([
  ['Preempted by pod uid-strong on node n1', 'strong'],
  ['Preempted by shop/strong on node n1', 'strong'],
  ['Preempted by pod uid-gone on node n1', 'Pod of higher priority'],
])('who took the room: %s', ([message, text]) => {
  const conditions = [{type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler'}]
  const victim = pod({name: 'weak', spec: {nodeName: 'n1'}, status: {phase: 'Failed', conditions}})
  const strong = pod({name: 'strong', metadata: {uid: 'uid-strong'}, spec: {nodeName: 'n1'}})
  const involvedObject = {kind: 'Pod', namespace: 'shop', name: 'weak'}
  const events = [
    {metadata: {}, involvedObject, reason: 'Preempted', message, lastTimestamp: '2026-05-01T11:59:00Z'},
  ]
  const finding = judgePod(victim, relate(snapshot({pods: [victim, strong], events})))
  expect(finding?.id).toBe('preempted-by-scheduler')
  expect(finding?.message).toContain(text)
  expect(finding?.message).toContain('on node n1')
})
