import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes} from '../situations/nodes.ts'
import {listsOnly, OF_ONE_NAMESPACE, ofOneSet, rights} from '../situations/rights.ts'
import {claim, localVolume, storageClass} from '../situations/volumes.ts'
import {untilReady} from '../situations/waits.ts'
import {headlessService, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import type {KubectlResult} from '../tools/kubectl.ts'
import {installPlugin, ordinals, type Plugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {checkedMap} from '../tools/schema.ts'
import type {SpareUser} from '../tools/users.ts'

describeControlPlane('map for users who may not see everything', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await controlPlane.createNamespace('shop')
    await controlPlane.apply([
      storageClass(),
      localVolume('disk', 'node-a'),
      headlessService('db', 'shop'),
      statefulSet({namespace: 'shop', replicas: 1, claims: [claim('data')]}),
      ...rights('reader', 'shop', OF_ONE_NAMESPACE),
      ...rights('tenant-a', 'shop', ofOneSet('db')),
      ...listsOnly('tenant-b'),
    ])
    await untilReady(controlPlane, 'shop', 'db')
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const as = (user: SpareUser) => ({env: {KUBECONFIG: controlPlane.user(user).kubeconfig}})

  const map = (user: SpareUser, ...args: readonly string[]) => plugin.stateful(['map', ...args], as(user))

  /** What the real kubectl says to the same user. */
  const refusal = async (user: SpareUser, ...args: readonly string[]) => {
    const {stdout, stderr} = await controlPlane.kubectl(['get', 'sts', ...args], as(user))
    expect(stderr).toContain('Forbidden')
    return {stdout, stderr, code: 2}
  }

  test('shows one namespace to whoever may read that alone, and notes once what it lacks', async () => {
    const {stdout, stderr, code} = await map('reader', '-n', 'shop')
    expect(code).toBe(0)
    expect(stderr).toBe(
      'Warning: could not read persistentvolumes, storageclasses, volumeattachments, nodes (Forbidden); what they would tell is <unknown>\n',
    )
    expect(table(stdout)).toEqual([
      expect.objectContaining({POD: 'db-0', STATUS: 'Running', CLAIM: 'data-db-0', CAPACITY: '10Gi'}),
    ])
    expect(table(stdout)[0]).toMatchObject({VOLUME: 'disk', NODE: 'node-a', ZONE: '<unknown>'})
  })

  test('says <unknown>, never <none>, of what could not be read', async () => {
    const {stdout} = await map('reader', '-n', 'shop', '-o', 'wide')
    expect(table(stdout)[0]).toMatchObject({
      RECLAIM: '<unknown>',
      ATTACHED: '<unknown>',
      'PINNED-TO': '<unknown>',
      PHASE: 'Bound',
      CLASS: 'local',
    })
  })

  test('names in its data each kind that could not be read', async () => {
    const {stdout} = await map('reader', '-n', 'shop', '-o', 'json')
    const report = checkedMap(JSON.parse(stdout))
    expect(report.omissions.map(({resource, reason}) => `${resource} ${reason}`)).toEqual([
      'persistentvolumes Forbidden',
      'storageclasses Forbidden',
      'volumeattachments Forbidden',
      'nodes Forbidden',
    ])
    expect(report.omissions[0]?.message).toBe(
      'persistentvolumes is forbidden: User "reader" cannot list resource "persistentvolumes" in API group "" at the cluster scope',
    )
    expect(ordinals(report)).toMatchObject([
      {
        node: {state: 'Unknown', zone: null},
        claims: [{phase: 'Bound', volume: {phase: 'Unknown'}}],
        findings: [],
      },
    ])
  })

  test.for([
    ['nobody', ['-n', 'shop']],
    ['nobody', ['-A']],
    ['nobody', []],
    ['reader', ['-A']],
    ['reader', ['-n', 'default']],
    ['tenant-a', ['-n', 'shop']],
  ] as const)('refuses %s %s in the very words of kubectl', async ([user, args]) => {
    expect(await map(user, ...args)).toEqual(await refusal(user, ...args))
  })

  test('shows one set to whoever may get that set alone, and list none', async () => {
    const {stdout, stderr, code} = await map('tenant-a', 'sts/db', '-n', 'shop')
    expect({stderr, code}).toEqual({
      stderr: expect.stringMatching(/^Warning: could not read [^\n]*\n$/),
      code: 0,
    })
    expect(table(stdout)).toMatchObject([
      {
        STATEFULSET: 'db',
        ORDINAL: '0',
        POD: '<unknown>',
        STATUS: '<unknown>',
        CLAIM: 'data-db-0',
        VOLUME: '<unknown>',
      },
    ])
  })

  test('shows the same to whoever may list everything, and get nothing by its name', async () => {
    const whole = await plugin.stateful(['map', 'db', '-n', 'shop', '-o', 'wide'])
    const theirs = await map('tenant-b', 'db', '-n', 'shop', '-o', 'wide')
    // a second may have passed
    const ageless = ({stdout, ...rest}: KubectlResult) => ({
      ...rest,
      rows: table(stdout).map((row) => ({...row, AGE: ''})),
    })
    expect(ageless(theirs)).toEqual(ageless(whole))
    expect(table(whole.stdout)).toMatchObject([{VOLUME: 'disk', ZONE: 'zone-a', 'PINNED-TO': 'node-a'}])
  })

  test('refuses another name in the very words of kubectl', async () => {
    expect(await map('tenant-a', 'other', '-n', 'shop')).toEqual(
      await refusal('tenant-a', 'other', '-n', 'shop'),
    )
  })

  test('says which user the server does not know', async () => {
    const args = ['-n', 'shop', '--token=wrong']
    const kubectl = await controlPlane.kubectl(['get', 'sts', ...args])
    expect(await plugin.stateful(['map', ...args])).toEqual({...kubectl, code: 2})
  })
})
