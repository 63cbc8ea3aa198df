import type {
  CoreV1Event,
  V1CSIDriver,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1PersistentVolumeClaimStatus,
  V1StorageClass,
} from '@kubernetes/client-node'
import {handMadeVolume, storageClass} from '../control-plane/situations/volumes.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'
import {NAMESPACE} from './captured-cause.ts'

export const DRIVER = 'disk.example.com'
export const PROVISIONER = `${DRIVER}_disk-controller-0_9f0a6b0c-6a4f-4d6b-8a51-0c1f6a0f7b1e`
export const RESIZER = `external-resizer ${DRIVER}`

/** A driver whose volumes need not be attached. */
export function driver(spec: Partial<V1CSIDriver['spec']> = {}): V1CSIDriver {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSIDriver',
    metadata: {name: DRIVER},
    spec: {attachRequired: false, ...spec},
  }
}

/** Its volumes are provisioned by that driver, whoever plays it, as soon as they are claimed. */
export function drivenClass(options: Partial<V1StorageClass> = {}): V1StorageClass {
  return {...storageClass('fast'), provisioner: DRIVER, volumeBindingMode: 'Immediate', ...options}
}

/** What a provisioner creates for a claim; here it is there before, and fits. */
export function drivenVolume(name: string): V1PersistentVolume {
  const {hostPath: _, ...spec} = handMadeVolume(name).spec ?? {}
  const csi = {driver: DRIVER, volumeHandle: name, fsType: 'ext4'}
  const annotations = {'pv.kubernetes.io/provisioned-by': DRIVER}
  return {
    ...handMadeVolume(name),
    metadata: {name, annotations},
    spec: {...spec, csi, storageClassName: 'fast'},
  }
}

export function claimPath(name = 'data-db-0'): string {
  return `/api/v1/namespaces/${NAMESPACE}/persistentvolumeclaims/${name}`
}

export async function patch(api: ControlPlane, path: string, body: object): Promise<void> {
  const {code, body: answer} = await api.request('PATCH', path, body)
  if (code !== 200) throw new Error(`PATCH ${path}: ${code} ${JSON.stringify(answer)}`)
}

/** As a controller beside the driver writes it. */
export async function claimStatus(
  api: ControlPlane,
  name: string,
  status: V1PersistentVolumeClaimStatus,
): Promise<void> {
  await patch(api, `${claimPath(name)}/status`, {status})
}

/** As a controller beside the driver says it of a claim. */
export async function say(
  api: ControlPlane,
  name: string,
  {
    component,
    reason,
    message,
  }: {readonly component: string; readonly reason: string; readonly message: string},
): Promise<void> {
  const {metadata} = await api.get<V1PersistentVolumeClaim>(claimPath(name))
  const now = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString().replace('.000', '')
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {generateName: `${name}.`, namespace: NAMESPACE},
    involvedObject: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      namespace: NAMESPACE,
      name,
      uid: metadata?.uid,
      resourceVersion: metadata?.resourceVersion,
    },
    type: /Failed$/.test(reason) ? 'Warning' : 'Normal',
    reason,
    message,
    source: {component},
    reportingComponent: component,
    reportingInstance: '',
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  }
  const {code, body} = await api.request('POST', `/api/v1/namespaces/${NAMESPACE}/events`, event)
  if (code !== 201) throw new Error(`event ${reason}: ${code} ${JSON.stringify(body)}`)
}

/** Waits for a controller's event on a claim. */
export async function claimEvent(api: ControlPlane, reason: string, name = 'data-db-0'): Promise<void> {
  const read = () => api.get<{items: CoreV1Event[]}>(`/api/v1/namespaces/${NAMESPACE}/events`)
  await until(`${reason} on ${name}`, read, ({items}) =>
    items.some((each) => each.reason === reason && each.involvedObject.name === name),
  )
}
