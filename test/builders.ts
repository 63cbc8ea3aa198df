/** Small objects as the API would send them: one healthy cluster's worth of defaults, and whatever a test overrides. */
import type {V1ContainerStatus, V1ObjectMeta} from '@kubernetes/client-node'
import type {Plain} from '../src/model/kept/projection.ts'
import type {
  EndpointSlice,
  Event,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  Service,
  StatefulSet,
  StorageClass,
  VolumeAttachment,
} from '../src/model/objects.ts'
import {type ClusterSnapshot, type Observed, type ResourceKey, snapshotOf} from '../src/model/snapshot.ts'

/** The clock of every built snapshot. */
export const NOW = '2026-05-01T12:00:00Z'
/** When everything was created. */
export const CREATED = '2026-05-01T10:00:00Z'

/** As the API server sends it, with more than is kept. */
export type WholeMeta = Plain<V1ObjectMeta>

interface Overrides<Spec, Status = never> {
  readonly name?: string
  readonly namespace?: string
  readonly metadata?: WholeMeta
  readonly spec?: Partial<Spec>
  readonly status?: Partial<Status>
}

type Spec<T extends {spec?: unknown}> = NonNullable<T['spec']>
type Status<T extends {status?: unknown}> = NonNullable<T['status']>

/** `web` in `shop`: one replica, selecting `app=web`; `templates` by name. */
export function statefulSet({
  name = 'web',
  namespace = 'shop',
  replicas = 1,
  templates = ['data'],
  metadata = {},
  spec = {},
}: Overrides<Spec<StatefulSet>> & {replicas?: number; templates?: readonly string[]} = {}): StatefulSet {
  const labels = {app: name}
  return {
    metadata: {name, namespace, uid: `uid-${name}`, creationTimestamp: CREATED, ...metadata},
    spec: {
      replicas,
      serviceName: name,
      selector: {matchLabels: labels},
      template: {metadata: {labels}, spec: {containers: [{name: 'main'}]}},
      volumeClaimTemplates: templates.map((template) => claimTemplate(template)),
      ...spec,
    },
  }
}

/** A volumeClaimTemplate of 1Gi, ReadWriteOnce, class `fast`. */
export function claimTemplate(
  name: string,
  spec: Partial<Spec<PersistentVolumeClaim>> = {},
): PersistentVolumeClaim {
  return {metadata: {name}, spec: {...claimSpec, ...spec}}
}

const claimSpec = {
  accessModes: ['ReadWriteOnce'],
  resources: {requests: {storage: '1Gi'}},
  storageClassName: 'fast',
}

/** `web-0`: a member of `web`, running and ready on `node-a`, mounting `data-<its name>`. */
export function pod({
  name = 'web-0',
  namespace = 'shop',
  set = 'web',
  metadata = {},
  spec = {},
  status = {},
}: Overrides<Spec<Pod>, Status<Pod>> & {set?: string} = {}): Pod {
  return {
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      creationTimestamp: CREATED,
      labels: {app: set, 'controller-revision-hash': `${set}-1`, 'statefulset.kubernetes.io/pod-name': name},
      ownerReferences: [
        {apiVersion: 'apps/v1', kind: 'StatefulSet', name: set, uid: `uid-${set}`, controller: true},
      ],
      ...metadata,
    },
    spec: {
      nodeName: 'node-a',
      containers: [{name: 'main'}],
      volumes: [{name: 'data', persistentVolumeClaim: {claimName: `data-${name}`}}],
      ...spec,
    },
    status: {
      phase: 'Running',
      podIP: '10.0.0.1',
      conditions: [
        {type: 'Initialized', status: 'True'},
        {type: 'Ready', status: 'True', lastTransitionTime: '2026-05-01T10:00:30Z'},
      ],
      containerStatuses: [containerStatus({state: {running: {startedAt: CREATED}}, ready: true})],
      ...status,
    },
  }
}

/** A Pod that waits for a node: no node, no container has started. */
export function pendingPod({spec = {}, status = {}, ...others}: Parameters<typeof pod>[0] = {}): Pod {
  const {nodeName: _, ...pendingSpec} = pod({...others, spec}).spec ?? {containers: []}
  return {
    ...pod(others),
    spec: pendingSpec,
    status: {
      phase: 'Pending',
      conditions: [
        {type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes are available'},
      ],
      ...status,
    },
  }
}

type WholeStatus = Plain<V1ContainerStatus>

export function containerStatus(status: Partial<WholeStatus> = {}): WholeStatus {
  return {name: 'main', ready: false, restartCount: 0, image: 'i', imageID: 'i', ...status}
}

/** `data-web-0`: bound to `pv-data-web-0`, created from the template of `statefulSet`. */
export function claim({
  name = 'data-web-0',
  namespace = 'shop',
  metadata = {},
  spec = {},
  status = {},
}: Overrides<Spec<PersistentVolumeClaim>, Status<PersistentVolumeClaim>> = {}): PersistentVolumeClaim {
  return {
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      creationTimestamp: CREATED,
      labels: {app: 'web'},
      finalizers: ['kubernetes.io/pvc-protection'],
      ...metadata,
    },
    spec: {...claimSpec, volumeName: `pv-${name}`, ...spec},
    status: {phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: {storage: '1Gi'}, ...status},
  }
}

/** A claim that nothing is bound to. */
export function pendingClaim({spec = {}, status = {}, ...others}: Parameters<typeof claim>[0] = {}) {
  const {volumeName: _, ...unbound} = claim(others).spec ?? {}
  return {...claim(others), spec: {...unbound, ...spec}, status: {phase: 'Pending', ...status}}
}

