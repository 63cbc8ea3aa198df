import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes, node, threeZones} from '../situations/nodes.ts'
import {claim, localVolume, storageClass, zonalVolume} from '../situations/volumes.ts'
import {isUnschedulable, untilPods, untilReady} from '../situations/waits.ts'
import {headlessService, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {finding, found, installPlugin, ordinals, type Plugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'

/** Each situation has one node of its own, and one disk on it. */
const SITUATIONS = ['deleted', 'cordoned', 'tainted', 'zonal'] as const

describeControlPlane('map of where volumes can be reached', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    const own = SITUATIONS.map((name) => node(`node-${name}`, {zone: `zone-${name}`}))
    await addNodes(controlPlane, [...threeZones(), ...own])
    await Promise.all(SITUATIONS.map(controlPlane.createNamespace))
    await controlPlane.apply(SITUATIONS.flatMap(situation))
    await Promise.all(SITUATIONS.map((name) => untilReady(controlPlane, name, 'db')))
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const situation = (name: string) => {
    const options = {storageClass: name}
    const disk = name === 'zonal' ? zonalVolume : localVolume
    return [
      storageClass(name),
      disk(`disk-${name}`, name === 'zonal' ? `zone-${name}` : `node-${name}`, options),
      headlessService('db', name),
      statefulSet({namespace: name, replicas: 1, claims: [claim('data', options)]}),
    ]
  }

  const run = async (...args: readonly string[]) =>
    expect(await controlPlane.kubectl(args)).toMatchObject({code: 0})

  /** As after a crash of its node: the Pod goes at once, and its successor finds no place. */
  async function replacePod(namespace: string) {
    await run('delete', 'pod', 'db-0', '-n', namespace, '--force', '--grace-period=0')
    await untilPods(controlPlane, namespace, 1, isUnschedulable)
  }

  test('names the nodes and zones that a volume is pinned to', async () => {
    const [local] = table(await plugin.text('-n', 'cordoned', '-o', 'wide'))
    expect(local).toMatchObject({NODE: 'node-cordoned', ZONE: 'zone-cordoned', 'PINNED-TO': 'node-cordoned'})
    const [zonal] = table(await plugin.text('-n', 'zonal', '-o', 'wide'))
    expect(zonal).toMatchObject({NODE: 'node-zonal', 'PINNED-TO': 'zone=zone-zonal'})
    const [row] = ordinals(await plugin.map('-n', 'zonal'))
    expect(row?.claims[0]?.volume).toMatchObject({
      source: 'hostPath',
      allowedNodes: {zones: ['zone-zonal']},
      reachesNode: true,
    })
  })

  test('says that an ordinal cannot come back to a node that was deleted', async () => {
    await run('delete', 'node', 'node-deleted')
    // PodGC takes the Pod away only after a minute
    const before = await plugin.map('-n', 'deleted')
    expect(ordinals(before)[0]).toMatchObject({node: {name: 'node-deleted', state: 'Missing'}})
    expect(found(before)).toEqual(['error sched-pv-node-affinity disk-deleted'])
    expect(table(await plugin.text('-n', 'deleted'))[0]).toMatchObject({NODE: 'node-deleted (deleted)'})

    await replacePod('deleted')
    const report = await plugin.map('-n', 'deleted')
    expect(ordinals(report)[0]).toMatchObject({pod: {status: 'Pending', nodeName: null}, node: null})
    expect(finding(report, 'sched-pv-node-affinity')).toMatchObject({
      message:
        "Volume disk-deleted is only reachable from node node-deleted, and no such node exists (ordinal 0 can't come back)",
      evidence: ['pv/disk-deleted spec.nodeAffinity allows node node-deleted'],
      severity: 'error',
    })
    await plugin.text('-n', 'deleted')
  })

  test('says that a cordon keeps an ordinal from its volume, and that its end helps', async () => {
    await run('cordon', 'node-cordoned')
    const while_ = await plugin.map('-n', 'cordoned')
    expect(found(while_), 'the Pod still runs').toEqual([])
    expect(table(await plugin.text('-n', 'cordoned'))[0]).toMatchObject({NODE: 'node-cordoned (cordoned)'})

    await replacePod('cordoned')
    const report = await plugin.map('-n', 'cordoned')
    const {message, remedy} = finding(report, 'sched-node-cordoned')
    expect(message).toMatch(/^Node node-cordoned, where volume .* is in reach, is cordoned \(/)
    expect(remedy?.act?.flatMap((way) => way.commands)).toContain('kubectl uncordon node-cordoned')
    await plugin.text('-n', 'cordoned')

    await run('uncordon', 'node-cordoned')
    await untilReady(controlPlane, 'cordoned', 'db')
    expect(found(await plugin.map('-n', 'cordoned'))).toEqual([])
  })

  test('names the taint that keeps an ordinal from its volume', async () => {
    await run('taint', 'node', 'node-tainted', 'maintenance=disk:NoSchedule')
    await replacePod('tainted')
    const {message, remedy} = finding(await plugin.map('-n', 'tainted'), 'sched-taint')
    expect(message).toMatch(
      /^Untolerated taint maintenance=disk:NoSchedule is on node node-tainted, where volume/,
    )
    expect(remedy?.act?.flatMap((way) => way.commands)).toContain(
      'kubectl taint node node-tainted maintenance=disk:NoSchedule-',
    )
    await plugin.text('-n', 'tainted')
  })

  test('says of a zonal volume that its zone has no node left', async () => {
    await run('delete', 'node', 'node-zonal')
    await replacePod('zonal')
    expect(finding(await plugin.map('-n', 'zonal'), 'sched-pv-node-affinity').message).toContain(
      'only reachable from zone zone-zonal, and no node there fits',
    )
    await plugin.text('-n', 'zonal')
  })
})
