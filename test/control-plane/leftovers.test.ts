import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {V1ControllerRevisionList, V1VolumeAttachment} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {LeftoversReport} from '../../src/reports/leftovers/report.ts'
import {edit} from './situations/edits.ts'
import {addNodes} from './situations/nodes.ts'
import {rights} from './situations/rights.ts'
import {claim, handMadeClaim, handMadeVolume, storageClass, zonalVolume} from './situations/volumes.ts'
import {untilClaim, untilGone, untilReady, untilVolume} from './situations/waits.ts'
import {statefulSet} from './situations/workloads.ts'
import {type ControlPlane, startControlPlane} from './tools/control-plane.ts'
import {describeControlPlane} from './tools/describe-control-plane.ts'
import {installPlugin, type Plugin} from './tools/plugin.ts'
import {requestsOf, stopAfterReadsOnly} from './tools/requests.ts'
import {checkedLeftovers} from './tools/schema.ts'
import {until} from './tools/until.ts'

const disks = (zone: string, ...names: readonly string[]) => names.map((name) => zonalVolume(name, zone))

/** A claim of another controller's set, which only its label tells. */
const operators = {
  ...handMadeClaim('data-0-kafka-7', 'shop'),
  metadata: {name: 'data-0-kafka-7', namespace: 'shop', labels: {'strimzi.io/cluster': 'kafka'}},
}

function attachment(name: string, nodeName: string): V1VolumeAttachment {
  const source = {persistentVolumeName: 'disk-0'}
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: {name},
    spec: {attacher: 'disk.example.com', nodeName, source},
  }
}

