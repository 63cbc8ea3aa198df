import type {V1PolicyRule} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {edit, template} from '../situations/edits.ts'
import {addNodes} from '../situations/nodes.ts'
import {ofOneSet, rights} from '../situations/rights.ts'
import {untilReady} from '../situations/waits.ts'
import {daemonSet, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, type Plugin} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {checkedRollout} from '../tools/schema.ts'
import type {SpareUser} from '../tools/users.ts'
import {onlyWorkload, rolloutOf} from './plugin.ts'

const VERBS = ['get', 'list', 'watch']
const SETS: V1PolicyRule = {apiGroups: ['apps'], resources: ['statefulsets'], verbs: VERBS}
const PODS: V1PolicyRule = {apiGroups: [''], resources: ['pods'], verbs: VERBS}

describeControlPlane('rollout for users who may not see everything', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await Promise.all(['shop', 'broken'].map(controlPlane.createNamespace))
    const both = ['shop', 'broken'].flatMap((namespace) => [
      statefulSet({namespace, replicas: 2}),
      daemonSet({namespace}),
      ...rights('reader', namespace, [SETS, PODS]),
      ...rights('tenant-a', namespace, [SETS]),
    ])
    await controlPlane.apply([...both, ...rights('tenant-b', 'shop', ofOneSet('db'))])
    for (const namespace of ['shop', 'broken']) await untilReady(controlPlane, namespace, 'db')
    await edit(controlPlane, 'statefulsets', ['broken', 'db'], template('db:nope', 'image-pull'))
    await rolloutOf(plugin).until(['sts/db', '-n', 'broken'], ({blockedBy}) => blockedBy !== null)
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const as = (user: SpareUser, ...args: readonly string[]) =>
    plugin.stateful(['rollout', ...args], {env: {KUBECONFIG: controlPlane.user(user).kubeconfig}})

  const note = (...kinds: readonly string[]) =>
    `Warning: could not read ${kinds.join(', ')} (Forbidden); what they would tell is <unknown>\n`

  test('answers whoever may read sets and Pods of one namespace, and notes what it lacks', async () => {
    const {stdout, stderr, code} = await as('reader', 'sts/db', '-n', 'shop', '-o', 'json')
    expect({stderr, code}).toEqual({stderr: note('nodes'), code: 0})
    expect(onlyWorkload(checkedRollout(JSON.parse(stdout)))).toMatchObject({
      status: 'Complete',
      counts: {available: 2},
    })
  })

  test('answers for the kind that may be read where both are asked for', async () => {
    const {stdout, stderr, code} = await as('reader', '-n', 'broken', '-o', 'json')
    const unseen = ['daemonsets', 'controllerrevisions', 'nodes', 'events']
    expect({stderr, code}).toEqual({stderr: note(...unseen), code: 0})
    expect(onlyWorkload(checkedRollout(JSON.parse(stdout)))).toMatchObject({
      kind: 'StatefulSet',
      blockedBy: {pod: 'db-1', status: 'ImagePullBackOff'},
    })
  })

  test('waits for what it may see', async () => {
    expect(await as('reader', 'sts/db', '-n', 'shop', '--wait')).toMatchObject({code: 0, stderr: ''})
  })

  test('does not know without Pods, and says so', async () => {
    const {stdout, stderr, code} = await as('tenant-a', 'sts/db', '-n', 'shop', '-o', 'json')
    expect({stderr, code}).toEqual({stderr: note('pods'), code: 0})
    expect(onlyWorkload(checkedRollout(JSON.parse(stdout)))).toMatchObject({
      status: 'Unknown',
      reason: 'Pods could not be read; the counts are those of its own status',
      counts: {desired: 2, updated: 2, ready: 2, available: 2},
      steps: [],
    })
    const {stdout: text} = await as('tenant-a', 'sts/db', '-n', 'shop')
    expect(text).toContain('Next      not known: Pods could not be read')
  })

  test.for(['tenant-a', 'tenant-b'] as const)('does not wait for what it can not see: %s', async (user) => {
    const {stdout, stderr, code} = await as(user, 'sts/db', '-n', 'shop', '--wait')
    expect({stdout, code}).toEqual({stdout: '', code: 2})
    expect(stderr).toMatch(/^error: db can't be waited for: Pods could not be read; .*\n$|Forbidden/)
  })

  test('refuses whoever may see nothing in the words of kubectl', async () => {
    const env = {KUBECONFIG: controlPlane.user('nobody').kubeconfig}
    const {stderr} = await controlPlane.kubectl(['get', 'sts', '-n', 'shop'], {env})
    for (const how of [[], ['--wait'], ['--watch']])
      expect(await as('nobody', '-n', 'shop', ...how)).toEqual({stdout: '', stderr, code: 2})
  })
})
