import type {V1PersistentVolumeClaim, V1PersistentVolumeClaimList} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {behaviourOf, setBehaviour} from '../situations/behaviours.ts'
import {addNodes} from '../situations/nodes.ts'
import {claim, localVolume, storageClass} from '../situations/volumes.ts'
import {isTerminating, untilPods, untilReady} from '../situations/waits.ts'
import {headlessService, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {finding, found, installPlugin, ordinals, type Plugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'

const upTo = (count: number) => Array.from({length: count}, (_, index) => index)

/** A class of its own for each situation, so that none binds the volumes of another. */
function disks(storageClassName: string, count: number) {
  const zones = ['node-a', 'node-b', 'node-c'] as const
  const disk = (index: number) =>
    localVolume(`${storageClassName}-${index}`, zones[index % 3] ?? '', {storageClass: storageClassName})
  return [storageClass(storageClassName), ...upTo(count).map(disk)]
}

function isCalledUsed({status}: V1PersistentVolumeClaim): boolean {
  return status?.conditions?.some(({type, status: is}) => type === 'Unused' && is === 'False') ?? false
}

describeControlPlane('map of ordinals', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    const namespaces = ['twelve', 'five', 'two']
    await Promise.all(namespaces.map(controlPlane.createNamespace))
    await controlPlane.apply([
      ...namespaces.map((namespace) => headlessService('db', namespace)),
      ...disks('twelve', 12),
      ...disks('two', 6),
      twelve(12),
      statefulSet({namespace: 'five', start: 5}),
      statefulSet({
        namespace: 'two',
        replicas: 2,
        claims: ['data', 'wal'].map((name) => claim(name, {storageClass: 'two'})),
      }),
    ])
    await Promise.all(namespaces.map((namespace) => untilReady(controlPlane, namespace, 'db')))
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const twelve = (replicas: number) =>
    statefulSet({
      namespace: 'twelve',
      replicas,
      claims: [claim('data', {storageClass: 'twelve'})],
      annotations: behaviourOf({11: 'hang-terminating'}),
    })

  test('counts twelve ordinals as numbers, each on its own disk', async () => {
    const report = await plugin.map('db', '-n', 'twelve')
    expect(found(report)).toEqual([])
    expect(ordinals(report).map(({ordinal}) => ordinal)).toEqual(upTo(12))
    for (const {ordinal, state, pod, claims, node} of ordinals(report)) {
      expect({ordinal, state, pod, claims, node}).toMatchObject({
        state: 'desired',
        pod: {name: `db-${ordinal}`, ready: true, nodeName: node?.name},
        claims: [
          {template: 'data', name: `data-db-${ordinal}`, phase: 'Bound', mounted: true, shared: false},
        ],
        node: {state: 'Present', ready: true, schedulable: true, zone: node?.name.replace('node', 'zone')},
      })
      const allowedNodes = {nodes: [node?.name]}
      expect(claims[0]?.volume).toMatchObject({source: 'local', allowedNodes, reachesNode: true})
    }
    expect(table(await plugin.text('-n', 'twelve')).map(({ORDINAL}) => ORDINAL)).toEqual(upTo(12).map(String))
  })

  test('shows ordinals above the replicas as condemned, and then what is left of them', async () => {
    await controlPlane.apply(twelve(9))
    await untilPods(controlPlane, 'twelve', 1, isTerminating)
    const going = ordinals(await plugin.map('-n', 'twelve'))
    expect(going.map(({ordinal, state, pod}) => [ordinal, state, pod?.status]).slice(8)).toEqual([
      [8, 'desired', 'Running'],
      [9, 'condemned', 'Running'],
      [10, 'condemned', 'Running'],
      [11, 'condemned', 'Terminating'],
    ])
    expect(table(await plugin.text('-n', 'twelve')).at(-1)).toMatchObject({
      ORDINAL: '11 (condemned)',
      STATUS: 'Terminating',
    })

    await setBehaviour(controlPlane, 'twelve', 'db-11', 'ready')
    await untilPods(controlPlane, 'twelve', 9, () => true)
    await until(
      'the claims that servers from 1.37 call used are those of Pods',
      () => controlPlane.get<V1PersistentVolumeClaimList>('/api/v1/namespaces/twelve/persistentvolumeclaims'),
      ({items}) => items.filter(isCalledUsed).length <= 9,
    )
    const report = await plugin.map('-n', 'twelve')
    expect(found(report)).toEqual(['info pvc-leftover db'])
    expect(finding(report, 'pvc-leftover').message).toMatch(/^3 claims are left over from ordinals 9…11: /)
    expect(ordinals(report).slice(9)).toMatchObject(
      [9, 10, 11].map((ordinal) => ({
        ordinal,
        state: 'leftover',
        pod: null,
        claims: [{name: `data-db-${ordinal}`, phase: 'Bound', mounted: false}],
      })),
    )
    expect(table(await plugin.text('-n', 'twelve')).at(-1)).toMatchObject({
      ORDINAL: '11 (leftover)',
      POD: '<none>',
      STATUS: '<none>',
      CLAIM: 'data-db-11',
    })
  })

  test('counts from ordinals.start', async () => {
    const report = await plugin.map('-n', 'five')
    expect(report.workloads).toMatchObject([{ordinalStart: 5, desiredReplicas: 3}])
    expect(ordinals(report).map(({ordinal, pod}) => [ordinal, pod?.name])).toEqual([
      [5, 'db-5'],
      [6, 'db-6'],
      [7, 'db-7'],
    ])
  })

  test('condemns ordinals below a start that was moved', async () => {
    await controlPlane.apply(statefulSet({namespace: 'five', start: 7, replicas: 1}))
    const states = () => plugin.map('-n', 'five').then(ordinals)
    for (const {ordinal, state} of await states()) expect(state).toBe(ordinal === 7 ? 'desired' : 'condemned')
    await untilPods(controlPlane, 'five', 1, () => true)
    expect((await states()).map(({ordinal}) => ordinal)).toEqual([7])
  })

  test('has a row for each of two claim templates', async () => {
    const rows = table(await plugin.text('-n', 'two'))
    expect(rows.map(({ORDINAL, CLAIM}) => `${ORDINAL} ${CLAIM}`)).toEqual([
      '0 data-db-0',
      '0 wal-db-0',
      '1 data-db-1',
      '1 wal-db-1',
    ])
    expect(found(await plugin.map('-n', 'two'))).toEqual([])
  })
})
