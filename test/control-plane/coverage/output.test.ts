import {load} from 'js-yaml'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {behaviourOf} from '../situations/behaviours.ts'
import {addNodes, node} from '../situations/nodes.ts'
import {isUnschedulable, untilPods} from '../situations/waits.ts'
import {daemonSet, statefulSet} from '../situations/workloads.ts'
import {clockAhead} from '../tools/clock-ahead.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, type Plugin, table} from '../tools/plugin.ts'
import {requestsOf, stopAfterReadsOnly, summary} from '../tools/requests.ts'
import {checkedCoverage} from '../tools/schema.ts'
import {type Coverage, coverageOf, foundIn, states} from './plugin.ts'

const PLAIN = 'DAEMONSET DESIRED CURRENT READY UP-TO-DATE AVAILABLE MISSCHEDULED'.split(' ')

describeControlPlane('output of coverage', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin
  let coverage: Coverage

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    coverage = coverageOf(plugin)
    const taints = [{key: 'dedicated', value: 'db', effect: 'NoSchedule'}]
    await addNodes(controlPlane, [
      node('a'),
      node('b'),
      node('small', {resources: {cpu: '1m'}}),
      node('db', {taints}),
    ])
    await Promise.all(['shop', 'bank'].map(controlPlane.createNamespace))
    const containers = [{name: 'app', image: 'registry.example/db:1', resources: {requests: {cpu: '10m'}}}]
    const labelled = daemonSet({name: 'logs', namespace: 'shop', podSpec: {containers}})
    await controlPlane.apply([
      daemonSet({namespace: 'bank', annotations: behaviourOf({b: 'crash'})}),
      daemonSet({namespace: 'shop'}),
      {...labelled, metadata: {...labelled.metadata, labels: {tier: 'logs'}}},
      statefulSet({namespace: 'shop', replicas: 1}),
    ])
    await untilPods(controlPlane, 'shop', 6)
    await untilPods(controlPlane, 'shop', 1, isUnschedulable)
    await untilPods(controlPlane, 'bank', 1, ({status}) =>
      JSON.stringify(status?.containerStatuses ?? []).includes('CrashLoopBackOff'),
    )
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const answer = (...args: readonly string[]) => plugin.stateful(['coverage', ...args])

  test('is the same report as JSON and as YAML, as the schema says', async () => {
    const json = await coverage.report('-A')
    const yaml = checkedCoverage(load(await coverage.text('-A', '-o', 'yaml')))
    expect({...yaml, observedAt: ''}).toEqual({...json, observedAt: ''})
    expect(json.daemonSets.map(({namespace, name}) => `${namespace}/${name}`)).toEqual([
      'bank/agent',
      'shop/agent',
      'shop/logs',
    ])
  })

  test('names DaemonSets as kubectl does', async () => {
    const names = await coverage.text('-n', 'shop', '-o', 'name')
    expect(names).toBe((await controlPlane.kubectl(['get', 'ds', '-n', 'shop', '-o', 'name'])).stdout)
  })

  test('has the namespace first with -A, and only adds columns at the end when wide', async () => {
    const header = async (...args: readonly string[]) =>
      (await coverage.text(...args)).split('\n')[0]?.split(/ +/) ?? []
    expect(await header('-n', 'shop')).toEqual(PLAIN)
    expect(await header('-A')).toEqual(['NAMESPACE', ...PLAIN])
    expect(await header('-n', 'shop', '-o', 'wide')).toEqual([...PLAIN, 'STRATEGY', 'REVISION'])
    expect(await coverage.text('-n', 'shop', '--no-headers')).toMatch(/^agent +3 +3/)
    for (const flag of ['-o=wide', '--all-nodes', '--matrix'])
      expect(await coverage.text('-A', flag)).not.toMatch(/ $/m)
  })

  test('lists the nodes worth reading, and all of them when asked', async () => {
    const rows = async (...args: readonly string[]) =>
      table((await coverage.text('logs', '-n', 'shop', ...args)).split('\n\n')[1] ?? '')
    expect(await rows()).toMatchObject([{NODE: 'small', STATE: 'Pending'}])
    expect((await rows('--all-nodes')).map(({NODE, STATE}) => `${NODE} ${STATE}`)).toEqual(
      states(await coverage.report('logs', '-n', 'shop')),
    )
  })

  test('turns it round for one node', async () => {
    const rows = table(await coverage.text('-A', '--node', 'db'))
    expect(rows.map(({NAMESPACE, DAEMONSET, STATE, WHY}) => [NAMESPACE, DAEMONSET, STATE, WHY])).toEqual(
      [
        ['bank', 'agent'],
        ['shop', 'agent'],
        ['shop', 'logs'],
      ].map((each) => [...each, 'Excluded', 'untolerated taint dedicated=db:NoSchedule']),
    )
    const small = table(await coverage.text('-A', '--node', 'small'))
    expect(small.map(({NODE, STATE}) => `${NODE} ${STATE}`)).toEqual([
      'small Running',
      'small Running',
      'small Pending',
    ])
  })

  test('keeps all nodes in the data of one node', async () => {
    const {daemonSets} = await coverage.report('-A', '--node', 'small')
    expect(daemonSets).toEqual((await coverage.report('-A')).daemonSets)
  })

  test('says of an unknown node what kubectl says', async () => {
    const {stderr} = await controlPlane.kubectl(['get', 'node', 'nowhere'])
    expect(await answer('-A', '--node=nowhere')).toEqual({stdout: '', stderr, code: 2})
  })

  test.for([
    ['--all-nodes', '--matrix'],
    ['--node=a', '--matrix'],
    ['--all-nodes', '--node=a'],
  ])('refuses %s with %s', async (flags) => {
    const {stdout, stderr, code} = await answer('-A', ...flags)
    expect({stdout, code}).toEqual({stdout: '', code: 2})
    expect(stderr).toMatch(/^error: --[a-z-]+ and --[a-z-]+ cannot be used together\n/)
  })

  // Between the two a minute may have passed for some finding.
  test('answers from a snapshot what it answers of the cluster', {retry: 2}, async () => {
    const {stdout: input} = await plugin.stateful(['snapshot', '-A'])
    const live = await coverage.report('-A')
    const {stdout, stderr, code} = await plugin.stateful(['coverage', '-A', '-f', '-', '-o', 'json'], {input})
    expect({stderr, code}).toEqual({stderr: '', code: 0})
    expect({...checkedCoverage(JSON.parse(stdout)), observedAt: ''}).toEqual({...live, observedAt: ''})
    expect(foundIn(live)).not.toEqual([])
  })

  test('asks for one list of each kind and page, and only for the Pods of DaemonSets', async () => {
    // what was said of the Pod that no node takes, and what else is on the node that has no room for it
    const kinds = ['controllerrevisions', 'daemonsets', 'events', 'nodes', 'pods', 'pods']
    const entries = await requestsOf(controlPlane, () => coverage.report('-n', 'shop'))
    expect(summary(entries)).toEqual(['get /version', ...kinds.map((kind) => `list ${kind}`)])
    const paged = await requestsOf(controlPlane, () => coverage.report('-n', 'shop', '--chunk-size=2'))
    const pages = ['controllerrevisions', 'controllerrevisions', 'daemonsets', 'events', 'nodes', 'nodes']
    expect(summary(paged)).toEqual([
      'get /version',
      ...[...pages, 'pods', 'pods', 'pods', 'pods'].map((kind) => `list ${kind}`),
    ])
    for (const {verb} of [...entries, ...paged]) expect(['get', 'list', 'watch']).toContain(verb)
  })

  test('sets the exit status by the verdict only when asked', async () => {
    const later = (...args: readonly string[]) =>
      plugin.stateful(['coverage', '-n', 'bank', ...args], clockAhead(5))
    expect(foundIn(await coverage.report('-n', 'bank'))).toEqual([expect.stringMatching(/^warning /)])
    expect(await answer('-n', 'bank', '--exit-code')).toMatchObject({code: 0, stderr: ''})
    expect(await later()).toMatchObject({code: 0, stderr: ''})
    expect(await later('--exit-code')).toMatchObject({code: 1, stderr: ''})
    expect(await answer('agent', '-n', 'shop', '--exit-code')).toMatchObject({code: 0, stderr: ''})
  })
})
