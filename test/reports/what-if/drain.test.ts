import {expect, test} from 'vitest'
import type {Pod} from '../../../src/model/objects.ts'
import type {Observed} from '../../../src/model/snapshot.ts'
import {whatIfQuestion} from '../../../src/reports/what-if/question.ts'
import {pod, snapshot} from '../../builders.ts'
import {daemonPod} from '../../builders-daemon.ts'
import {budget, named, nodes, web, whatIf} from './asking.ts'

const drain = (facts: Partial<Observed>, node = 'node-a', neverReady: readonly string[] = []) =>
  whatIf(facts, {action: 'drain', neverReady}, named('nodes', node))

const fates = (facts: Partial<Observed>, node?: string) =>
  drain(facts, node).pods.map(({name, fate, returns, nodes: where}) => ({name, fate, returns, where}))

/** `web-0` and `web-1` both on node-a. */
const crowded = (facts: Partial<Observed>): Partial<Observed> => ({
  ...facts,
  pods: (facts.pods ?? []).map((each) => ({
    ...each,
    spec: {containers: [], ...each.spec, nodeName: 'node-a'},
  })),
})

test('a Pod without a volume comes back on the other nodes', () => {
  const report = drain(web(3))
  expect(report.end).toMatchObject({state: 'Done'})
  expect(fates(web(3))).toEqual([
    {name: 'web-0', fate: 'Evicted', returns: 'Yes', where: ['node-b', 'node-c']},
  ])
  expect(report.workloads[0]?.ready).toEqual({before: 3, lowest: 2, end: 3, endAtMost: 3})
})

test('a Pod whose disk stays behind does not come back, and the sentence names the disk', () => {
  const {end} = drain(web(3, {pinned: true}))
  expect(end).toEqual({
    state: 'Short',
    message: 'shop/web-0 does not come back: its volume pv-data-web-0 is only reachable from node-a',
    waitsFor: null,
  })
})

test('a budget that allows none refuses for ever, with its numbers', () => {
  const report = drain({...web(3), podDisruptionBudgets: [budget(3, 3)]})
  expect(report.end.state).toBe('Stopped')
  expect(report.end.message).toContain('PodDisruptionBudget shop/web refuses: 3 healthy, and 3 must stay so')
  expect(report.pods[0]?.fate).toBe('Refused')
  expect(report.findings.map(({id}) => id)).toContain('pdb-impossible')
})

test('a budget lets Pods go one after the other, as long as each comes back', () => {
  const facts = {...crowded(web(2)), podDisruptionBudgets: [budget(1, 2)]}
  const report = drain(facts)
  expect(
    report.steps.map(({actions}) => actions.filter(({action}) => action === 'Evict').map(({name}) => name)),
  ).toEqual([['web-0'], ['web-1']])
  expect(report.steps[0]?.choices).toEqual([{action: 'Evict', count: 1, from: ['web-0', 'web-1']}])
  expect(report.end.state).toBe('Done')
})

test('it stops where the first one never becomes ready again', () => {
  const facts = {...crowded(web(2)), podDisruptionBudgets: [budget(1, 2)]}
  const report = drain(facts, 'node-a', ['web-0'])
  expect(report.end.state).toBe('Stopped')
  expect(report.pods.map(({name, fate}) => [name, fate])).toEqual([
    ['web-0', 'Evicted'],
    ['web-1', 'Refused'],
  ])
})

test('two budgets for one Pod are an error that no eviction survives: kubectl says so and goes on', () => {
  const second = {...budget(1, 3), metadata: {name: 'again', namespace: 'shop'}}
  const both = (nodesDrained: readonly string[], budgets = [budget(1, 3), second]) =>
    whatIf(
      {...web(3), podDisruptionBudgets: budgets},
      {action: 'drain', neverReady: []},
      ...nodesDrained.map((name) => named('nodes', name)),
    )
  const report = both(['node-a'])
  expect(report.pods[0]?.message).toContain('more than one PodDisruptionBudget')
  expect(report.end).toMatchObject({
    state: 'Stopped',
    message: expect.stringMatching(/^the drain ends with an error: shop\/web-0 stays, as more than one /),
  })
  const other = {...second, spec: {selector: {matchLabels: {'statefulset.kubernetes.io/pod-name': 'web-0'}}}}
  const facts = web(3)
  const labelled = (facts.pods ?? []).map((each) => ({
    ...each,
    metadata: {
      ...each.metadata,
      labels: {...each.metadata?.labels, 'statefulset.kubernetes.io/pod-name': each.metadata?.name ?? ''},
    },
  }))
  const next = whatIf(
    {...facts, pods: labelled, podDisruptionBudgets: [budget(1, 3), other]},
    {action: 'drain', neverReady: []},
    named('nodes', 'node-a'),
    named('nodes', 'node-b'),
  )
  expect(next.pods.map(({name, fate}) => [name, fate])).toEqual([
    ['web-0', 'Refused'],
    ['web-1', 'Evicted'],
  ])
  // whom one budget refuses is tried for ever, and nobody comes to the next node
  const never = both(['node-a', 'node-b'], [budget(3, 3)])
  expect(never.end.message).toMatch(/^the drain never ends: shop\/web-0 stays/)
  expect(never.pods.map(({fate}) => fate)).toEqual(['Refused', 'Staying'])
})

