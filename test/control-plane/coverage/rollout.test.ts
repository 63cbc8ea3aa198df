import {afterAll, beforeAll, expect, test} from 'vitest'
import type {CoverageReport} from '../../../src/reports/coverage/report.ts'
import {setNodeBehaviour} from '../situations/behaviours.ts'
import {LIVE, type Namespace, release, updateWithDeadNode} from '../situations/daemon-dead-node.ts'
import {clockAhead} from '../tools/clock-ahead.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'
import {type Coverage, coverageOf, findingIn, foundIn, nodeOf, only} from './plugin.ts'

describeControlPlane('coverage of an update with a dead node', () => {
  let controlPlane: ControlPlane
  let coverage: Coverage
  let coverageLater: Coverage

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    const plugin = installPlugin(controlPlane)
    coverage = coverageOf(plugin)
    coverageLater = coverageOf(plugin, clockAhead(10))
    await updateWithDeadNode(controlPlane)
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  /** All that there is room for is under way, and the controller has counted it. */
  const untilStopped = (namespace: Namespace) =>
    until(
      `the update of ${namespace} stops`,
      () => coverage.report('-n', namespace),
      (report) => {
        const {budget, differing} = only(report)
        // Beside its old Pod, which is about to be deleted, the new one there counts as well.
        const isBriefly = namespace === 'surge' && budget?.usedBy.includes('dead')
        return budget?.used === 1 && !isBriefly && differing.length === 0
      },
    )

  const outdated = (report: CoverageReport) =>
    only(report)
      .nodes.filter(({updated}) => updated === false)
      .map(({name}) => name)

  test('names the dead node that uses up maxUnavailable, though it is not DESIRED', async () => {
    const report = await untilStopped('unavailable')
    expect(only(report)).toMatchObject({
      desiredNumberScheduled: 3,
      updatedNumberScheduled: 0,
      numberMisscheduled: 1,
      budget: {mode: 'maxUnavailable', limit: 1, used: 1, usedBy: ['dead']},
    })
    expect(nodeOf(report, 'dead')).toMatchObject({
      state: 'Misscheduled',
      ready: false,
      pods: [{status: 'Terminating', terminating: true}],
    })
  })

  test('says after a while that the dead node stops it', async () => {
    const found = findingIn(await coverageLater.report('-n', 'unavailable'), 'ds-dead-node-eats-budget')
    expect(found).toMatchObject({
      severity: 'error',
      object: {kind: 'DaemonSet', name: 'agent'},
      message:
        'Node dead (not ready) uses up maxUnavailable 1 of DaemonSet unavailable/agent, so 3 old Pods wait for their update',
    })
    expect(found.remedy?.look).toContain('kubectl get node dead')
    expect(found.evidence).toContain('old Pods wait on nodes node-a, node-b, node-c')
  })

  test('names the nodes that wait for it', async () => {
    expect(outdated(await coverage.report('-n', 'unavailable'))).toEqual(['dead', ...LIVE])
    const [, rows = ''] = (await coverage.text('-n', 'unavailable')).split('\n\n')
    expect(table(rows)).toEqual(
      expect.arrayContaining(
        LIVE.map((name) =>
          expect.objectContaining({NODE: name, STATE: 'Running', UPDATED: 'no', WHY: 'old revision'}),
        ),
      ),
    )
  })

  test('names the node whose new Pod uses up maxSurge, which the dead one does not', async () => {
    const report = await untilStopped('surge')
    const [surging = ''] = only(report).budget?.usedBy ?? []
    expect(LIVE).toContain(surging)
    expect(only(report)).toMatchObject({
      desiredNumberScheduled: 4,
      numberAvailable: 3,
      budget: {mode: 'maxSurge', limit: 1, used: 1, usedBy: [surging]},
    })
    expect(findingIn(report, 'ds-surge-waiting-new')).toMatchObject({
      severity: 'info',
      message: `New Pods on node ${surging} are not available yet, so the update of DaemonSet surge/agent waits with 2 old Pods (maxSurge 1)`,
    })
  })

  test('counts both Pods of a node, the old one first', async () => {
    const report = await coverage.report('-n', 'surge')
    const [surging = ''] = only(report).budget?.usedBy ?? []
    expect(nodeOf(report, surging)).toMatchObject({
      state: 'Running',
      updated: false,
      pods: [{status: 'Running'}, {status: 'ContainerCreating'}],
    })
    expect(nodeOf(report, 'dead')).toMatchObject({
      state: 'NotReady',
      shouldRun: true,
      updated: false,
      pods: [{status: 'Terminating'}, {status: 'ContainerCreating'}],
    })
    expect(outdated(report)).toEqual(['dead', ...LIVE])
  })

  test('names the nodes that wait for somebody to delete their Pod', async () => {
    const read = () => coverage.report('-n', 'on-delete')
    const report = await until('the new template is seen', read, (each) => outdated(each).length > 0)
    expect(only(report)).toMatchObject({updatedNumberScheduled: 0, numberAvailable: 3, budget: null})
    expect(outdated(report)).toEqual(['dead', ...LIVE])
    const {severity, message, remedy} = findingIn(report, 'ds-ondelete')
    expect(severity).toBe('info')
    expect(message).toContain('still has its old revision on nodes dead, node-a, node-b, node-c')
    expect(remedy?.act?.[0]?.commands).toContainEqual(
      expect.stringMatching(/^kubectl delete pod -n on-delete agent-\w+$/),
    )
  })

  test('goes on once the node is back', async () => {
    await setNodeBehaviour(controlPlane, 'dead', 'ready')
    const isDone = (report: CoverageReport) => {
      const {updatedNumberScheduled, numberAvailable, budget, differing} = only(report)
      return updatedNumberScheduled === 4 && numberAvailable === 4 && budget?.used === 0 && !differing.length
    }
    for (const namespace of ['unavailable', 'surge'] as const) {
      const read = async () => {
        await release(controlPlane, namespace)
        return coverage.report('-n', namespace)
      }
      const report = await until('the update is done', read, isDone)
      expect(foundIn(report)).toEqual([])
    }
  })
})
