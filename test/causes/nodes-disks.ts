import type {
  V1DaemonSet,
  V1PersistentVolume,
  V1Pod,
  V1VolumeAttachment,
  V1VolumeAttachmentList,
} from '@kubernetes/client-node'
import {inUse} from '../control-plane/situations/behaviours.ts'
import {addNodes, node} from '../control-plane/situations/nodes.ts'
import {claim, handMadeClaim, handMadeVolume} from '../control-plane/situations/volumes.ts'
import {
  daemonSet,
  headlessService,
  type StatefulSetOptions,
  statefulSet,
} from '../control-plane/situations/workloads.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'
import {NAMESPACE} from './captured-cause.ts'

const DRIVER = 'disk.example.com'
const HANDLE = 'vol-0f3a'
const ATTACHMENTS = '/apis/storage.k8s.io/v1/volumeattachments'

/** Without it a kubelet attaches by itself. */
const MANAGED = {'volumes.kubernetes.io/controller-managed-attach-detach': 'true'}

/** A disk that one node at a time may have, for the claim of db-0. */
function disk(): V1PersistentVolume {
  const volume = handMadeVolume('disk-0', {claimRef: {namespace: NAMESPACE, name: 'data-db-0'}})
  const {hostPath: _, ...spec} = volume.spec ?? {}
  return {...volume, spec: {...spec, csi: {driver: DRIVER, volumeHandle: HANDLE}}}
}

/** Two nodes, the first of which has the disk mounted, and a set of one member, at first there. */
export async function diskSet(api: ControlPlane, options: StatefulSetOptions = {}): Promise<void> {
  const mounted = inUse(`kubernetes.io/csi/${DRIVER}^${HANDLE}`)
  await addNodes(api, [
    node('node-a', {zone: 'zone-a', annotations: {...MANAGED, ...mounted}}),
    node('node-b', {zone: 'zone-a', annotations: MANAGED, unschedulable: true}),
  ])
  await api.apply([
    disk(),
    handMadeClaim('data-db-0', NAMESPACE, {volumeName: 'disk-0'}),
    headlessService('db', NAMESPACE),
    statefulSet({
      namespace: NAMESPACE,
      replicas: 1,
      claims: [claim('data', {storageClass: ''})],
      ...options,
    }),
  ])
  await attachment(api, 'node-a')
}

/** The attachment that the attach-detach controller has created for that node. */
async function attachment({get}: Pick<ControlPlane, 'get'>, name: string): Promise<V1VolumeAttachment> {
  const read = () => get<V1VolumeAttachmentList>(ATTACHMENTS)
  const isOf = ({spec}: V1VolumeAttachment) => spec.nodeName === name
  const {items} = await until(`to be attached to ${name}`, read, (list) => list.items.some(isOf))
  return items.find(isOf) as V1VolumeAttachment
}

/** What the driver's external-attacher writes. */
export async function attacher(api: ControlPlane, name: string, status: object): Promise<void> {
  const path = `${ATTACHMENTS}/${(await attachment(api, name)).metadata?.name}`
  const finalizers = [`external-attacher/${DRIVER.replaceAll('.', '-')}`]
  for (const [part, body] of [
    ['', {metadata: {finalizers}}],
    ['/status', {status}],
  ] as const) {
    const {code} = await api.request('PATCH', path + part, body)
    if (code !== 200) throw new Error(`PATCH ${path}${part}: ${code}`)
  }
}

/** As the attacher words its errors. */
export function failure(message: string) {
  return {time: new Date().toISOString().replace(/\.\d+/, ''), message}
}

/** The driver's own Pods, one for each node. */
export function driverPods(annotations: Readonly<Record<string, string>>): V1DaemonSet {
  const containers = [
    {name: 'driver', image: 'registry.example/disk-csi:3'},
    {name: 'node-driver-registrar', image: 'registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.13.0'},
  ]
  return daemonSet({name: 'disk-csi-node', namespace: NAMESPACE, annotations, podSpec: {containers}})
}

/** The next Pod goes to the other node. */
export async function move({kubectl}: Pick<ControlPlane, 'kubectl'>): Promise<void> {
  for (const args of [
    ['cordon', 'node-a'],
    ['uncordon', 'node-b'],
  ]) {
    const {code, stderr} = await kubectl(args)
    if (code !== 0) throw new Error(stderr)
  }
}

export const isOn =
  (name: string) =>
  ({spec, metadata}: V1Pod): boolean =>
    spec?.nodeName === name && metadata?.deletionTimestamp === undefined
