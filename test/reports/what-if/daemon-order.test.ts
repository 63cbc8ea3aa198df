import {expect, test} from 'vitest'
import {claim, node} from '../../builders.ts'
import {daemonPod, daemonSet, OLD, rollingUpdate} from '../../builders-daemon.ts'
import {named, whatIf} from './asking.ts'

const NODES = ['a', 'b', 'c', 'd']

function cacheOf(on: string) {
  const {metadata} = daemonPod(on, {hash: OLD})
  const owner = {apiVersion: 'v1', kind: 'Pod', name: `agent-${on}`, uid: metadata?.uid ?? ''}
  return claim({name: `cache-${on}`, metadata: {ownerReferences: [owner]}})
}

/** `owning`: each Pod owns a claim. */
function update(limits: Parameters<typeof rollingUpdate>[0], neverReady: readonly string[], owning = false) {
  const facts = {
    nodes: NODES.map((name) => node({name})),
    daemonSets: [daemonSet({strategy: rollingUpdate(limits)})],
    pods: NODES.map((name) => daemonPod(name, {hash: OLD})),
    ...(owning && {persistentVolumeClaims: NODES.map(cacheOf)}),
  }
  const change = {action: 'update', partition: undefined, maxUnavailable: undefined, neverReady} as const
  return whatIf(facts, change, named('daemonSets', 'agent'))
}

const one = {maxUnavailable: 1}
const WAITS = 'then it waits for agent-a-<new> on a to become ready'

test.each([
  [
    one,
    ['a'],
    `1 to 4 Pods are replaced, in an order that nobody knows; ${WAITS}; up to 3 Pods of the old revision stay`,
  ],
  [{maxUnavailable: 2}, ['a'], `4 Pods are replaced; ${WAITS}`],
  [
    one,
    ['a', 'agent-c'],
    '1 to 3 Pods are replaced, in an order that nobody knows; then it waits for room: maxUnavailable 1 is used up by one of a, c; 1 to 3 Pods of the old revision stay',
  ],
  [
    one,
    NODES,
    '1 Pod is replaced; then it waits for room: maxUnavailable 1 is used up by one of a, b, c, d; 3 Pods of the old revision stay',
  ],
  [
    {maxSurge: 1, maxUnavailable: 0},
    NODES,
    '0 Pods are replaced; then it waits for room: maxSurge 1 is used up by one of a, b, c, d; 4 Pods of the old revision stay: agent-a, agent-b and 2 more',
  ],
  [
    {maxSurge: 2, maxUnavailable: 0},
    ['a'],
    `3 Pods are replaced; ${WAITS}; 1 Pod of the old revision stays: agent-a`,
  ],
])('%o, and those of %o never become ready', (limits, neverReady, message) => {
  expect(update(limits, neverReady).end).toMatchObject({state: 'Stopped', message})
})

test('the rounds tell how many, and of none that he is first', () => {
  const from = NODES.map((name) => `agent-${name}`)
  const {steps, workloads, end} = update(one, ['a', 'c'])
  expect(steps).toMatchObject([
    {actions: [], choices: [{action: 'Delete', count: 1, from, total: {least: 1, most: 3}}]},
  ])
  expect(end.waitsFor).not.toHaveProperty('nodeName')
  expect(workloads[0]?.ready).toEqual({before: 4, lowest: 3, end: 3, endAtMost: 3})
})

test('where all work each has its turn', () => {
  const [step] = update(one, []).steps
  expect(step).toMatchObject({times: 4, choices: [{count: 1}]})
  expect(step?.choices[0]).not.toHaveProperty('total')
})

const IF = ', if its Pod is one of those that are replaced'

test.each([
  [one, ['a'], NODES, true],
  [{maxSurge: 1, maxUnavailable: 0}, ['a'], ['b', 'c', 'd'], true],
  [one, [], NODES, false],
  [{maxUnavailable: 2}, ['a'], NODES, false],
])('what goes with a Pod is gone if that Pod is: %o, %o', (limits, neverReady, places, isOpen) => {
  const {losses} = update(limits, neverReady, true)
  expect(losses.map(({name}) => name).toSorted()).toEqual(places.map((name) => `cache-${name}`))
  expect(new Set(losses.map(({message}) => message.endsWith(IF)))).toEqual(new Set([isOpen]))
})
