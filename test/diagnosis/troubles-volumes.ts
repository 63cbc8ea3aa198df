/**
 * One small cluster per cause that a Pod waits for a node or for its volumes, and per cause of a claim that is looked
 * for since; everything that has a name is called after `h`. The first Pod, or its claim, is what each is about.
 */
import type {Event, Pod} from '../../src/model/objects.ts'
import {
  attachment,
  CREATED,
  claim,
  claimTemplate,
  containerStatus,
  event,
  node,
  pendingClaim,
  pendingPod,
  pinnedTo,
  pod,
  statefulSet,
  storageClass,
  volume,
} from '../builders.ts'
import {REASONS} from './refusals.ts'
import type {Facts} from './subjects.ts'

type Trouble = (h: string) => Facts
type PodParts = NonNullable<Parameters<typeof pod>[0]>

const SINCE = '2026-05-01T11:30:00Z'
const LATE = '2026-05-01T11:59:00Z'
const namespaceOf = (h: string) => `ns-${h}`
const claimName = (h: string, ordinal = 0) => `${h}-${h}-${ordinal}`

function set(h: string, {metadata = {}, ...others}: Parameters<typeof statefulSet>[0] = {}) {
  const made = statefulSet({name: h, namespace: namespaceOf(h), templates: [h], ...others})
  return {...made, metadata: {...made.metadata, ...metadata}}
}

function parts(h: string, {spec = {}, ...others}: PodParts): PodParts {
  const volumes = [{name: h, persistentVolumeClaim: {claimName: claimName(h)}}]
  return {name: `${h}-0`, namespace: namespaceOf(h), set: h, ...others, spec: {volumes, ...spec}}
}

/** Refused by the scheduler with that text, half an hour ago. */
function refused(h: string, message: string, spec: PodParts['spec'] = {}, reason = 'Unschedulable'): Pod {
  const condition = {type: 'PodScheduled', status: 'False', reason, message, lastTransitionTime: SINCE}
  return pendingPod(parts(h, {spec, status: {conditions: [condition]}}))
}

/** On node `h`, and nothing of it has begun. */
function creating(h: string, others: PodParts = {}): Pod {
  const state = {waiting: {reason: 'ContainerCreating'}}
  return pod(
    parts(h, {
      ...others,
      spec: {nodeName: h, ...others.spec},
      status: {
        phase: 'Pending',
        conditions: [{type: 'PodScheduled', status: 'True', lastTransitionTime: CREATED}],
        containerStatuses: [containerStatus({state})],
        ...others.status,
      },
    }),
  )
}

function mine(h: string, others: Parameters<typeof claim>[0] = {}, ordinal = 0) {
  const name = claimName(h, ordinal)
  return claim({name, namespace: namespaceOf(h), ...others, spec: {volumeName: h, ...others.spec}})
}

function unbound(h: string, others: Parameters<typeof claim>[0] = {}) {
  return pendingClaim({name: claimName(h), namespace: namespaceOf(h), ...others})
}

function kept(h: string, spec: object = {}) {
  const claimRef = {namespace: namespaceOf(h), name: claimName(h), uid: `uid-${claimName(h)}`}
  return volume({name: h, spec: {claimRef, ...spec}})
}

function cluster(h: string, others: Facts = {}): Facts {
  return {
    statefulSets: [set(h)],
    pods: [creating(h)],
    persistentVolumeClaims: [mine(h)],
    persistentVolumes: [kept(h)],
    storageClasses: [storageClass()],
    nodes: [node({name: h})],
    ...others,
  }
}

const nodes = (text: string) =>
  `0/1 nodes are available: 1 ${text}. preemption: 0/1 nodes are available: 1 x.`
const says =
  (text: string, others: (h: string) => Facts = () => ({})): Trouble =>
  (h) =>
    cluster(h, {pods: [refused(h, nodes(text.replaceAll('NAME', h)))], ...others(h)})
