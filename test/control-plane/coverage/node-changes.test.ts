import type {V1PodList, V1Taint} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {CoverageReport} from '../../../src/reports/coverage/report.ts'
import {setNodeBehaviour} from '../situations/behaviours.ts'
import {addNodes, node} from '../situations/nodes.ts'
import {untilPods} from '../situations/waits.ts'
import {daemonSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'
import {type Coverage, coverageOf, findingIn, foundIn, nodeOf, only} from './plugin.ts'

const NODES = ['cordoned', 'evicting', 'lost', 'relabelled', 'tainted']

describeControlPlane('coverage when a node changes', () => {
  let controlPlane: ControlPlane
  let coverage: Coverage

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    coverage = coverageOf(installPlugin(controlPlane))
    await addNodes(
      controlPlane,
      NODES.map((name) => node(name, {labels: {pool: 'logs'}})),
    )
    await controlPlane.createNamespace('changing')
    await controlPlane.apply(daemonSet({namespace: 'changing', podSpec: {nodeSelector: {pool: 'logs'}}}))
    await untilPods(controlPlane, 'changing', NODES.length)
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const report = () => coverage.report('-n', 'changing')

  const untilSeen = (what: string, accept: (report: CoverageReport) => boolean) =>
    until(what, report, accept, {interval: 200})

  const patch = async (name: string, body: object) => {
    expect(await controlPlane.request('PATCH', `/api/v1/nodes/${name}`, body)).toMatchObject({code: 200})
  }

  const taint = (name: string, taints: readonly V1Taint[]) => patch(name, {spec: {taints}})

  const podOn = async (name: string) => {
    const {items} = await controlPlane.get<V1PodList>('/api/v1/namespaces/changing/pods')
    return items.find(({spec}) => spec?.nodeName === name)?.metadata?.name
  }

  test('runs on every node to begin with', async () => {
    const seen = await untilSeen('all are counted', ({daemonSets}) => daemonSets[0]?.differing.length === 0)
    expect(only(seen)).toMatchObject({desiredNumberScheduled: 5, numberAvailable: 5, numberMisscheduled: 0})
    expect(foundIn(seen)).toEqual([])
  })

  test('is Misscheduled for a Pod that a NoSchedule taint came upon, and it stays', async () => {
    const before = await podOn('tainted')
    await taint('tainted', [{key: 'dedicated', value: 'db', effect: 'NoSchedule'}])
    const seen = await report()
    expect(nodeOf(seen, 'tainted')).toMatchObject({
      state: 'Misscheduled',
      shouldRun: false,
      shouldContinueRunning: true,
      rule: {kind: 'Taint', detail: 'untolerated taint dedicated=db:NoSchedule'},
      pods: [{name: before, status: 'Running'}],
    })
    expect(only(seen)).toMatchObject({numberMisscheduled: 1, currentNumberScheduled: 4})
  })

  test('counts it although the controller has not looked again, and says both numbers', async () => {
    const seen = await report()
    expect(only(seen)).toMatchObject({
      desiredNumberScheduled: 4,
      numberMisscheduled: 1,
      reported: {desiredNumberScheduled: 5, numberMisscheduled: 0},
      differing: expect.arrayContaining(['desiredNumberScheduled', 'numberMisscheduled']),
    })
    expect(findingIn(seen, 'ds-status-stale-1-33')).toMatchObject({
      severity: 'info',
      message: expect.stringContaining('desiredNumberScheduled should be 4'),
      evidence: [expect.stringContaining('desiredNumberScheduled=5')],
    })
    const [row] = table(await coverage.text('-n', 'changing'))
    expect(row).toMatchObject({DESIRED: '4 (5)', MISSCHEDULED: '1 (0)'})
  })

  test('says one number once the controller has looked', async () => {
    await controlPlane.kubectl(['annotate', 'ds', 'agent', '-n', 'changing', 'touched=yes'])
    const seen = await untilSeen('it has looked', ({daemonSets}) => daemonSets[0]?.differing.length === 0)
    expect(only(seen).reported).toMatchObject({desiredNumberScheduled: 4, numberMisscheduled: 1})
    expect(foundIn(seen).filter((each) => each.includes('stale'))).toEqual([])
    const [row] = table(await coverage.text('-n', 'changing'))
    expect(row).toMatchObject({DESIRED: '4', MISSCHEDULED: '1'})
  })

  test('is Excluded where a NoExecute taint took the Pod away', async () => {
    await taint('evicting', [{key: 'dedicated', value: 'db', effect: 'NoExecute'}])
    const seen = await untilSeen('the Pod is gone', (each) => nodeOf(each, 'evicting').pods.length === 0)
    expect(nodeOf(seen, 'evicting')).toMatchObject({
      state: 'Excluded',
      shouldContinueRunning: false,
      rule: {kind: 'Taint', detail: 'untolerated taint dedicated=db:NoExecute'},
    })
    expect(await podOn('evicting')).toBeUndefined()
  })

  test('is Running on a cordoned node, and says that it is cordoned', async () => {
    expect(await controlPlane.kubectl(['cordon', 'cordoned'])).toMatchObject({code: 0})
    const seen = await untilSeen('it is cordoned', (each) => nodeOf(each, 'cordoned').schedulable === false)
    expect(nodeOf(seen, 'cordoned')).toMatchObject({state: 'Running', shouldRun: true, rule: null})
    const rows = table(await coverage.text('-n', 'changing', '--node', 'cordoned'))
    expect(rows).toMatchObject([{NODE: 'cordoned (cordoned)', STATE: 'Running'}])
  })

  test('is Excluded where the label went that the selector wants', async () => {
    await patch('relabelled', {metadata: {labels: {pool: 'other'}}})
    const seen = await untilSeen('the Pod is gone', (each) => nodeOf(each, 'relabelled').pods.length === 0)
    expect(nodeOf(seen, 'relabelled')).toMatchObject({
      state: 'Excluded',
      rule: {kind: 'NodeSelector', detail: 'node label pool=other, selector wants pool=logs'},
    })
    await patch('relabelled', {metadata: {labels: {pool: null}}})
    expect(nodeOf(await report(), 'relabelled').rule?.detail).toBe('no label pool, selector wants pool=logs')
  })

  test('is Misscheduled on a node that is not ready, which is no longer DESIRED', async () => {
    const before = await podOn('lost')
    await setNodeBehaviour(controlPlane, 'lost', 'not-ready')
    const seen = await untilSeen(
      'the node is tainted',
      (each) => nodeOf(each, 'lost').state === 'Misscheduled',
    )
    expect(nodeOf(seen, 'lost')).toMatchObject({
      ready: false,
      shouldContinueRunning: true,
      rule: {kind: 'Taint', detail: 'untolerated taint node.kubernetes.io/not-ready:NoSchedule'},
      pods: [{name: before}],
      findings: [{id: 'ds-notready-shown-misscheduled', severity: 'info'}],
    })
    expect(only(seen)).toMatchObject({desiredNumberScheduled: 1, numberMisscheduled: 2})
  })

  test('is Running again once the node is', async () => {
    await setNodeBehaviour(controlPlane, 'lost', 'ready')
    const seen = await untilSeen('the node is back', (each) => nodeOf(each, 'lost').state === 'Running')
    expect(nodeOf(seen, 'lost')).toMatchObject({ready: true, rule: null, findings: []})
  })
})
