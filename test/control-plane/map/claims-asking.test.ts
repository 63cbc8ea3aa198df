import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes} from '../situations/nodes.ts'
import {claim, handMadeClaim, handMadeVolume, localVolume, storageClass} from '../situations/volumes.ts'
import {isUnschedulable, untilClaim, untilPods, untilReady} from '../situations/waits.ts'
import {headlessService, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {finding, found, installPlugin, ordinals, type Plugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'

const SITUATIONS = ['absent', 'small', 'stale', 'growing'] as const

describeControlPlane('map of claims that ask for something', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await Promise.all(SITUATIONS.map(controlPlane.createNamespace))
    await controlPlane.apply([
      storageClass('growing'),
      localVolume('disk-growing', 'node-a', {storageClass: 'growing'}),
      {...storageClass('csi'), provisioner: 'disk.example.com'},
      ...SITUATIONS.map((name) => headlessService('db', name)),
      handMadeVolume('disk-small', {capacity: {storage: '1Gi'}}),
      handMadeClaim('by-hand', 'absent', {volumeName: 'disk-absent'}),
      handMadeClaim('by-hand', 'small', {volumeName: 'disk-small'}),
      mounting('absent'),
      mounting('small'),
      statefulSet({namespace: 'growing', replicas: 1, claims: [claim('data', {storageClass: 'growing'})]}),
    ])
    await Promise.all([
      untilPods(controlPlane, 'absent', 1, isUnschedulable),
      untilPods(controlPlane, 'small', 1, isUnschedulable),
      untilReady(controlPlane, 'growing', 'db'),
    ])
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const mounting = (namespace: string) => {
    const volumes = [{name: 'data', persistentVolumeClaim: {claimName: 'by-hand'}}]
    return statefulSet({namespace, replicas: 1, podSpec: {volumes}})
  }

  const CLAIM = '/api/v1/namespaces/growing/persistentvolumeclaims/data-db-0'

  const patch = async (path: string, body: object) =>
    expect(await controlPlane.request('PATCH', path, body)).toMatchObject({code: 200})

  test('says that the volume that a claim names does not exist, of which no event tells', async () => {
    const report = await plugin.map('-n', 'absent')
    expect(found(report)).toEqual(['error pvc-volumename-missing-pv by-hand'])
    expect(ordinals(report)[0]?.claims).toMatchObject([
      {phase: 'Pending', volume: {name: 'disk-absent', phase: 'Missing'}},
    ])
    expect(table(await plugin.text('-n', 'absent'))[0]).toMatchObject({VOLUME: '<pending>'})
    await controlPlane.apply(handMadeVolume('disk-absent'))
    await untilReady(controlPlane, 'absent', 'db')
    expect(found(await plugin.map('-n', 'absent'))).toEqual([])
  })

  test('says in the binder’s words why a claim and the volume that it names do not match', async () => {
    const events = () => controlPlane.kubectl(['events', '-n', 'small', '--for', 'pvc/by-hand'])
    await until('the binder has said so', events, ({stdout}) => stdout.includes('VolumeMismatch'))
    const report = await plugin.map('-n', 'small')
    expect(found(report)).toEqual(['error pvc-pv-mismatch by-hand'])
    const {message, evidence} = finding(report, 'pvc-pv-mismatch')
    expect(message).toBe('The volume that the claim names does not fit it (claim by-hand)')
    expect(evidence[0]).toMatch(/: Cannot bind to requested volume "disk-small": requested PV is too small$/)
    await plugin.text('-n', 'small')
  })

  test('says that a claim should be provisioned for a node that is gone', async () => {
    const wanted = claim('data-db-0', {storageClass: 'csi'})
    const annotations = {'volume.kubernetes.io/selected-node': 'node-gone'}
    await controlPlane.apply([
      {...wanted, metadata: {name: 'data-db-0', namespace: 'stale', annotations}},
      statefulSet({namespace: 'stale', replicas: 1, claims: [claim('data', {storageClass: 'csi'})]}),
    ])
    await untilClaim(controlPlane, 'stale', 'data-db-0', 'Pending')
    await untilPods(controlPlane, 'stale', 1, isUnschedulable)
    const report = await plugin.map('-n', 'stale')
    expect(found(report)).toEqual(['error pvc-selected-node-stale data-db-0'])
    await plugin.text('-n', 'stale')
  })

  test.for([
    ['Resizing', 'info resize-controller-running'],
    ['FileSystemResizePending', 'warning resize-fs-pending'],
    ['ControllerResizeError', 'error resize-controller-failed'],
    ['NodeResizeError', 'error resize-node-failed'],
  ])('says of a claim that grows how far it is: %s', async ([type, expected]) => {
    const conditions = [{type, status: 'True', message: 'as the driver says', lastTransitionTime: null}]
    await patch(`${CLAIM}/status`, {status: {conditions}})
    expect(found(await plugin.map('-n', 'growing'))).toEqual([`${expected} data-db-0`])
    await plugin.text('-n', 'growing')
  })

  test('names the finalizer that keeps a deleted claim when no Pod does', async () => {
    await patch(`${CLAIM}/status`, {status: {conditions: null}})
    await patch(CLAIM, {metadata: {finalizers: ['kubernetes.io/pvc-protection', 'backup.example/hold']}})
    await controlPlane.kubectl(['scale', 'sts/db', '-n', 'growing', '--replicas=0'])
    await untilPods(controlPlane, 'growing', 0, () => true)
    await controlPlane.kubectl(['delete', 'pvc', 'data-db-0', '-n', 'growing', '--wait=false'])
    const report = () => plugin.map('-n', 'growing')
    const seen = await until('only that finalizer is left', report, (each) =>
      found(each).some((line) => line.includes('other-finalizer')),
    )
    expect(found(seen)).toEqual(['warning pvc-terminating-other-finalizer data-db-0'])
    expect(finding(seen, 'pvc-terminating-other-finalizer').message).toContain('backup.example/hold')
    expect(ordinals(seen)).toMatchObject([{state: 'leftover', claims: [{terminating: true}]}])
    await plugin.text('-n', 'growing')
  })
})
