import type {V1PersistentVolumeClaim} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes} from '../situations/nodes.ts'
import {claim, handMadeClaim, handMadeVolume, localVolume, storageClass} from '../situations/volumes.ts'
import {isUnschedulable, untilClaim, untilPods, untilReady, untilVolume} from '../situations/waits.ts'
import {headlessService, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {finding, found, installPlugin, ordinals, type Plugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'

const SITUATIONS = ['going', 'shared', 'lost', 'released', 'immediate', 'taken'] as const

describeControlPlane('map of claims that go, or lose their volume', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await Promise.all(SITUATIONS.map(controlPlane.createNamespace))
    await controlPlane.apply(SITUATIONS.map((name) => headlessService('db', name)))
    await Promise.all([
      running('going'),
      running('shared'),
      lost(),
      released('released'),
      released('immediate'),
      taken(),
    ])
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const run = async (...args: readonly string[]) => {
    const {code, stderr, stdout} = await controlPlane.kubectl(args)
    expect({code, stderr}).toMatchObject({code: 0})
    return stdout
  }

  const set = (namespace: string, replicas: number) =>
    statefulSet({namespace, replicas, claims: [claim('data', {storageClass: namespace})]})

  async function running(namespace: string) {
    const binding = namespace === 'immediate' ? {volumeBindingMode: 'Immediate'} : {}
    await controlPlane.apply([
      {...storageClass(namespace), ...binding},
      localVolume(`disk-${namespace}`, 'node-a', {storageClass: namespace}),
      set(namespace, 1),
    ])
    await untilReady(controlPlane, namespace, 'db')
  }

  /** Somebody removes the volume from the API, with force. */
  async function lost() {
    await running('lost')
    await run('delete', 'pv', 'disk-lost', '--wait=false')
    await run('patch', 'pv', 'disk-lost', '--type=merge', '-p', '{"metadata":{"finalizers":null}}')
    await untilClaim(controlPlane, 'lost', 'data-db-0', 'Lost')
  }

  /** The claim is deleted while nobody uses it, and the next one finds the volume still in its name. */
  async function released(namespace: string) {
    await running(namespace)
    await controlPlane.apply(set(namespace, 0))
    await untilPods(controlPlane, namespace, 0, () => true)
    await run('delete', 'pvc', 'data-db-0', '-n', namespace)
    await untilVolume(controlPlane, `disk-${namespace}`, 'Released')
    await controlPlane.apply(set(namespace, 1))
    await untilClaim(controlPlane, namespace, 'data-db-0', 'Pending')
    await untilPods(controlPlane, namespace, 1, isUnschedulable)
  }

  /** A claim created again under its old name asks for its old volume, which knows it by its UID. */
  async function taken() {
    const wanted = handMadeClaim('data', 'taken', {volumeName: 'disk-taken'})
    const volumes = [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}]
    await controlPlane.apply([handMadeVolume('disk-taken'), wanted])
    await untilClaim(controlPlane, 'taken', 'data', 'Bound')
    await run('delete', 'pvc', 'data', '-n', 'taken')
    await untilVolume(controlPlane, 'disk-taken', 'Released')
    await controlPlane.apply([wanted, statefulSet({namespace: 'taken', replicas: 1, podSpec: {volumes}})])
    await untilPods(controlPlane, 'taken', 1, isUnschedulable)
  }

  test('says which Pod keeps a deleted claim, and how to keep its data', async () => {
    const policy = '{"spec":{"persistentVolumeReclaimPolicy":"Delete"}}'
    await run('patch', 'pv', 'disk-going', '-p', policy)
    await run('delete', 'pvc', 'data-db-0', '-n', 'going', '--wait=false')
    const report = await plugin.map('-n', 'going')
    expect(found(report)).toEqual(['error pvc-terminating-protected data-db-0'])
    const {message, remedy} = finding(report, 'pvc-terminating-protected')
    expect(message).toBe('Claim data-db-0 is being deleted, and is gone as soon as Pod db-0 is')
    expect(remedy?.look).toEqual(['kubectl get pv disk-going'])
    expect(remedy?.act?.[0]?.commands).toEqual([
      `kubectl patch pv disk-going -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`,
    ])
    expect(ordinals(report)[0]?.claims).toMatchObject([{phase: 'Bound', terminating: true}])
    const [row] = table(await plugin.text('-n', 'going'))
    expect(row).toMatchObject({CLAIM: 'data-db-0 (terminating)', VOLUME: 'disk-going'})
  })

  test('names a Pod outside the set that keeps a deleted claim too', async () => {
    const volumes = [{name: 'data', persistentVolumeClaim: {claimName: 'data-db-0'}}]
    const containers = [{name: 'debug', image: 'registry.example/debug:1'}]
    const metadata = {name: 'debug', namespace: 'shared'}
    const spec = {nodeName: 'node-a', containers, volumes}
    await controlPlane.apply({apiVersion: 'v1', kind: 'Pod', metadata, spec})
    await run('delete', 'pvc', 'data-db-0', '-n', 'shared', '--wait=false')
    const {message, remedy} = finding(await plugin.map('-n', 'shared'), 'pvc-terminating-protected')
    expect(message).toContain('db-0, debug')
    expect(remedy?.look).toEqual(['kubectl get pv disk-shared'])
    expect(remedy?.act, 'its volume is retained already').toMatchObject([{commands: []}])
    await plugin.text('-n', 'shared')
  })

  test('says of a claim whose volume was deleted that it is lost', async () => {
    const report = await plugin.map('-n', 'lost')
    expect(finding(report, 'pvc-lost').message).toContain('PersistentVolume disk-lost')
    expect(ordinals(report)[0]?.claims).toMatchObject([
      {phase: 'Lost', volume: {name: 'disk-lost', phase: 'Missing'}},
    ])
    expect(table(await plugin.text('-n', 'lost'))[0]).toMatchObject({VOLUME: '<lost>'})
  })

  test.for(['immediate', 'released'])(
    'says that the volume is kept for a deleted claim (%s)',
    async (name) => {
      const report = await plugin.map('-n', name)
      expect(found(report)).toEqual(['error pvc-pv-released data-db-0'])
      const {message, remedy} = finding(report, 'pvc-pv-released')
      expect(message).toContain(`PersistentVolume disk-${name} would fit, but is Released`)
      await plugin.text('-n', name)
      expect(remedy?.act?.[0]?.commands).toEqual([
        `kubectl patch pv disk-${name} --type=json -p '[{"op":"remove","path":"/spec/claimRef/uid"}]'`,
      ])
      await run(
        'patch',
        'pv',
        `disk-${name}`,
        '--type=json',
        '-p',
        '[{"op":"remove","path":"/spec/claimRef/uid"}]',
      )
      await untilReady(controlPlane, name, 'db')
      expect(found(await plugin.map('-n', name))).toEqual([])
    },
  )

  test('says that a volume is kept for an earlier claim of the same name', async () => {
    const report = await plugin.map('-n', 'taken')
    expect(found(report)).toEqual(['error pvc-pv-claimed-by-other data'])
    const {message, remedy} = finding(report, 'pvc-pv-claimed-by-other')
    expect(message).toContain('PersistentVolume disk-taken is kept for an earlier claim')
    await plugin.text('-n', 'taken')
    expect(remedy?.act?.[0]?.commands).toHaveLength(1)
    await run(
      'patch',
      'pv',
      'disk-taken',
      '--type=json',
      '-p',
      '[{"op":"remove","path":"/spec/claimRef/uid"}]',
    )
    const claimed = () =>
      controlPlane.get<V1PersistentVolumeClaim>('/api/v1/namespaces/taken/persistentvolumeclaims/data')
    await until('the claim has its volume again', claimed, ({status}) => status?.phase === 'Bound')
  })
})