const ofAll =
  (text: string, others: (h: string) => Facts): Trouble =>
  (h) =>
    cluster(h, {
      pods: [refused(h, `0/1 nodes are available: ${text.replaceAll('NAME', claimName(h))}. not found`)],
      ...others(h),
    })
const selected = (h: string, at = h) => ({
  persistentVolumeClaims: [unbound(h, {metadata: {annotations: {'volume.kubernetes.io/selected-node': at}}})],
  persistentVolumes: [],
})
const tainted = (h: string) => ({nodes: [node({name: h, spec: {taints: [{key: h, effect: 'NoSchedule'}]}})]})
const bearing = (key: string) => (h: string) => ({
  nodes: [node({name: h, spec: {taints: [{key, effect: 'NoSchedule'}]}})],
})
const cordoned = (h: string) => ({nodes: [node({name: h, spec: {unschedulable: true}})]})

/** Reasons that need no objects of their own to be told from others. */
const PLAIN = Object.entries(REASONS).filter(
  ([id]) => !/pvc|pv-|no-pv|taint|cordoned|node-affinity|no-nodes/.test(id),
)

export const schedulingTroubles: Readonly<Record<string, Trouble>> = {
  ...Object.fromEntries(PLAIN.map(([id, text]) => [id, says(text)])),
  'sched-taint': says('node(s) had untolerated taint(s)', tainted),
  ...Object.fromEntries(
    Object.entries({
      'sched-node-not-ready': 'node.kubernetes.io/unreachable',
      'sched-node-pressure': 'node.kubernetes.io/disk-pressure',
      'sched-node-starting': 'node.cilium.io/agent-not-ready',
      'sched-node-leaving': 'karpenter.sh/disrupted',
    }).map(([id, key]) => [id, says('node(s) had untolerated taint(s)', bearing(key))]),
  ),
  'sched-node-cordoned': says('node(s) were unschedulable', cordoned),
  'sched-node-affinity': (h) =>
    cluster(h, {
      pods: [refused(h, nodes("node(s) didn't match Pod's node affinity/selector"), {nodeSelector: {h}})],
    }),
  'sched-pv-node-affinity': says("node(s) didn't match PersistentVolume's node affinity", (h) => ({
    persistentVolumes: [kept(h, pinnedTo('topology.kubernetes.io/zone', `not-${h}`))],
  })),
  'sched-pv-zone': says('node(s) had no available volume zone', (h) => ({
    persistentVolumes: [
      volume({...kept(h), name: h, metadata: {labels: {'topology.kubernetes.io/zone': `not-${h}`}}}),
    ],
  })),
  'sched-no-pv-to-bind': says("node(s) didn't find available persistent volumes to bind", (h) => ({
    ...selected(h, `no ${h}`),
    storageClasses: [storageClass({volumeBindingMode: 'WaitForFirstConsumer'})],
  })),
  'sched-no-nodes': (h) => cluster(h, {pods: [refused(h, 'no nodes available to schedule pods')], nodes: []}),
  'sched-unbound-immediate-pvc': ofAll('pod has unbound immediate PersistentVolumeClaims', (h) => ({
    persistentVolumeClaims: [unbound(h)],
  })),
  'sched-pvc-not-found': ofAll('persistentvolumeclaim "NAME" not found', () => ({
    persistentVolumeClaims: [],
  })),
  'sched-pvc-being-deleted': ofAll('persistentvolumeclaim "NAME" is being deleted', (h) => ({
    persistentVolumeClaims: [mine(h, {metadata: {deletionTimestamp: SINCE}})],
  })),
  'sched-pv-missing': ofAll(
    'persistentvolumeclaim "NAME" bound to non-existent persistentvolume "v"',
    (h) => ({
      persistentVolumeClaims: [mine(h, {status: {phase: 'Lost'}})],
      persistentVolumes: [],
    }),
  ),
  'sched-ephemeral-pvc': ofAll(
    'waiting for ephemeral volume controller to create the persistentvolumeclaim "NAME"',
    () => ({persistentVolumeClaims: []}),
  ),
  'sched-bind-timeout': (h) =>
    cluster(h, {
      pods: [
        refused(
          h,
          'running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded',
          {},
          'SchedulerError',
        ),
      ],
      ...selected(h),
    }),
  'sched-gated': (h) =>
    cluster(h, {
      pods: [refused(h, 'Scheduling is blocked', {schedulingGates: [{name: h}]}, 'SchedulingGated')],
    }),
  'sched-no-scheduler': (h) =>
    cluster(h, {pods: [pendingPod(parts(h, {spec: {schedulerName: h}, status: {conditions: []}}))]}),
  'sched-nominated': (h) => {
    const made = refused(h, nodes('Insufficient cpu'))
    return cluster(h, {pods: [{...made, status: {...made.status, nominatedNodeName: h}}]})
  },
  'sched-no-scale-up': says('Insufficient cpu', (h) => ({
    events: [podEvent(h, 'NotTriggerScaleUp', "pod didn't trigger scale-up: 1 max node group size reached")],
  })),
  'sched-unschedulable': says('node(s) are of the wrong colour'),
}

