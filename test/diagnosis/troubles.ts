/** One small cluster per cause, in which everything that has a name is called after `h`. */

import type {DiskUsage} from '../../src/model/usage.ts'
import {
  attachment,
  claim,
  claimTemplate,
  event,
  NOW,
  node,
  pendingClaim,
  pendingPod,
  pinnedTo,
  pod,
  service,
  statefulSet,
  storageClass,
  volume,
} from '../builders.ts'
import type {Facts} from './subjects.ts'

type Trouble = (h: string) => Facts

const namespaceOf = (h: string) => `ns-${h}`
const claimName = (h: string, ordinal = 0) => `${h}-${h}-${ordinal}`

function set(h: string, others: Parameters<typeof statefulSet>[0] = {}) {
  return statefulSet({name: h, namespace: namespaceOf(h), templates: [h], ...others})
}

function member(h: string, others: Parameters<typeof pod>[0] = {}) {
  const volumes = [{name: h, persistentVolumeClaim: {claimName: claimName(h)}}]
  return pod({
    name: `${h}-0`,
    namespace: namespaceOf(h),
    set: h,
    ...others,
    spec: {nodeName: h, volumes, ...others.spec},
  })
}

function mine(h: string, others: Parameters<typeof claim>[0] = {}, ordinal = 0) {
  return claim({
    name: claimName(h, ordinal),
    namespace: namespaceOf(h),
    ...others,
    spec: {volumeName: h, ...others.spec},
  })
}

function unbound(h: string, others: Parameters<typeof claim>[0] = {}) {
  return pendingClaim({name: claimName(h), namespace: namespaceOf(h), ...others})
}

function keptFor(h: string, uid = `uid-${claimName(h)}`) {
  return {claimRef: {namespace: namespaceOf(h), name: claimName(h), uid}}
}

function cluster(h: string, others: Facts = {}): Facts {
  return {
    statefulSets: [set(h)],
    pods: [member(h)],
    persistentVolumeClaims: [mine(h)],
    persistentVolumes: [volume({name: h, spec: keptFor(h)})],
    storageClasses: [storageClass()],
    nodes: [node({name: h})],
    services: [service({name: h, namespace: namespaceOf(h)})],
    ...others,
  }
}

function said(h: string, reason: string, message: string) {
  const involvedObject = {kind: 'PersistentVolumeClaim', namespace: namespaceOf(h), name: claimName(h)}
  return (facts: Facts): Facts => ({...facts, events: [event(reason, message, {involvedObject})]})
}

/** The claim is as its template says, and nobody has bound it. */
function unbinding(h: string, one: ReturnType<typeof unbound>, others: Facts = {}): Facts {
  const {volumeName: _, ...spec} = one.spec
  const statefulSets = [set(h, {spec: {volumeClaimTemplates: [{metadata: {name: h}, spec}]}})]
  return cluster(h, {statefulSets, persistentVolumeClaims: [one], persistentVolumes: [], ...others})
}

const waiting: Trouble = (h) => unbinding(h, unbound(h))
const lazily: Trouble = (h) => ({
  ...waiting(h),
  storageClasses: [storageClass({volumeBindingMode: 'WaitForFirstConsumer'})],
})
const told =
  (condition: string): Trouble =>
  (h) =>
    cluster(h, {
      persistentVolumeClaims: [
        mine(h, {status: {conditions: [{type: condition, status: 'True', message: h}]}}),
      ],
    })
const heard =
  (reason: string, message: string): Trouble =>
  (h) =>
    said(h, reason, message)(waiting(h))
const attached =
  (others: Parameters<typeof attachment>[0]): Trouble =>
  (h) =>
    cluster(h, {
      volumeAttachments: [
        attachment({
          name: h,
          ...others,
          spec: {nodeName: h, source: {persistentVolumeName: h}, ...others?.spec},
        }),
      ],
    })

const MI = 2 ** 20

/** What the kubelet of its only member has measured. */
function onDisk(h: string, figures: Pick<DiskUsage, 'usedBytes' | 'availableBytes'>): Facts {
  const of = {namespace: namespaceOf(h), claim: claimName(h), nodeName: h}
  const inodes = {inodes: 65_536, inodesUsed: 12, inodesFree: 65_524}
  return cluster(h, {
    usage: [{...of, capacityBytes: 10_000 * MI, ...figures, ...inodes, measuredAt: NOW}],
  })
}