test('a budget that its controller has not observed refuses', () => {
  const changed = (observedGeneration: number) => {
    const {metadata, status, ...others} = budget(1, 3)
    return {
      ...others,
      metadata: {...metadata, generation: 2},
      status: {...budget(1, 3).status, ...status, observedGeneration},
    } as ReturnType<typeof budget>
  }
  const stale = drain({...web(3), podDisruptionBudgets: [changed(1)]})
  expect(stale.end).toMatchObject({
    state: 'Stopped',
    message:
      'the drain never ends: shop/web-0 stays, as PodDisruptionBudget shop/web refuses until its controller has observed its newest generation',
  })
  expect(drain({...web(3), podDisruptionBudgets: [changed(2)]}).end.state).toBe('Done')
})

test('a Pod that is not ready may go where its budget says so, or where the others suffice', () => {
  const facts = web(3)
  const unready = (facts.pods ?? []).map((each, index) =>
    index === 0 ? {...each, status: {...each.status, conditions: [{type: 'Ready', status: 'False'}]}} : each,
  )
  const with_ = (desired: number, policy?: string) => ({
    ...facts,
    pods: unready,
    podDisruptionBudgets: [
      {
        ...budget(desired, 2),
        spec: {...budget(desired, 2).spec, ...(policy && {unhealthyPodEvictionPolicy: policy})},
      },
    ],
  })
  expect(drain(with_(3)).pods[0]?.fate).toBe('Refused')
  expect(drain(with_(2)).pods[0]?.fate).toBe('Evicted')
  expect(drain(with_(3, 'AlwaysAllow')).pods[0]?.fate).toBe('Evicted')
})

test('daemons stay, a bare Pod goes for good, and the command has the flags that kubectl asks for', () => {
  const bare: Pod = {
    ...pod({
      name: 'alone',
      metadata: {name: 'alone', namespace: 'shop', uid: 'uid-alone', ownerReferences: []},
    }),
    spec: {nodeName: 'node-a', containers: [], volumes: [{name: 'cache', emptyDir: {}}]},
  }
  const report = drain({...web(1), nodes, pods: [bare, daemonPod('node-a')]})
  expect(report.command?.text).toBe('kubectl drain node-a --delete-emptydir-data --force --ignore-daemonsets')
  expect(report.pods.map(({fate, returns}) => [fate, returns])).toEqual([
    ['Evicted', 'Never'],
    ['Left', null],
  ])
  expect(report.losses.map(({message}) => message)).toEqual([
    'what alone keeps in its emptyDir volumes goes with it: cache',
    'nobody would create alone again: it has no controller',
  ])
})

test('on a node that does not answer an evicted Pod stays, and the drain never ends', () => {
  const facts = web(3)
  const silent = (facts.nodes ?? []).map((node) =>
    node.metadata?.name === 'node-a'
      ? {...node, status: {conditions: [{type: 'Ready', status: 'Unknown'}]}}
      : node,
  )
  const report = drain({...facts, nodes: silent})
  expect(report.end).toMatchObject({state: 'Stopped'})
  expect(report.end.message).toContain('web-0 stays Terminating, as node-a does not answer')
})

/** `web-0` alone, of a Job, with such finalizers. */
const kept = (...finalizers: readonly string[]): Partial<Observed> => ({
  nodes,
  pods: [
    pod({
      metadata: {
        name: 'web-0',
        namespace: 'shop',
        uid: 'uid-web-0',
        finalizers: [...finalizers],
        ownerReferences: [{apiVersion: 'batch/v1', kind: 'Job', name: 'j', uid: 'j', controller: true}],
      },
      spec: {volumes: []},
    }),
  ],
})

test('the Job controller takes its own finalizer away, and whether it tries again was not read', () => {
  const report = drain(kept('batch.kubernetes.io/job-tracking'))
  expect(report.pods).toMatchObject([{fate: 'Evicted', message: 'whether it comes back is up to its Job'}])
  expect(report.end.state).toBe('Unknown')
})

test('another finalizer keeps a Pod, and the node is not blamed', () => {
  const report = drain(kept('batch.kubernetes.io/job-tracking', 'mine/keep'))
  expect(report.end).toMatchObject({
    state: 'Stopped',
    message: 'the drain never ends: web-0 stays Terminating, as finalizer mine/keep keeps it',
  })
  expect(report.pods).toMatchObject([
    {fate: 'Terminating', message: expect.stringMatching(/^finalizer mine\/keep keeps it: /)},
  ])
})

test('of ordinals that leave side by side it is chance whether the upper one is created again', () => {
  const facts = crowded(web(2, {pinned: true}))
  expect(fates(facts).map(({name, returns}) => [name, returns])).toEqual([
    ['web-0', 'No'],
    ['web-1', 'Maybe'],
  ])
})

test('where volumes may not be seen, it is unknown who comes back', () => {
  const {persistentVolumes: _, ...facts} = web(3, {pinned: true})
  const unseen = snapshot(facts, ['persistentVolumes'])
  const report = whatIfQuestion({action: 'drain', neverReady: []}).build(unseen, {
    names: [named('nodes', 'node-a')],
  })
  expect(report.end.state).toBe('Unknown')
  expect(report.assumptions).toContain(
    'persistentvolumes could not be read: what they would tell is <unknown>',
  )
})
