import {load} from 'js-yaml'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {behaviourOf} from '../situations/behaviours.ts'
import {addNodes} from '../situations/nodes.ts'
import {untilPods, untilReady} from '../situations/waits.ts'
import {headlessService, statefulSet} from '../situations/workloads.ts'
import {clockAhead} from '../tools/clock-ahead.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {found, installPlugin, type Plugin} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {checkedMap} from '../tools/schema.ts'

describeControlPlane('output of map', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await Promise.all(['shop', 'bank'].map(controlPlane.createNamespace))
    const labelled = statefulSet({name: 'cache', namespace: 'shop', replicas: 1})
    await controlPlane.apply([
      headlessService('db', 'shop'),
      headlessService('cache', 'shop'),
      statefulSet({namespace: 'shop', replicas: 2}),
      {...labelled, metadata: {...labelled.metadata, labels: {tier: 'cache'}}},
      headlessService('ledger', 'bank'),
      // there is no such image: an error once it has been tried for a while
      statefulSet({
        name: 'ledger',
        namespace: 'bank',
        replicas: 1,
        annotations: behaviourOf({0: 'image-pull'}),
      }),
    ])
    await Promise.all([
      untilReady(controlPlane, 'shop', 'db'),
      untilReady(controlPlane, 'shop', 'cache'),
      untilPods(controlPlane, 'bank', 1, ({status}) =>
        JSON.stringify(status?.containerStatuses ?? []).includes('ImagePullBackOff'),
      ),
    ])
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const map = (...args: readonly string[]) => plugin.stateful(['map', ...args])

  test('is the same report as JSON and as YAML', async () => {
    const json = await plugin.map('-A')
    const yaml = checkedMap(load(await plugin.text('-A', '-o', 'yaml')))
    expect({...yaml, observedAt: ''}).toEqual({...json, observedAt: ''})
    expect(json.workloads.map(({namespace, name}) => `${namespace}/${name}`)).toEqual([
      'bank/ledger',
      'shop/cache',
      'shop/db',
    ])
  })

  test('names workloads as kubectl does', async () => {
    const names = await plugin.text('-n', 'shop', '-o', 'name')
    expect(names).toBe((await controlPlane.kubectl(['get', 'sts', '-n', 'shop', '-o', 'name'])).stdout)
  })

  test('leaves the headers out when asked', async () => {
    const withHeaders = await plugin.text('-n', 'shop', '--findings', 'none')
    const without = await plugin.text('-n', 'shop', '--no-headers')
    expect(without.split('\n')).toHaveLength(withHeaders.split('\n').length - 1)
    expect(without).not.toContain('STATEFULSET')
    expect(without).toMatch(/^cache +0 +cache-0 +1\/1 +Running/)
  })

  test('has the namespace first with -A, and only adds columns at the end when wide', async () => {
    const header = async (...args: readonly string[]) =>
      (await plugin.text(...args)).split('\n')[0]?.split(/ +/) ?? []
    const plain = await header('-n', 'shop')
    expect(plain).toEqual('STATEFULSET ORDINAL POD READY STATUS CLAIM CAPACITY VOLUME NODE ZONE'.split(' '))
    expect(await header('-A')).toEqual(['NAMESPACE', ...plain])
    expect((await header('-n', 'shop', '-o', 'wide')).slice(0, plain.length)).toEqual(plain)
  })

  test('ends no line with a space', async () => {
    for (const args of [['-A'], ['-A', '-o', 'wide']]) expect(await plugin.text(...args)).not.toMatch(/ $/m)
  })

  test('lets the verdict set the exit status only with --exit-code', async () => {
    const later = (...args: readonly string[]) =>
      plugin.stateful(['map', '-n', 'bank', ...args], clockAhead(5))
    expect(found(await plugin.map('-n', 'bank'))).toEqual(['warning image-pull-backoff ledger-0'])
    expect(await map('-n', 'bank', '--exit-code')).toMatchObject({code: 0, stderr: ''})
    expect(await later('--exit-code')).toMatchObject({code: 1, stderr: ''})
    expect(await later('--exit-code', '-o', 'json')).toMatchObject({code: 1, stderr: ''})
    expect(await later()).toMatchObject({code: 0})
    expect(await map('-n', 'shop', '--exit-code')).toMatchObject({code: 0, stderr: ''})
  })
})