/** `pv-data-web-0`: bound to `shop/data-web-0`, reachable from everywhere. */
export function volume({
  name = 'pv-data-web-0',
  metadata = {},
  spec = {},
  status = {},
}: Overrides<Spec<PersistentVolume>, Status<PersistentVolume>> = {}): PersistentVolume {
  const claimed = name.replace(/^pv-/, '')
  return {
    metadata: {name, uid: `uid-${name}`, creationTimestamp: CREATED, ...metadata},
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: {storage: '1Gi'},
      storageClassName: 'fast',
      persistentVolumeReclaimPolicy: 'Delete',
      claimRef: {namespace: 'shop', name: claimed, uid: `uid-${claimed}`},
      csi: {driver: 'csi.test', volumeHandle: name},
      ...spec,
    },
    status: {phase: 'Bound', ...status},
  }
}

/** Required node affinity: one term, one `In`. */
export function pinnedTo(key: string, ...values: readonly string[]) {
  return {
    nodeAffinity: {
      required: {nodeSelectorTerms: [{matchExpressions: [{key, operator: 'In', values}]}]},
    },
  }
}

/** `node-a`: ready, in zone `a`. */
export function node({
  name = 'node-a',
  metadata = {},
  spec = {},
  status = {},
}: Overrides<Spec<Node>, Status<Node>> = {}): Node {
  return {
    metadata: {
      name,
      uid: `uid-${name}`,
      labels: {'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': 'a'},
      ...metadata,
    },
    spec,
    status: {conditions: [{type: 'Ready', status: 'True'}], ...status},
  }
}

/** The headless Service of `web`. */
export function service({
  name = 'web',
  namespace = 'shop',
  metadata = {},
  spec = {},
}: Overrides<Spec<Service>> = {}): Service {
  return {
    metadata: {name, namespace, ...metadata},
    spec: {clusterIP: 'None', type: 'ClusterIP', selector: {app: name}, ...spec},
  }
}

type Endpoints = NonNullable<EndpointSlice['endpoints']>

/** A slice of `service`, as the EndpointSlice controller makes it. */
export function endpointSlice(
  service: string,
  namespace: string,
  endpoints: Endpoints,
  managedBy = 'endpointslice-controller.k8s.io',
): EndpointSlice {
  const labels = {
    'kubernetes.io/service-name': service,
    'endpointslice.kubernetes.io/managed-by': managedBy,
  }
  return {metadata: {name: `${service}-abc`, namespace, labels}, endpoints}
}

/** What the controller makes of a Pod that is ready. */
export function endpoint(of: Pod, others: Partial<Endpoints[number]> = {}): Endpoints[number] {
  const {name = '', uid = ''} = of.metadata ?? {}
  return {
    addresses: [of.status?.podIP ?? ''],
    conditions: {ready: true, serving: true, terminating: false},
    hostname: name,
    targetRef: {kind: 'Pod', name, uid},
    ...others,
  }
}

/** `fast`: not the default, provisioned by `csi.test`, binding at once. */
export function storageClass({
  name = 'fast',
  ...others
}: Partial<StorageClass> & {name?: string} = {}): StorageClass {
  return {metadata: {name}, provisioner: 'csi.test', volumeBindingMode: 'Immediate', ...others}
}

const DATA = {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'}

/** What `reason` was said of claim `data-web-0`, half an hour ago. */
export function event(
  reason: string,
  message: string,
  {involvedObject = DATA, ...others}: Partial<Event> = {},
): Event {
  return {
    metadata: {name: `e-${reason}`, namespace: involvedObject.namespace ?? 'default'},
    involvedObject,
    reason,
    message,
    firstTimestamp: '2026-05-01T11:30:00Z',
    count: 3,
    ...others,
  }
}

/** `pv-data-web-0` attached to `node-a`. */
export function attachment({
  name = 'csi-1',
  metadata = {},
  spec = {},
  status = {},
}: Overrides<VolumeAttachment['spec'], Status<VolumeAttachment>> = {}): VolumeAttachment {
  return {
    metadata: {name, ...metadata},
    spec: {
      attacher: 'csi.test',
      nodeName: 'node-a',
      source: {persistentVolumeName: 'pv-data-web-0'},
      ...spec,
    },
    status: {attached: true, ...status},
  }
}

/** What was read; `unseen` kinds were asked for and refused. */
export function snapshot(
  facts: Partial<Observed> = {},
  unseen: readonly ResourceKey[] = [],
): ClusterSnapshot {
  const omissions = unseen.map((key) => ({
    resource: key.toLowerCase(),
    reason: 'Forbidden',
    message: `${key.toLowerCase()} is forbidden`,
  }))
  return snapshotOf(NOW, {...facts, omissions})
}

/** A set `web` whose ordinals all run, each on its own bound claim, and all that belongs to it. */
export function healthy(replicas = 1): Observed {
  const ordinals = Array.from({length: replicas}, (_, ordinal) => ordinal)
  return {
    ...snapshotOf(NOW),
    statefulSets: [statefulSet({replicas})],
    pods: ordinals.map((ordinal) => pod({name: `web-${ordinal}`})),
    persistentVolumeClaims: ordinals.map((ordinal) => claim({name: `data-web-${ordinal}`})),
    persistentVolumes: ordinals.map((ordinal) => volume({name: `pv-data-web-${ordinal}`})),
    storageClasses: [storageClass()],
    nodes: [node()],
    services: [service()],
  }
}
