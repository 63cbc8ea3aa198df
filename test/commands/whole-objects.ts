import type {KubernetesObject} from '../../src/model/objects.ts'

export const PASSWORD = 'hunter2'

type Fields = Readonly<Record<string, unknown>>

const SECRETS = {password: PASSWORD, [PASSWORD]: {}}

const ANNOTATIONS = {
  'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(SECRETS),
  'example.com/password': PASSWORD,
}

const exec = {command: ['login', `--password=${PASSWORD}`]}

/** By the field that holds them: what stands beside the fields that are looked at. */
const UNREAD: Readonly<Record<string, Fields>> = {
  containers: {
    env: [{name: 'PASSWORD', value: PASSWORD}],
    command: exec.command,
    args: exec.command,
    lifecycle: {postStart: {exec}},
  },
  startupProbe: {exec},
  livenessProbe: {exec},
  readinessProbe: {httpGet: {httpHeaders: [{name: 'Authorization', value: PASSWORD}]}},
  preStop: {exec},
  csi: {volumeAttributes: SECRETS, fsType: PASSWORD},
  flexVolume: {options: SECRETS},
  iscsi: {iqn: PASSWORD},
  source: {inlineVolumeSpec: {csi: {volumeAttributes: SECRETS}}},
  template: {metadata: {annotations: ANNOTATIONS}},
  volumeClaimTemplate: {metadata: {annotations: ANNOTATIONS}},
}

/** By kind: what an object has beside its metadata. */
const OF_KIND: Readonly<Record<string, Fields>> = {
  Node: {status: {images: [{names: [PASSWORD]}]}},
  StorageClass: {parameters: SECRETS, mountOptions: [PASSWORD]},
  VolumeAttachment: {status: {attachmentMetadata: SECRETS}},
}

/** An object as a server sends it: with much that nobody looks at, and passwords in all places where people put them. */
export function whole(object: KubernetesObject): KubernetesObject {
  const {kind = '', metadata} = object
  const managed = {manager: 'kubectl', operation: 'Update', time: '2026-11-20T09:00:00Z', fieldsV1: SECRETS}
  const unread = {metadata: {managedFields: [managed], annotations: ANNOTATIONS}, ...OF_KIND[kind]}
  const data = {spec: {template: {metadata: {name: metadata?.name}, spec: {containers: UNREAD.containers}}}}
  return {
    ...(over(dressed(object), unread) as Fields),
    ...(kind === 'ControllerRevision' && {data}),
  } as KubernetesObject
}

function dressed(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => dressed(each, name))
  if (!isObject(value)) return value
  const fields = Object.entries(value).map(([key, each]) => [key, dressed(each, key)])
  return over(Object.fromEntries(fields), UNREAD[name === 'initContainers' ? 'containers' : name] ?? {})
}

/** Both, and where both have a field the first one's. */
function over(value: unknown, unread: unknown): unknown {
  if (!isObject(value) || !isObject(unread)) return value
  const fields = Object.entries(value).map(([key, each]) => [
    key,
    key in unread ? over(each, unread[key]) : each,
  ])
  return {...unread, ...Object.fromEntries(fields)}
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
