import type {V1PolicyRule} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {behaviourOf} from '../situations/behaviours.ts'
import {addNodes, threeZones} from '../situations/nodes.ts'
import {rights} from '../situations/rights.ts'
import {untilPods} from '../situations/waits.ts'
import {daemonSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, type Plugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {checkedCoverage} from '../tools/schema.ts'
import type {SpareUser} from '../tools/users.ts'
import {nodeOf, only, states} from './plugin.ts'

const verbs = ['get', 'list', 'watch']
const DAEMON_SETS: V1PolicyRule = {apiGroups: ['apps'], resources: ['daemonsets'], verbs}
const PODS: V1PolicyRule = {apiGroups: [''], resources: ['pods'], verbs}
const REVISIONS: V1PolicyRule = {apiGroups: ['apps'], resources: ['controllerrevisions'], verbs}

describeControlPlane('coverage for users who may not see everything', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane, [...threeZones()])
    await controlPlane.createNamespace('shop')
    await controlPlane.apply([
      daemonSet({namespace: 'shop', annotations: behaviourOf({'node-b': 'not-ready'})}),
      ...rights('reader', 'shop', [DAEMON_SETS, PODS, REVISIONS]),
      ...rights('tenant-a', 'shop', [DAEMON_SETS]),
      ...rights('tenant-b', 'shop', [DAEMON_SETS, PODS]),
    ])
    await untilPods(controlPlane, 'shop', 2)
    await untilPods(controlPlane, 'shop', 3, ({status}) => status?.phase === 'Running')
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const as = (user: SpareUser) => ({env: {KUBECONFIG: controlPlane.user(user).kubeconfig}})

  const coverage = (user: SpareUser, ...args: readonly string[]) =>
    plugin.stateful(['coverage', '-n', 'shop', ...args], as(user))

  const reportFor = async (user: SpareUser) => {
    const {stdout, code} = await coverage(user, '-o', 'json')
    expect(code).toBe(0)
    return checkedCoverage(JSON.parse(stdout))
  }

  const note = (kinds: string) =>
    `Warning: could not read ${kinds} (Forbidden); what they would tell is <unknown>\n`

  test('tells what Pods alone tell to whoever may not list nodes', async () => {
    const report = await reportFor('reader')
    expect(states(report)).toEqual(['node-a Running', 'node-b NotReady', 'node-c Running'])
    expect(nodeOf(report, 'node-a')).toMatchObject({
      shouldRun: null,
      shouldContinueRunning: null,
      rule: null,
      ready: null,
      schedulable: null,
      updated: true,
      pods: [{status: 'Running', ready: true, nodeName: 'node-a'}],
    })
    expect(report.omissions.map(({resource, reason}) => `${resource} ${reason}`)).toEqual([
      'nodes Forbidden',
      'events Forbidden',
    ])
  })

  test('prints the counters of the status where it can count none itself, and one note', async () => {
    const {stdout, stderr, code} = await coverage('reader')
    expect({stderr, code}).toEqual({stderr: note('nodes, events'), code: 0})
    const counter = (value: number) => `<unknown> (${value})`
    expect(table(stdout)).toMatchObject([
      {
        DAEMONSET: 'agent',
        DESIRED: counter(3),
        CURRENT: counter(3),
        READY: counter(2),
        'UP-TO-DATE': counter(3),
        AVAILABLE: counter(2),
        MISSCHEDULED: counter(0),
      },
    ])
    expect(only(await reportFor('reader'))).toMatchObject({
      desiredNumberScheduled: null,
      reported: {desiredNumberScheduled: 3},
      differing: [],
      budget: null,
    })
  })

  test('lists every Pod that it sees', async () => {
    const {stdout} = await coverage('reader', '--all-nodes')
    const rows = table(stdout.split('\n\n')[1] ?? '')
    expect(rows.map(({NODE, STATE, UPDATED}) => [NODE, STATE, UPDATED])).toEqual([
      ['node-a', 'Running', 'yes'],
      ['node-b', 'NotReady', 'yes'],
      ['node-c', 'Running', 'yes'],
    ])
  })

  test('knows the revision by its Pods without the right to read revisions', async () => {
    const report = await reportFor('tenant-b')
    expect(only(report).updateRevision).toMatch(/^[a-z0-9]+$/)
    expect(report.omissions.map(({resource}) => resource)).toEqual(['controllerrevisions', 'nodes', 'events'])
    const {stderr} = await coverage('tenant-b')
    expect(stderr).toBe(note('controllerrevisions, nodes, events'))
  })

  test('shows the bare status to whoever sees the DaemonSet alone', async () => {
    const report = await reportFor('tenant-a')
    expect(only(report)).toMatchObject({
      numberReady: null,
      reported: {numberReady: 2},
      nodes: [],
      findings: [],
    })
    const {stdout, stderr} = await coverage('tenant-a')
    expect(table(stdout)).toMatchObject([{DAEMONSET: 'agent', READY: '<unknown> (2)'}])
    expect(stderr.match(/^Warning: /gm)).toHaveLength(1)
  })

  test('refuses whoever may not read DaemonSets in the very words of kubectl', async () => {
    const args = ['get', 'ds', '-n', 'shop']
    const {stdout, stderr} = await controlPlane.kubectl(args, as('nobody'))
    expect(stderr).toContain('Forbidden')
    expect(await coverage('nobody')).toEqual({stdout, stderr, code: 2})
  })
})