export const troubles: Readonly<Record<string, Trouble>> = {
  'disk-full': (h) => onDisk(h, {usedBytes: 9_990 * MI, availableBytes: 10 * MI}),
  'disk-nearly-full': (h) => onDisk(h, {usedBytes: 9_100 * MI, availableBytes: 900 * MI}),
  'sts-name-held-by-foreign-pod': (h) =>
    cluster(h, {pods: [member(h, {metadata: {ownerReferences: [], labels: {}}})]}),
  'sched-pv-node-affinity': (h) =>
    cluster(h, {
      pods: [],
      persistentVolumes: [volume({name: h, spec: pinnedTo('kubernetes.io/hostname', h)})],
      nodes: [node({name: h, spec: {unschedulable: true}})],
    }),
  'pvc-leftover': (h) => cluster(h, {persistentVolumeClaims: [mine(h), mine(h, {}, 1)]}),
  'svc-missing': (h) => cluster(h, {services: []}),
  'svc-selector-mismatch': (h) =>
    cluster(h, {
      services: [service({name: h, namespace: namespaceOf(h), spec: {selector: {app: `not-${h}`}}})],
    }),
  'svc-not-headless': (h) =>
    cluster(h, {services: [service({name: h, namespace: namespaceOf(h), spec: {clusterIP: '10.0.0.1'}})]}),
  'sts-adopted-pod-volume-mismatch': (h) => cluster(h, {pods: [member(h, {spec: {volumes: []}})]}),
  'pvc-missing-for-pending-pod': (h) =>
    cluster(h, {pods: [member(h, {status: {phase: 'Pending'}})], persistentVolumeClaims: []}),
  'sched-pvc-not-found': (h) =>
    cluster(h, {
      statefulSets: [set(h, {templates: []})],
      pods: [member(h, {status: {phase: 'Pending'}})],
      persistentVolumeClaims: [],
    }),
  'pvc-lost': (h) => cluster(h, {persistentVolumeClaims: [mine(h, {status: {phase: 'Lost'}})]}),
  'pvc-terminating-protected': (h) =>
    cluster(h, {persistentVolumeClaims: [mine(h, {metadata: {deletionTimestamp: NOW}})]}),
  'pvc-terminating-other-finalizer': (h) =>
    cluster(h, {persistentVolumeClaims: [mine(h, {metadata: {deletionTimestamp: NOW, finalizers: [h]}})]}),
  'pvc-volumename-missing-pv': (h) =>
    cluster(h, {persistentVolumeClaims: [unbound(h, {spec: {volumeName: `no ${h}`}})]}),
  'pvc-pv-claimed-by-other': (h) =>
    cluster(h, {
      persistentVolumeClaims: [unbound(h, {spec: {volumeName: h}})],
      persistentVolumes: [volume({name: h, spec: keptFor(h, 'uid-old')})],
    }),
  'pvc-pv-released': (h) =>
    unbinding(h, unbound(h, {spec: {storageClassName: ''}}), {
      persistentVolumes: [
        volume({
          name: h,
          spec: {...keptFor(h, 'uid-old'), storageClassName: ''},
          status: {phase: 'Released'},
        }),
      ],
    }),
  'pvc-no-class': (h) => unbinding(h, withoutClass(h), {storageClasses: [storageClass({name: h})]}),
  'pvc-class-empty-static': (h) => unbinding(h, unbound(h, {spec: {storageClassName: ''}})),
  'pvc-class-missing': (h) => unbinding(h, unbound(h, {spec: {storageClassName: `no ${h}`}})),
  'pvc-wffc-no-consumer': (h) => ({...lazily(h), pods: []}),
  'sched-no-pv-to-bind': (h) => ({
    ...lazily(h),
    storageClasses: [storageClass({provisioner: 'kubernetes.io/no-provisioner'})],
  }),
  'pvc-wffc-pod-unscheduled': (h) => ({
    ...lazily(h),
    pods: [
      pendingPod({
        name: `${h}-0`,
        namespace: namespaceOf(h),
        set: h,
        spec: {volumes: [{name: h, persistentVolumeClaim: {claimName: claimName(h)}}]},
      }),
    ],
  }),
  'pvc-wffc-pod-bound': (h) => {
    const {template, ...spec} = set(h).spec ?? {}
    const named = {...template, spec: {containers: [{name: h}], nodeName: h}}
    return {
      ...lazily(h),
      statefulSets: [set(h, {spec: {...spec, template: named}})],
      pods: [
        member(h, {spec: {nodeName: h}, status: {phase: 'Pending', conditions: [], containerStatuses: []}}),
      ],
    }
  },
  'pvc-selected-node-stale': (h) => ({
    ...lazily(h),
    pods: [],
    persistentVolumeClaims: [
      unbound(h, {metadata: {annotations: {'volume.kubernetes.io/selected-node': `no ${h}`}}}),
    ],
  }),
  'pvc-misbound': heard(
    'ClaimMisbound',
    'Two claims are bound to the same volume, this one is bound incorrectly',
  ),
  'pvc-pv-mismatch': heard(
    'VolumeMismatch',
    'Cannot bind to requested volume "pv": requested PV is too small',
  ),
  'pvc-provisioning-infeasible': heard(
    'ProvisioningFailed',
    'Volume provisioning failed with infeasible error.',
  ),
  'pvc-provisioning-failed': heard('ProvisioningFailed', 'quota'),
  'pvc-external-wait': heard('ExternalProvisioning', 'Waiting for a volume to be created'),
  'attach-failed-driver': attached({status: {attached: false, attachError: {message: 'no'}}}),
  'detach-stuck': attached({
    metadata: {deletionTimestamp: NOW},
    status: {attached: true, detachError: {message: 'no'}},
  }),
  'va-orphan': attached({spec: {nodeName: 'nowhere'}}),
  'resize-controller-failed': told('ControllerResizeError'),
  'resize-node-failed': told('NodeResizeError'),
  'resize-fs-pending': told('FileSystemResizePending'),
  'resize-controller-running': told('Resizing'),
  'resize-infeasible': (h) =>
    cluster(h, {
      persistentVolumeClaims: [
        mine(h, {status: {allocatedResourceStatuses: {storage: 'NodeResizeInfeasible'}}}),
      ],
    }),
  'pvc-template-drift': (h) =>
    cluster(h, {
      statefulSets: [
        set(h, {spec: {volumeClaimTemplates: [claimTemplate(h, {resources: {requests: {storage: '2Gi'}}})]}}),
      ],
    }),
}

function withoutClass(h: string) {
  const {storageClassName: _, ...spec} = unbound(h).spec
  return {...unbound(h), spec}
}