describeControlPlane('leftovers', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  const set = (name: string, replicas: number) =>
    statefulSet({name, namespace: 'shop', replicas, claims: [claim('data')]})

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await controlPlane.createNamespace('shop')
    await controlPlane.apply([
      storageClass(),
      ...['a', 'b', 'c'].flatMap((zone) =>
        disks(`zone-${zone}`, `disk-${zone}-0`, `disk-${zone}-1`, `disk-${zone}-2`),
      ),
      set('grown', 2),
      set('gone', 1),
      set('parked', 1),
      operators,
      handMadeVolume('kept', {claimRef: {namespace: 'shop', name: 'nobody'}}),
      handMadeClaim('nobody', 'shop', {volumeName: 'kept'}),
    ])
    for (const name of ['grown', 'gone', 'parked']) await untilReady(controlPlane, 'shop', name)
    await untilClaim(controlPlane, 'shop', 'nobody', 'Bound')
    await edit(controlPlane, 'statefulsets', ['shop', 'grown'], {replicas: 1})
    await edit(controlPlane, 'statefulsets', ['shop', 'parked'], {replicas: 0})
    await controlPlane.kubectl(['delete', 'statefulset', '-n', 'shop', 'gone'])
    await controlPlane.kubectl(['delete', 'pvc', '-n', 'shop', 'nobody'])
    for (const name of ['gone-0', 'grown-1', 'parked-0'])
      await untilGone(controlPlane, `/api/v1/namespaces/shop/pods/${name}`)
    await untilVolume(controlPlane, 'kept', 'Released')
    await until(
      'the revisions of the deleted set are gone',
      () => controlPlane.get<V1ControllerRevisionList>('/apis/apps/v1/namespaces/shop/controllerrevisions'),
      ({items}) => !items.some(({metadata}) => metadata?.name?.startsWith('gone-')),
    )
    await controlPlane.apply([attachment('to-nowhere', 'node-z')])
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const report = async (...args: readonly string[]) => {
    const {stdout, stderr, code} = await plugin.stateful(['leftovers', ...args, '-o', 'json'])
    expect({stderr, code}).toEqual({stderr: '', code: 0})
    return checkedLeftovers(JSON.parse(stdout))
  }

  const told = ({leftovers}: LeftoversReport) =>
    leftovers.map(({reason, name, deleting}) => `${reason} ${name}: ${deleting.effect}`)
  const spared = ({spared: all}: LeftoversReport) =>
    all.flatMap(({reason, objects}) => objects.map(({name}) => `${reason} ${name}`)).toSorted()

  /** As the same cluster is seen an hour later. */
  const anHourLater = async () => {
    const {stdout} = await plugin.stateful(['snapshot', '-A', '-o', 'json'])
    const list = JSON.parse(stdout)
    list.snapshot.observedAt = new Date(Date.parse(list.snapshot.observedAt) + 3_600_000)
      .toISOString()
      .replace(/\.\d+Z$/, 'Z')
    const file = join(controlPlane.folder, 'later.json')
    writeFileSync(file, JSON.stringify(list))
    return file
  }

  test('what was created or used a moment ago is not called left over', async () => {
    const now = await report('-n', 'shop')
    expect(told(now)).toEqual([])
    expect(spared(now)).toEqual([
      'ForeignLabel data-0-kafka-7',
      'Parked data-parked-0',
      'Recent data-gone-0',
      'Recent data-grown-1',
      'Recent kept',
    ])
  })

  test('an hour later it is, with what deleting it would destroy; parked and foreign claims are not', async () => {
    const later = await report('-f', await anHourLater())
    expect(told(later)).toEqual([
      'NoSet data-gone-0: KeepsData',
      'BeyondOrdinals data-grown-1: KeepsData',
      'Released kept: KeepsData',
      'NodeGone to-nowhere: NoData',
    ])
    expect(spared(later)).toEqual(['ForeignLabel data-0-kafka-7', 'Parked data-parked-0'])
    expect(later.leftovers[1]).toMatchObject({
      size: '10Gi',
      storageClassName: 'local',
      reclaimPolicy: 'Retain',
      retentionPolicy: {whenDeleted: 'Retain', whenScaled: 'Retain'},
    })
    expect(later.totals).toMatchObject({claims: 2, volumes: 1, bytes: 30 * 2 ** 30, bytesDestroyed: 0})
    expect(later.leftovers[0]?.unusedAt).toMatch(/Z$/)
  })

  test('a claim that a Pod of another workload mounts by now is in use', async () => {
    const container = {name: 'app', image: 'registry.example/rescue:1'}
    await controlPlane.apply([
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {name: 'rescue', namespace: 'shop'},
        spec: {
          containers: [container],
          volumes: [{name: 'd', persistentVolumeClaim: {claimName: 'data-gone-0'}}],
        },
      },
    ])
    expect(told(await report('-f', await anHourLater()))).not.toContain('NoSet data-gone-0: KeepsData')
  })

  test('as text, by name and in a ticket it says the danger first, and suggests no deletion without a look', async () => {
    const file = await anHourLater()
    const {stdout} = await plugin.stateful(['leftovers', '-f', file])
    expect(stdout).toMatch(/^3 left over: .*\nDeleting them destroys no disk/)
    for (const [, before = ''] of stdout.matchAll(/((?:.*\n){6}).*kubectl delete/g))
      expect(before).toContain('Look')
    const names = (await plugin.stateful(['leftovers', '-f', file, '-o', 'name'])).stdout
    expect(names.split('\n')).toContain('persistentvolumeclaim/data-grown-1')
    const ticket = (await plugin.stateful(['leftovers', '-f', file, '-o', 'markdown'])).stdout
    expect(ticket).toMatch(/^## kubectl stateful leftovers/)
  })

  test('it reads each kind once, in the whole cluster or in one namespace', async () => {
    const paths = async (...args: readonly string[]) => {
      const entries = await requestsOf(controlPlane, () => report(...args))
      return entries.flatMap(({requestURI}) => /[^/?]+(?=\?)/.exec(requestURI ?? '') ?? []).toSorted()
    }
    const all = await paths()
    expect(all).toEqual([...new Set(all)])
    expect(all).toHaveLength(8)
    expect(await paths('-n', 'shop')).toEqual(all)
  })

  test('whoever may not see sets, Pods and volumes gets no claim called left over', async () => {
    const claims = {apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: ['list']}
    await controlPlane.apply([...rights('reader', 'shop', [claims])])
    const env = {KUBECONFIG: controlPlane.user('reader').kubeconfig}
    const ask = () => plugin.stateful(['leftovers', '-n', 'shop', '-o', 'json'], {env})
    const {stdout, stderr} = await until('the right is there', ask, ({code}) => code === 0)
    const {leftovers, unjudged} = checkedLeftovers(JSON.parse(stdout))
    expect(leftovers).toEqual([])
    expect(unjudged.map(({kind}) => kind)).toContain('PersistentVolumeClaim')
    expect(stderr).toContain('statefulsets')
    const text = await plugin.stateful(['leftovers', '-n', 'shop'], {env})
    expect(text.stdout).toContain('could not be read')
  })
})
