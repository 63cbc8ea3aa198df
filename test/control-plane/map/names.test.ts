import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes} from '../situations/nodes.ts'
import {handMadeClaim, handMadeVolume} from '../situations/volumes.ts'
import {untilPods, untilReady} from '../situations/waits.ts'
import {deployment, headlessService, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, ordinals, type Plugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'

describeControlPlane('names that map takes', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await Promise.all(['shop', 'web', 'empty'].map(controlPlane.createNamespace))
    const labelled = statefulSet({name: 'cache', namespace: 'shop', replicas: 1})
    await controlPlane.apply([
      headlessService('db', 'shop'),
      headlessService('cache', 'shop'),
      statefulSet({namespace: 'shop', replicas: 2}),
      {...labelled, metadata: {...labelled.metadata, labels: {tier: 'cache'}}},
      handMadeVolume('uploads', {claimRef: {namespace: 'web', name: 'uploads'}}),
      handMadeClaim('uploads', 'web', {volumeName: 'uploads'}),
      deployment({
        namespace: 'web',
        podSpec: {volumes: [{name: 'uploads', persistentVolumeClaim: {claimName: 'uploads'}}]},
      }),
    ])
    await Promise.all([
      untilReady(controlPlane, 'shop', 'db'),
      untilReady(controlPlane, 'shop', 'cache'),
      untilPods(controlPlane, 'web', 2),
    ])
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const map = (...args: readonly string[]) => plugin.stateful(['map', ...args])
  const kubectl = (...args: readonly string[]) => controlPlane.kubectl(['get', ...args])

  test.for(['tier=cache', 'tier', 'tier in (cache,queue)', 'tier!=db,tier', '!none,tier'])(
    'selects workloads by %s',
    async (selector) => {
      expect((await plugin.map('-n', 'shop', '-l', selector)).workloads).toMatchObject([{name: 'cache'}])
    },
  )

  test.for([
    ['db'],
    ['sts/db'],
    ['sts', 'db'],
    ['statefulset/db'],
    ['statefulsets', 'db'],
    ['statefulsets.apps/db'],
    ['StatefulSet.v1.apps/db'],
    ['db', 'sts/db'],
  ])('takes the name as %s', async (words) => {
    expect((await plugin.map(...words, '-n', 'shop')).workloads).toMatchObject([{name: 'db'}])
  })

  test('takes several names', async () => {
    expect((await plugin.map('sts/db', 'sts/cache', '-n', 'shop')).workloads).toHaveLength(2)
    expect((await plugin.map('sts', '-n', 'shop')).workloads).toHaveLength(2)
  })

  test('shows that the Pods of a Deployment share a claim', async () => {
    const report = await plugin.map('deploy/web', '-n', 'web')
    expect(report.workloads).toMatchObject([{kind: 'Deployment', ordinalStart: null, desiredReplicas: 2}])
    expect(ordinals(report)).toMatchObject(
      [0, 1].map(() => ({ordinal: null, claims: [{name: 'uploads', shared: true, phase: 'Bound'}]})),
    )
    const rows = table(await plugin.text('deploy/web', '-n', 'web'))
    expect(rows).toMatchObject([0, 1].map(() => ({DEPLOYMENT: 'web', CLAIM: 'uploads (shared)'})))

    const {stdout} = await kubectl('rs', '-n', 'web', '-o', 'jsonpath={.items[0].metadata.name}')
    const [row] = table(await plugin.text(`rs/${stdout}`, '-n', 'web'))
    expect(row).toMatchObject({REPLICASET: stdout, CLAIM: 'uploads (shared)'})
    expect(
      (await plugin.map('deployments.apps/web', `replicaset/${stdout}`, '-n', 'web')).workloads,
    ).toHaveLength(2)
  })

  test('names Deployments as kubectl does', async () => {
    expect(await plugin.text('deploy/web', '-n', 'web', '-o', 'name')).toBe('deployment.apps/web\n')
  })

  test('says of a name that does not exist what kubectl says', async () => {
    for (const [type, name] of [
      ['sts', 'x'],
      ['deploy', 'x'],
      ['rs', 'x'],
    ] as const) {
      const {stderr} = await kubectl(`${type}/${name}`, '-n', 'shop')
      expect(await map(`${type}/${name}`, '-n', 'shop')).toEqual({stdout: '', stderr, code: 2})
    }
  })

  test('shows what there is of several names, and then says what there is not', async () => {
    const {stdout, stderr, code} = await map('db', 'x', '-n', 'shop')
    expect(table(stdout)).toHaveLength(2)
    expect({stderr, code}).toEqual({stderr: (await kubectl('sts', 'x', '-n', 'shop')).stderr, code: 2})
  })

  test('says of an empty namespace what kubectl says', async () => {
    for (const args of [
      ['-n', 'empty'],
      ['-n', 'nowhere'],
      ['-n', 'shop', '-l', 'tier=x'],
      ['-A', '-l', 'tier=x'],
    ]) {
      const {stderr} = await kubectl('sts', ...args)
      expect(await map(...args)).toEqual({stdout: '', stderr, code: 0})
    }
    expect((await plugin.map('-n', 'empty')).workloads).toEqual([])
  })

  test('refuses what kubectl refuses', async () => {
    for (const args of [
      ['sts', 'db', '-l', 'a=b'],
      ['sts', 'db', '-A'],
      ['sts', '-o', 'xyz'],
      ['sts', '--nope'],
    ]) {
      const theirs = await kubectl(...args)
      const ours = await map(...args)
      expect(ours).toMatchObject({stdout: '', code: 2})
      expect(firstSentence(ours.stderr)).toBe(firstSentence(theirs.stderr))
    }
  })
})

/** Without the list of formats, which differs. */
const firstSentence = (text: string) => text.split(/\n|, allowed/)[0]