/** What was said of the Pod, last a minute ago. */
function podEvent(h: string, reason: string, message: string, others: Partial<Event> = {}): Event {
  const involvedObject = {kind: 'Pod', namespace: namespaceOf(h), name: `${h}-0`}
  return event(reason, message, {involvedObject, lastTimestamp: LATE, ...others})
}

const heard =
  (reason: string, message: string): Trouble =>
  (h) =>
    cluster(h, {events: [podEvent(h, reason, message.replaceAll('NAME', h))]})
const held =
  (others: (h: string) => Facts = () => ({}), metadata: object = {}, status: object = {}): Trouble =>
  (h) =>
    cluster(h, {
      nodes: [node({name: h}), node({name: `other ${h}`})],
      volumeAttachments: [
        attachment({
          name: h,
          metadata,
          spec: {nodeName: `other ${h}`, source: {persistentVolumeName: h}},
          status,
        }),
      ],
      ...others(h),
    })
const here =
  (status: object): Trouble =>
  (h) =>
    cluster(h, {
      volumeAttachments: [
        attachment({
          name: h,
          metadata: {creationTimestamp: SINCE},
          spec: {nodeName: h, source: {persistentVolumeName: h}},
          status: {attached: false, ...status},
        }),
      ],
    })

export const mountTroubles: Readonly<Record<string, Trouble>> = {
  'attach-multi-pod': held((h) => ({
    pods: [creating(h), {...pod(parts(h, {name: `${h}-9`, spec: {nodeName: `other ${h}`}}))}],
  })),
  'attach-multi-leftover': held(),
  'attach-failed-driver': here({attachError: {message: 'no'}}),
  'attach-timeout': here({}),
  'detach-stuck': held(() => ({}), {deletionTimestamp: SINCE}, {detachError: {message: 'no'}}),
  'va-orphan': held((h) => ({nodes: [node({name: h})]})),
  'mount-timeout': heard(
    'FailedMount',
    'Unable to attach or mount volumes: unmounted volumes=[NAME], unattached volumes=[]: timed out waiting for the condition',
  ),
  'mount-failed-driver': heard('FailedMount', 'MountVolume.MountDevice failed for volume "NAME" : rpc error'),
  'mount-csi-driver-not-registered': (h) =>
    here({attachError: {message: `CSINode ${h} does not contain driver csi.example.org`}})(h),
  'mount-configmap-secret': heard(
    'FailedMount',
    'MountVolume.SetUp failed for volume "config" : configmap "settings" not found',
  ),
  'mount-host-path': heard(
    'FailedMount',
    'MountVolume.SetUp failed for volume "modules" : hostPath type check failed: /lib/NAME is not a directory',
  ),
  'mount-pv-node-affinity': heard(
    'FailedMount',
    'MountVolume.NodeAffinity check failed for volume "NAME" : no matching NodeSelectorTerms',
  ),
  'sched-rwop-in-use': heard(
    'FailedMount',
    'MountVolume.SetUp failed for volume "NAME" : volume uses the ReadWriteOncePod access mode and is already in use by another pod',
  ),
  'mount-block': heard('FailedMapVolume', 'MapVolume.SetUpDevice failed for volume "NAME" : rpc error'),
  'mount-fsgroup-slow': heard(
    'VolumePermissionChangeInProgress',
    'Setting volume ownership for uid/volumes/NAME is taking longer than expected',
  ),
  'mount-wait-attached': heard(
    'FailedMount',
    'Volume has not been added to the list of VolumesInUse in the node\'s volume status for volume "NAME" ',
  ),
  'fs-resize-failed-mount': heard('FileSystemResizeFailed', 'MountVolume.NodeExpandVolume failed: read-only'),
}

