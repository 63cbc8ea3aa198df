import type {V1ResourceQuota} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {causes} from '../../../src/diagnosis/causes.ts'
import {addNodes, node} from '../situations/nodes.ts'
import {isUnschedulable, untilPods} from '../situations/waits.ts'
import {daemonSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, table} from '../tools/plugin.ts'
import {requestsOf, stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'
import {type Coverage, coverageOf, findingIn, foundIn, nodeOf, only, states} from './plugin.ts'

const twoPods: V1ResourceQuota = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: {name: 'two-pods', namespace: 'limited'},
  spec: {hard: {pods: '2'}},
}

describeControlPlane('coverage where a node has no Pod that runs', () => {
  let controlPlane: ControlPlane
  let coverage: Coverage

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    coverage = coverageOf(installPlugin(controlPlane))
    const small = node('small', {resources: {cpu: '100m'}})
    await addNodes(controlPlane, [...['a', 'b', 'c', 'd'].map((name) => node(name)), small])
    await Promise.all(['limited', 'roomy'].map(controlPlane.createNamespace))
    await controlPlane.apply(twoPods)
    const read = () => controlPlane.get<V1ResourceQuota>('/api/v1/namespaces/limited/resourcequotas/two-pods')
    await until('the quota counts', read, ({status}) => status?.used?.pods === '0')
    const resources = {requests: {cpu: '500m'}}
    const containers = [{name: 'app', image: 'registry.example/db:1', resources}]
    await controlPlane.apply([
      daemonSet({namespace: 'limited'}),
      daemonSet({namespace: 'roomy', podSpec: {containers}}),
    ])
    await untilPods(controlPlane, 'limited', 2)
    await untilPods(controlPlane, 'roomy', 4)
    await untilPods(controlPlane, 'roomy', 1, isUnschedulable)
    await until(
      'the refusal is the last that is told',
      () => coverage.report('-n', 'limited'),
      (report) => foundIn(report).filter((each) => each.includes('quota')).length === 3,
    )
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  test('is Missing where a quota refuses the Pod', async () => {
    const report = await coverage.report('-n', 'limited')
    expect(states(report).filter((each) => each.endsWith(' Running'))).toHaveLength(2)
    expect(states(report).filter((each) => each.endsWith(' Missing'))).toHaveLength(3)
    expect(only(report)).toMatchObject({desiredNumberScheduled: 5, currentNumberScheduled: 2})
  })

  test("gives the quota's own words", async () => {
    const {message, object, remedy, evidence, selfHealing} = findingIn(
      await coverage.report('-n', 'limited'),
      'create-quota-exceeded',
    )
    const words = 'exceeded quota: two-pods, requested: pods=1, used: pods=2, limited: pods=2'
    expect(`${message}\n${evidence.join('\n')}`).toContain(words)
    expect(object).toMatchObject({kind: 'DaemonSet', namespace: 'limited', name: 'agent'})
    expect(message).toMatch(/^ResourceQuota two-pods is used up: /)
    expect(remedy?.look?.join('\n')).toContain('two-pods')
    expect(selfHealing).not.toBe('yes')
    expect(await coverage.text('-n', 'limited')).toContain(words)
  })

  test('says once what is wrong with all of the nodes', async () => {
    const found = foundIn(await coverage.report('-n', 'limited'))
    expect(found).toEqual(Array(3).fill('error create-quota-exceeded agent'))
    const [, findings = ''] = (await coverage.text('-n', 'limited')).split('\nError')
    expect(findings.match(/create-quota-exceeded/g)).toHaveLength(1)
    expect(findings.match(/^Proof/gm)).toHaveLength(1)
    expect(findings.match(/^Look/gm)).toHaveLength(1)
  })

  test('asks what was said of the DaemonSet only where a Pod is missing', async () => {
    const asked = async (namespace: string) => {
      const entries = await requestsOf(controlPlane, () => coverage.report('-n', namespace))
      return entries.map(({requestURI}) => decodeURIComponent(requestURI)).join('\n')
    }
    expect(await asked('limited')).toContain('involvedObject.kind=DaemonSet')
    expect(await asked('roomy')).not.toContain('involvedObject.kind=DaemonSet')
  })

  test('is Pending where the node is too small', async () => {
    const report = await coverage.report('-n', 'roomy')
    expect(states(report)).toEqual(['a Running', 'b Running', 'c Running', 'd Running', 'small Pending'])
    expect(nodeOf(report, 'small')).toMatchObject({
      shouldRun: true,
      ready: true,
      rule: null,
      pods: [{status: 'Pending', nodeName: null}],
    })
  })

  test('says what that one node lacks, and nothing of the others', async () => {
    const report = await coverage.report('-n', 'roomy')
    expect(nodeOf(report, 'small').findings.map(({id}) => id)).toEqual(['sched-insufficient-cpu'])
    const {message, evidence} = findingIn(report, 'sched-insufficient-cpu')
    expect(`${message}\n${evidence.join('\n')}`).toMatch(/Insufficient cpu/)
    expect(message).not.toMatch(/NodeAffinity|0\/5|preemption/i)
    const row = table((await coverage.text('-n', 'roomy')).split('\n\n')[1] ?? '')
    expect(row).toMatchObject([
      {NODE: 'small', STATE: 'Pending', WHY: causes['sched-insufficient-cpu'].title},
    ])
  })

  test('runs once there is room', async () => {
    await controlPlane.kubectl(['delete', 'quota', 'two-pods', '-n', 'limited'])
    await controlPlane.request('PATCH', '/api/v1/nodes/small/status', {
      status: {allocatable: {cpu: '4'}, capacity: {cpu: '4'}},
    })
    await untilPods(controlPlane, 'roomy', 5)
    const read = () => coverage.report('-n', 'roomy')
    const report = await until('all are counted', read, (each) => only(each).differing.length === 0)
    expect(only(report)).toMatchObject({numberAvailable: 5, numberUnavailable: 0})
    expect(foundIn(report)).toEqual([])
  })
})
