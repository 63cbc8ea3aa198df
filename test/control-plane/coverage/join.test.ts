import type {V1DaemonSet, V1PodList} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes, node} from '../situations/nodes.ts'
import {untilPods} from '../situations/waits.ts'
import {daemonSet} from '../situations/workloads.ts'
import {clockAhead} from '../tools/clock-ahead.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'
import {type Coverage, coverageOf, foundIn, nodeOf, only, states} from './plugin.ts'

describeControlPlane('coverage while a node joins', () => {
  let controlPlane: ControlPlane
  let coverage: Coverage
  let coverageLater: Coverage

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    const plugin = installPlugin(controlPlane)
    coverage = coverageOf(plugin)
    coverageLater = coverageOf(plugin, clockAhead(10))
    await addNodes(controlPlane, [node('old')])
    await controlPlane.createNamespace('joining')
    await controlPlane.apply(daemonSet({namespace: 'joining'}))
    await untilPods(controlPlane, 'joining', 1)
    const read = () => controlPlane.get<V1DaemonSet>('/apis/apps/v1/namespaces/joining/daemonsets/agent')
    await until('the controller says so', read, ({status}) => status?.numberAvailable === 1)
    await controlPlane.stopComponent('kube-controller-manager')
    await controlPlane.apply(node('new'))
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const report = () => coverage.report('-n', 'joining')

  test('shows it Excluded as long as it has not been ready', async () => {
    const seen = await report()
    expect(states(seen)).toEqual(['new Excluded', 'old Running'])
    expect(nodeOf(seen, 'new')).toMatchObject({
      shouldRun: false,
      shouldContinueRunning: true,
      rule: {kind: 'Taint', detail: 'untolerated taint node.kubernetes.io/not-ready:NoSchedule'},
    })
  })

  test('shows it Missing before the controller has created the Pod, which only its own counters know', async () => {
    // As the node-lifecycle controller does, which is stopped too.
    await controlPlane.request('PATCH', '/api/v1/nodes/new', {spec: {taints: []}})
    const seen = await report()
    expect(states(seen)).toEqual(['new Missing', 'old Running'])
    expect(nodeOf(seen, 'new')).toMatchObject({shouldRun: true, updated: null, rule: null, pods: []})
    expect(foundIn(seen)).toContain('info ds-node-missing-pod agent')
    expect(only(seen)).toMatchObject({
      desiredNumberScheduled: 2,
      currentNumberScheduled: 1,
      numberUnavailable: 1,
      updatedNumberScheduled: 1,
      reported: {desiredNumberScheduled: 1, currentNumberScheduled: 1, numberUnavailable: 0},
      differing: ['desiredNumberScheduled', 'numberUnavailable'],
    })
  })

  test('prints both counters where the status is behind', async () => {
    const text = await coverage.text('-n', 'joining')
    expect(table(text)).toMatchObject([
      {DAEMONSET: 'agent', DESIRED: '2 (1)', CURRENT: '1', READY: '1', MISSCHEDULED: '0'},
    ])
  })

  test('says after a while that nobody creates the Pod', async () => {
    const seen = await coverageLater.report('-n', 'joining')
    expect(foundIn(seen)).toContain('error ds-node-missing-pod agent')
    expect(nodeOf(seen, 'new').findings[0]?.message).toBe(
      'Node new should run a Pod of DaemonSet joining/agent and has none: no event says why',
    )
  })

  test('shows it Pending while no scheduler has bound the Pod', async () => {
    await controlPlane.stopComponent('kube-scheduler')
    await controlPlane.startComponent('kube-controller-manager')
    const seen = await until(
      'the Pod is there',
      report,
      ({daemonSets}) => daemonSets[0]?.differing.length === 0,
    )
    expect(states(seen)).toEqual(['new Pending', 'old Running'])
    const {items} = await controlPlane.get<V1PodList>('/api/v1/namespaces/joining/pods')
    const made = items.find(({spec}) => spec?.nodeName === undefined)
    expect(nodeOf(seen, 'new')).toMatchObject({
      shouldRun: true,
      updated: true,
      pods: [{name: made?.metadata?.name, status: 'Pending', nodeName: null}],
    })
    expect(only(seen)).toMatchObject({desiredNumberScheduled: 2, currentNumberScheduled: 2, numberReady: 1})
  })

  test('shows it Running in the end', async () => {
    await controlPlane.startComponent('kube-scheduler')
    await untilPods(controlPlane, 'joining', 2)
    const seen = await until(
      'both are counted',
      report,
      ({daemonSets}) => daemonSets[0]?.differing.length === 0,
    )
    expect(states(seen)).toEqual(['new Running', 'old Running'])
    expect(only(seen)).toMatchObject({numberAvailable: 2, numberUnavailable: 0, findings: []})
  })
})
