import {expect, test} from 'vitest'
import {nodeNetwork} from '../../../src/diagnosis/node/network.ts'
import type {Node} from '../../../src/model/objects.ts'
import {relate} from '../../../src/model/relations.ts'
import type {Observed, ResourceKey} from '../../../src/model/snapshot.ts'
import {snapshot} from '../../builders.ts'
import {daemonPod, daemonSet, EVERYTHING, tainted, unreadyPod} from '../../builders-daemon.ts'

const NO_CNI =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized'

function without(
  message: string,
  {status = 'False', since = '2026-05-01T11:00:00Z', taints = [] as string[]} = {},
): Node {
  const condition = {type: 'Ready', status, reason: 'KubeletNotReady', message, lastTransitionTime: since}
  return {...tainted('n1', taints), status: {conditions: [condition]}}
}

const plugin = daemonSet({name: 'acme-cni', template: {tolerations: [...EVERYTHING]}})
const picky = daemonSet({name: 'acme-cni'})
const mine = {set: 'acme-cni'}

function found(node: Node, facts: Partial<Observed>, unseen: readonly ResourceKey[] = []) {
  return nodeNetwork(node, relate(snapshot({nodes: [node], ...facts}, unseen)))
}

test('the plugin leaves the node out', () => {
  const node = without(NO_CNI, {taints: ['dedicated=db:NoSchedule']})
  const other = tainted('n2')
  expect(found(node, {daemonSets: [picky], nodes: [node, other]})).toMatchObject({
    id: 'network-not-ready',
    object: {kind: 'Node', name: 'n1'},
    message: expect.stringContaining(
      'DaemonSet shop/acme-cni, its network plugin, is kept off n1: untolerated taint dedicated=db:NoSchedule',
    ) as string,
    since: '2026-05-01T11:00:00Z',
  })
})

test('the plugin is wanted nowhere', () => {
  const node = without(NO_CNI, {taints: ['dedicated=db:NoSchedule']})
  expect(found(node, {daemonSets: [picky]})).toMatchObject({id: 'ds-wanted-nowhere', severity: 'error'})
})

test('the plugin is ready there, or nobody knows which it is', () => {
  const node = without(NO_CNI)
  const ready = found(node, {daemonSets: [plugin], pods: [daemonPod('n1', mine)]})
  expect(ready?.message).toContain('has Pod acme-cni-n1 on n1, which is ready')
  expect(found(node, {})?.message).toContain('no DaemonSet is known to be its network plugin')
  expect(found(node, {}, ['daemonSets'])?.id).toBe('network-not-ready')
})

test.for<[string, Node, Partial<Observed>]>([
  [
    'its Pod there fails, which is said by itself',
    without(NO_CNI),
    {daemonSets: [plugin], pods: [unreadyPod('n1', {reason: 'CrashLoopBackOff'}, mine)]},
  ],
  ['its Pod there is missing, which is said by itself', without(NO_CNI), {daemonSets: [plugin]}],
  ['the node is ready', tainted('n1'), {}],
  ['the kubelet is silent', without('Kubelet stopped posting node status.', {status: 'Unknown'}), {}],
  ['the node is not ready for another reason', without('PLEG is not healthy'), {}],
  ['it has only just begun', without(NO_CNI, {since: '2026-05-01T11:59:40Z'}), {}],
])('nothing of the network where %s', ([, node, facts]) => {
  expect(found(node, facts)).toBeUndefined()
})
