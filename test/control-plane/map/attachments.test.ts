import type {V1VolumeAttachment, V1VolumeAttachmentList} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes, node} from '../situations/nodes.ts'
import {claim, handMadeVolume} from '../situations/volumes.ts'
import {untilReady} from '../situations/waits.ts'
import {headlessService, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {finding, found, installPlugin, ordinals, type Plugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'

const ATTACHMENTS = '/apis/storage.k8s.io/v1/volumeattachments'
const DRIVER = 'disk.example.com'

/** Without it the kubelet attaches by itself. */
const MANAGED = {'volumes.kubernetes.io/controller-managed-attach-detach': 'true'}

function driverVolume() {
  const csi = {driver: DRIVER, volumeHandle: 'disk-1'}
  const volume = handMadeVolume('disk', {claimRef: {namespace: 'shop', name: 'data-db-0'}})
  const {hostPath: _, ...spec} = volume.spec ?? {}
  return {...volume, spec: {...spec, csi}}
}

// The attach-detach controller creates the attachments; the driver's part of their status is written here.
describeControlPlane('map of attached volumes', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin
  let attachment: V1VolumeAttachment

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane, [node('node-a', {annotations: MANAGED})])
    await controlPlane.createNamespace('shop')
    await controlPlane.apply([
      driverVolume(),
      headlessService('db', 'shop'),
      statefulSet({namespace: 'shop', replicas: 1, claims: [claim('data', {storageClass: ''})]}),
    ])
    await untilReady(controlPlane, 'shop', 'db')
    const list = () => controlPlane.get<V1VolumeAttachmentList>(ATTACHMENTS)
    const {items} = await until('the volume is to be attached', list, (found) => found.items.length === 1)
    attachment = items[0] as V1VolumeAttachment
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const path = () => `${ATTACHMENTS}/${attachment.metadata?.name}`

  const patch = async (part: '' | '/status', body: object) =>
    expect(await controlPlane.request('PATCH', `${path()}${part}`, body)).toMatchObject({code: 200})

  const error = (message: string) => ({time: new Date().toISOString(), message})

  test('shows the node that the volume is attached to', async () => {
    await patch('/status', {status: {attached: true}})
    const report = await plugin.map('-n', 'shop')
    expect(found(report)).toEqual([])
    expect(ordinals(report)[0]?.claims).toMatchObject([
      {volume: {source: DRIVER, allowedNodes: {}}, attachments: [{nodeName: 'node-a', attached: true}]},
    ])
    const [row] = table(await plugin.text('-n', 'shop', '-o', 'wide'))
    expect(row).toMatchObject({ATTACHED: 'node-a', 'PINNED-TO': '<any>'})
  })

  test('says in the driver’s words why it can’t be attached', async () => {
    const attachError = error('rpc error: code = Internal desc = disk is busy')
    await patch('/status', {status: {attached: false, attachError}})
    const report = await plugin.map('-n', 'shop')
    expect(found(report)).toEqual(['error attach-failed-driver data-db-0'])
    expect(finding(report, 'attach-failed-driver')).toMatchObject({
      message: "The volume can't be attached to node node-a (claim data-db-0)",
      evidence: [
        `volumeattachment/${attachment.metadata?.name} on node node-a: rpc error: code = Internal desc = disk is busy`,
      ],
    })
    const [row] = table(await plugin.text('-n', 'shop', '-o', 'wide'))
    expect(row).toMatchObject({ATTACHED: 'node-a (error)'})
  })

  test('says that it is still attached to a node that was deleted', async () => {
    await patch('/status', {status: {attached: true, attachError: null}})
    await patch('', {metadata: {finalizers: [`external-attacher/${DRIVER}`]}})
    await controlPlane.kubectl(['delete', 'node', 'node-a'])
    const report = await plugin.map('-n', 'shop')
    expect(finding(report, 'va-orphan').message).toContain('node-a')
    await plugin.text('-n', 'shop')
  })

  test('says in the driver’s words why it can’t be detached', async () => {
    await controlPlane.request('DELETE', path())
    await patch('/status', {status: {detachError: error('rpc error: code = Unavailable')}})
    const report = await plugin.map('-n', 'shop')
    const {message, evidence} = finding(report, 'detach-stuck')
    expect(message).toBe("The volume can't be detached from node node-a (claim data-db-0)")
    expect(evidence[0]).toMatch(/: rpc error: code = Unavailable$/)
    await plugin.text('-n', 'shop')
  })
})
