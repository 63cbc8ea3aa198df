import type {SchedulingCauses} from './reason.ts'

const LOWER = 'lower the requests in the template'
const PRIORITY = 'if it matters more than what runs there, give the Pods a higher priorityClassName'
const ON_ONE = ['free room on the node', LOWER, PRIORITY]
const ON_SEVERAL = ['free room where the Pod may run, or add a node there', LOWER, PRIORITY]
const STOPS_OTHERS = {
  risk: 'a higher priority makes room by stopping other Pods',
  riskWhen: 'others would have to make room: not where even an empty node is too small',
}

/** What a node has too little of. Most specific first, in all wordings of 1.20 to 1.37. */
export const causes = {
  'sched-insufficient-cpu': {
    title: 'not enough CPU free',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The scheduler says `Insufficient cpu`: no node that is otherwise fit has the requested CPU to spare. For a daemon Pod that is its one node.',
    remedy:
      'Lower the request in the template, or add room where the volume or the node selector allows it. An autoscaler may already be at it.',
    ...STOPS_OTHERS,
    pattern: /^Insufficient cpu$/i,
    words: 'not enough CPU is free',
    severity: 'error',
    ways: ON_ONE,
    onSeveral: ON_SEVERAL,
  },
  'sched-insufficient-memory': {
    title: 'not enough memory free',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The scheduler says `Insufficient memory`. Requests count, not what is used.',
    remedy: 'Lower the request in the template, or add room where the volume or the node selector allows it.',
    ...STOPS_OTHERS,
    pattern: /^Insufficient memory$/i,
    words: 'not enough memory is free',
    severity: 'error',
    ways: ON_ONE,
    onSeveral: ON_SEVERAL,
  },
  'sched-insufficient-ephemeral-storage': {
    title: 'not enough scratch space free',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The scheduler says `Insufficient ephemeral-storage`: the local disk of the nodes is promised to others.',
    remedy: 'Lower the request in the template, or use nodes with a larger disk.',
    ...STOPS_OTHERS,
    pattern: /^Insufficient ephemeral-storage$/i,
    words: 'not enough ephemeral storage is free',
    severity: 'error',
    ways: ON_ONE,
    onSeveral: ON_SEVERAL,
  },
  'sched-insufficient-extended': {
    title: 'device taken or not offered',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The scheduler says `Insufficient` with the name of a device or other extended resource. All of them are taken, or no device plugin offers them.',
    remedy:
      '`kubectl describe node` shows `Allocatable`: if it is 0, look at the DaemonSet of the device plugin.',
    pattern: /^Insufficient \S+$/i,
    words: 'not enough of a device is free',
    severity: 'error',
    ways: ['see whether the device plugin of that resource runs on the node, and whether devices are free'],
    isRegisteredLate: true,
  },
  'sched-too-many-pods': {
    title: 'node takes no more Pods',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The scheduler says `Too many pods`: the node runs as many as its kubelet accepts.',
    remedy: 'Move Pods away, add nodes, or raise `maxPods` of the kubelet.',
    risk: STOPS_OTHERS.risk,
    pattern: /^Too many pods$/i,
    severity: 'error',
    words: 'the limit of Pods is reached',
    ways: ['move Pods away from the node, or raise maxPods of its kubelet', PRIORITY],
    onSeveral: ['add a node, or move Pods away from these', PRIORITY],
  },
  'sched-max-volumes': {
    title: "nodes can't attach more volumes",
    applies: ['StatefulSet'],
    sign: 'The scheduler says `exceed max volume count`. From 1.32 attachments that were left behind count too.',
    remedy:
      'Move Pods with volumes to other nodes, add nodes, and look for leftovers in `kubectl get volumeattachment`.',
    pattern: /exceed max volume count/i,
    severity: 'error',
    words: 'the limit of attached volumes is reached',
    ways: ['move a Pod with volumes away from the node', 'add a node'],
  },
  'sched-host-port': {
    title: 'host port is taken',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: "The scheduler says `didn't have free ports for the requested pod ports`: another Pod of the node holds the port, and is named where it was seen.",
    remedy: 'See whether both are wanted on the node; if so, choose another port in one of the templates.',
    pattern: /didn't have free ports for the requested pod ports/i,
    severity: 'error',
    words: 'a host port of the Pod is taken',
    ways: ['see which Pod of the node has the port: it was not seen', 'choose another port in the template'],
  },
  'sched-disk-conflict': {
    title: 'disk is used on the node',
    applies: ['StatefulSet'],
    sign: 'The scheduler says `had no available disk`: another Pod of the node uses the same disk, named directly in the Pod.',
    remedy: 'Wait for that Pod, or find out why both name one disk.',
    pattern: /had no available disk/i,
    severity: 'warning',
    words: 'the disk of the Pod is used by another Pod',
    ways: ['see which Pod of the node uses the same disk, and why'],
  },
  'sched-dra': {
    title: "device claim can't be allocated",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The scheduler says `cannot allocate all claims`, or that a `resourceclaim` is in use or being deleted.',
    remedy: '`kubectl get resourceclaim`, then look at the driver of those devices.',
    pattern: /cannot allocate all claims|resourceclaim/i,
    severity: 'warning',
    words: "the Pod's ResourceClaim can't be allocated",
    ways: ['look at the ResourceClaim and at its DRA driver'],
    isRegisteredLate: true,
  },
} satisfies SchedulingCauses

export const EXTENDED = 'sched-insufficient-extended' satisfies keyof typeof causes
export const HOST_PORT = 'sched-host-port' satisfies keyof typeof causes
