import type {Severity} from '../finding.ts'

/** A reason of the scheduler that the catalog knows, in all wordings of 1.20 to 1.37. */
export interface SchedulingReason {
  readonly id: string
  readonly pattern: RegExp
  readonly severity: Severity
  readonly advice: string
  readonly danger?: string
}

const ROOM =
  'free room on the node, lower the requests in the template, or give the Pods a higher priorityClassName'
const EVICTS = 'a higher priority makes room by stopping other Pods of that node'
const CLAIM = 'the claim is the cause: see what is wrong with it'

/** Most specific first. */
const REASONS: readonly SchedulingReason[] = [
  error('sched-insufficient-cpu', /^Insufficient cpu$/i, ROOM, EVICTS),
  error('sched-insufficient-memory', /^Insufficient memory$/i, ROOM, EVICTS),
  error('sched-insufficient-ephemeral-storage', /^Insufficient ephemeral-storage$/i, ROOM, EVICTS),
  error(
    'sched-insufficient-extended',
    /^Insufficient \S+$/i,
    'is the device plugin of that resource running on the node, and does the node have devices to spare?',
  ),
  error(
    'sched-too-many-pods',
    /^Too many pods$/i,
    "the node takes no more Pods (kubelet's maxPods): remove some from it, or give these a higher priorityClassName",
    EVICTS,
  ),
  error(
    'sched-taint',
    /^node\(s\) had (untolerated )?taint/i,
    'tolerate the taint in the template, or remove it from the node',
    'the taint may protect the node or its hardware: ask who put it there',
  ),
  warning(
    'sched-node-cordoned',
    /^node\(s\) were unschedulable/i,
    'uncordon the node',
    'somebody may be draining it on purpose',
  ),
  error(
    'sched-affinity-terms-conflict',
    /pod affinity terms conflict/i,
    'no node can satisfy the affinity terms together: fix the template',
  ),
  error(
    'sched-node-affinity',
    /^node\(s\) didn't match (Pod's node affinity|node selector|scheduler-enforced node affinity|the requested (node name|hostname))/i,
    "the node's labels do not fit the Pod's selector or affinity: put the labels back, or fix the template",
  ),
  error(
    'sched-pv-node-affinity',
    /volume node affinity conflict|didn't match PersistentVolume's node affinity/i,
    'the volume can only be reached from other nodes: room is needed there',
  ),
  error('sched-pv-zone', /no available volume zone/i, 'the volume is in another zone: room is needed there'),
  error('sched-unbound-immediate-pvc', /unbound immediate PersistentVolumeClaims/i, CLAIM),
  error(
    'sched-no-pv-to-bind',
    /didn't find available persistent volumes to bind/i,
    'no volume fits that this node can reach: create one, or look at the allowedTopologies of the class',
  ),
  error(
    'sched-csi-capacity',
    /did not have enough free storage/i,
    'the storage that the node can reach is full, or its CSIStorageCapacity objects are stale',
  ),
  error('sched-pv-missing', /bound to non-existent (pv\(s\)|persistentvolume)/i, CLAIM),
  error('sched-pvc-not-found', /persistentvolumeclaim "[^"]*" not found/i, CLAIM),
  error('sched-pvc-being-deleted', /persistentvolumeclaim "[^"]*" is being deleted/i, CLAIM),
  warning(
    'sched-ephemeral-pvc',
    /waiting for ephemeral volume controller/i,
    'wait: a controller makes the claim of the ephemeral volume',
  ),
  error(
    'sched-max-volumes',
    /exceed max volume count/i,
    'the node has as many volumes attached as it can take: move a Pod with volumes away',
  ),
  error(
    'sched-csi-driver-missing',
    /CSI driver is not installed on the node/i,
    'the storage driver does not run on that node: look at its DaemonSet',
  ),
  error(
    'sched-existing-anti-affinity',
    /didn't satisfy existing pods anti-affinity rules/i,
    'a Pod on the node keeps this one away by its anti-affinity: which one, and is it meant?',
  ),
  error(
    'sched-anti-affinity',
    /didn't match pod (affinity\/)?anti-affinity/i,
    'a Pod on the node is one that this Pod must not share it with (a terminating one still counts)',
  ),
  error(
    'sched-pod-affinity',
    /didn't match pod affinity rules/i,
    'the Pod must run beside another one that is not there: look at its podAffinity',
  ),
  error(
    'sched-topology-spread',
    /didn't match pod topology spread constraints/i,
    'the Pod would make the spread too uneven: relax maxSkew, or use ScheduleAnyway',
  ),
  error(
    'sched-host-port',
    /didn't have free ports for the requested pod ports/i,
    'another Pod of the node holds the host port: find it, or change the port',
  ),
  error(
    'sched-rwop-in-use',
    /ReadWriteOncePod access mode/i,
    'another Pod uses the claim, which only one Pod at a time may do',
  ),
  warning('sched-disk-conflict', /had no available disk/i, 'another Pod of the node uses the same disk'),
  warning(
    'sched-dra',
    /cannot allocate all claims|resourceclaim/i,
    'look at the ResourceClaim and at its DRA driver',
  ),
  warning(
    'sched-node-features',
    /didn't match Pod's required features/i,
    'the node lacks a feature that the Pod needs: upgrade the node',
  ),
  error('sched-no-nodes', /^no nodes available/i, 'the scheduler knows no node: add nodes'),
]

/** The catalog's entry for a reason text; undefined for one that it does not know. */
export function schedulingReason(text: string): SchedulingReason | undefined {
  return REASONS.find(({pattern}) => pattern.test(text))
}

function error(id: string, pattern: RegExp, advice: string, danger?: string): SchedulingReason {
  return {id, pattern, severity: 'error', advice, ...(danger && {danger})}
}

function warning(id: string, pattern: RegExp, advice: string, danger?: string): SchedulingReason {
  return {...error(id, pattern, advice, danger), severity: 'warning'}
}
