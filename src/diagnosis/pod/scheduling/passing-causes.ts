import type {Causes} from '../../cause.ts'
import type {PassingState} from '../../passing-taints.ts'

export const causes = {
  'sched-node-not-ready': {
    title: 'needed node is not ready',
    applies: ['StatefulSet'],
    sign: 'The nodes that could take the Pod have the taint `node.kubernetes.io/not-ready`, `unreachable`, `network-unavailable`, `out-of-service` or `node.cloudprovider.kubernetes.io/shutdown`: the scheduler speaks of an untolerated taint, and the taint only mirrors that the node is not ready.',
    remedy:
      'Bring the node back; its taint is removed by itself. Where only a zone counts, a new node there will do.',
  },
  'sched-node-pressure': {
    title: 'needed node is short of resources',
    applies: ['StatefulSet'],
    sign: 'The nodes that could take the Pod have the taint `node.kubernetes.io/disk-pressure`, `memory-pressure` or `pid-pressure`, which mirror a condition that the kubelet reports.',
    remedy: 'Free what the condition names on that node; its taint is removed by itself.',
  },
  'sched-node-starting': {
    title: 'needed node is not set up',
    applies: ['StatefulSet'],
    sign: "The nodes that could take the Pod have a taint that an agent takes off once it has done its work there: `node.cloudprovider.kubernetes.io/uninitialized`, `agent-not-ready` of Cilium or of a storage driver, `karpenter.sh/unregistered`, a startup taint of the cluster autoscaler's.",
    remedy: 'See why that agent does not run on the node, or does not finish.',
  },
  'sched-node-leaving': {
    title: 'needed node is being taken away',
    applies: ['StatefulSet'],
    sign: 'The nodes that could take the Pod are being removed or worked on, and have the taint `ToBeDeletedByClusterAutoscaler`, `karpenter.sh/disrupted`, or one of a termination handler or of a maintenance operator.',
    remedy:
      'A node is needed in the zone where the volume is: see why none is added. A volume on the disk of that node is lost with it: stop the removal first.',
  },
} satisfies Causes

const IDS = {
  ready: 'sched-node-not-ready',
  pressure: 'sched-node-pressure',
  starting: 'sched-node-starting',
  leaving: 'sched-node-leaving',
} as const satisfies Record<PassingState['kind'], keyof typeof causes>

export function passingId({kind}: PassingState): keyof typeof causes {
  return IDS[kind]
}

/** Of several the one whose end is nearest comes first. */
const NEAREST: readonly PassingState['kind'][] = ['starting', 'ready', 'pressure', 'leaving']

export function byNearness(left: PassingState, right: PassingState): number {
  return NEAREST.indexOf(left.kind) - NEAREST.indexOf(right.kind)
}