/** The claim wants the class `h`. */
const attributes = (h: string, status: object = {}, events: readonly Event[] = []): Facts =>
  cluster(h, {
    persistentVolumeClaims: [mine(h, {spec: {volumeAttributesClassName: h}, status})],
    events,
  })

/** Of claims: as a rule of one claim sees the first, or a rule of the set sees all. */
export const claimTroubles: Readonly<Record<string, Trouble>> = {
  'pvc-multiple-defaults': (h) => {
    const {storageClassName: _, ...spec} = claimTemplate(h).spec ?? {}
    const metadata = {annotations: {'storageclass.kubernetes.io/is-default-class': 'true'}}
    return cluster(h, {
      statefulSets: [set(h, {spec: {volumeClaimTemplates: [{metadata: {name: h}, spec}]}})],
      storageClasses: [h, `old ${h}`].map((name) => storageClass({metadata: {...metadata, name}})),
    })
  },
  'pvc-reused-from-former-life': (h) =>
    cluster(h, {
      persistentVolumeClaims: [mine(h, {metadata: {creationTimestamp: '2026-04-01T10:00:00Z'}})],
    }),
  'pvc-retention-delete-on-scale': (h) =>
    cluster(h, {
      statefulSets: [
        set(h, {replicas: 0, spec: {persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete'}}}),
      ],
    }),
  'pvc-retention-foreign-controller': (h) =>
    cluster(h, {
      statefulSets: [set(h, {spec: {persistentVolumeClaimRetentionPolicy: {whenDeleted: 'Delete'}}})],
      persistentVolumeClaims: [
        mine(h, {
          metadata: {
            ownerReferences: [
              {apiVersion: 'example.com/v1', kind: 'Backup', name: h, uid: 'u', controller: true},
            ],
          },
        }),
      ],
    }),
  'pv-failed-delete': (h) => {
    const claimRef = {namespace: namespaceOf(h), name: claimName(h), uid: 'uid-old'}
    return cluster(h, {
      persistentVolumes: [
        kept(h),
        volume({name: `old ${h}`, spec: {claimRef}, status: {phase: 'Failed', message: 'in use'}}),
      ],
    })
  },
  'resize-no-resizer': (h) => {
    const involvedObject = {kind: 'PersistentVolumeClaim', namespace: namespaceOf(h), name: claimName(h)}
    const message = 'waiting for an external controller to expand this PVC'
    return cluster(h, {
      persistentVolumeClaims: [mine(h, {spec: {resources: {requests: {storage: '2Gi'}}}})],
      events: [event('ExternalExpanding', message, {involvedObject})],
    })
  },
  'vac-modify-pending': (h) =>
    attributes(h, {conditions: [{type: 'ModifyingVolume', status: 'True', lastTransitionTime: SINCE}]}),
  'vac-missing': (h) =>
    attributes(h, {modifyVolumeStatus: {status: 'Pending', targetVolumeAttributesClassName: h}}),
  'vac-failed': (h) =>
    attributes(h, {conditions: [{type: 'ModifyVolumeError', status: 'True', message: 'no'}]}),
}
