import type {Taint} from './objects.ts'

/**
 * What a taint that no person has put on a node stands for. `ready`, `network` and `pressure` mirror a condition;
 * `starting`: an agent has not finished its work on the node; `leaving`: the machine is being taken away; `maintenance`:
 * somebody works on it; `shutdown`: it is switched off; `cordon` mirrors spec.unschedulable; `pool`: all nodes of a pool
 * have it, and for good; `out-of-service`: a person asserts that the machine is off.
 */
export type TaintKind =
  | 'ready'
  | 'network'
  | 'pressure'
  | 'starting'
  | 'leaving'
  | 'maintenance'
  | 'shutdown'
  | 'cordon'
  | 'pool'
  | 'out-of-service'

export interface KnownTaint {
  /** All of a key; one that ends or begins with `/` stands for all keys that begin, or end, so. */
  readonly key: string
  readonly kind: TaintKind
  /** Who puts it on a node and takes it off. */
  readonly by: string
  /** The condition of the node that it mirrors. */
  readonly mirrors?: string
}

const NODE_CONTROLLER = 'the node lifecycle controller'
const AUTOSCALER = 'the cluster autoscaler'

/** The first that matches is meant. */
const KNOWN: readonly KnownTaint[] = [
  {key: 'node.kubernetes.io/not-ready', kind: 'ready', by: NODE_CONTROLLER, mirrors: 'Ready'},
  {key: 'node.kubernetes.io/unreachable', kind: 'ready', by: NODE_CONTROLLER, mirrors: 'Ready'},
  {
    key: 'node.kubernetes.io/network-unavailable',
    kind: 'network',
    by: NODE_CONTROLLER,
    mirrors: 'NetworkUnavailable',
  },
  {key: 'node.kubernetes.io/disk-pressure', kind: 'pressure', by: NODE_CONTROLLER, mirrors: 'DiskPressure'},
  {
    key: 'node.kubernetes.io/memory-pressure',
    kind: 'pressure',
    by: NODE_CONTROLLER,
    mirrors: 'MemoryPressure',
  },
  {key: 'node.kubernetes.io/pid-pressure', kind: 'pressure', by: NODE_CONTROLLER, mirrors: 'PIDPressure'},
  {key: 'node.kubernetes.io/unschedulable', kind: 'cordon', by: NODE_CONTROLLER},
  {key: 'node.kubernetes.io/out-of-service', kind: 'out-of-service', by: 'a person'},
  {key: 'ToBeDeletedByClusterAutoscaler', kind: 'leaving', by: AUTOSCALER},
  {key: 'DeletionCandidateOfClusterAutoscaler', kind: 'leaving', by: AUTOSCALER},
  {key: 'startup-taint.cluster-autoscaler.kubernetes.io/', kind: 'starting', by: 'an agent of the node'},
  {key: 'ignore-taint.cluster-autoscaler.kubernetes.io/', kind: 'starting', by: 'an agent of the node'},
  {key: 'status-taint.cluster-autoscaler.kubernetes.io/', kind: 'maintenance', by: 'an agent of the node'},
  {key: 'karpenter.sh/unregistered', kind: 'starting', by: 'Karpenter'},
  {key: 'karpenter.sh/', kind: 'leaving', by: 'Karpenter'},
  {
    key: 'node.cloudprovider.kubernetes.io/uninitialized',
    kind: 'starting',
    by: 'the cloud controller manager',
  },
  {key: 'node.cloudprovider.kubernetes.io/shutdown', kind: 'shutdown', by: 'the cloud controller manager'},
  {key: 'node.cluster.x-k8s.io/uninitialized', kind: 'starting', by: 'Cluster API'},
  {key: 'node.cluster.x-k8s.io/outdated-revision', kind: 'maintenance', by: 'Cluster API'},
  {key: 'node.cilium.io/agent-not-ready', kind: 'starting', by: "Cilium's agent"},
  {key: 'ebs.csi.aws.com/agent-not-ready', kind: 'starting', by: 'the node plugin of ebs.csi.aws.com'},
  {key: 'efs.csi.aws.com/agent-not-ready', kind: 'starting', by: 'the node plugin of efs.csi.aws.com'},
  {key: '/agent-not-ready', kind: 'starting', by: 'the agent that it is called after'},
  {key: 'aws-node-termination-handler/', kind: 'leaving', by: 'the AWS node termination handler'},
  {key: 'cloud.google.com/impending-node-termination', kind: 'leaving', by: 'GKE'},
  {key: 'cloud.google.com/not-target-gke-version', kind: 'maintenance', by: 'GKE, which upgrades its nodes'},
  {key: 'medik8s.io/drain', kind: 'maintenance', by: 'the node maintenance operator'},
  {key: 'kubevirt.io/drain', kind: 'maintenance', by: 'the node maintenance operator'},
  {key: 'medik8s.io/remediation', kind: 'maintenance', by: 'a remediation operator'},
  {key: 'UpdateInProgress', kind: 'maintenance', by: 'the machine config operator'},
  {key: 'kubernetes.azure.com/scalesetpriority', kind: 'pool', by: 'AKS'},
  {key: 'cloud.google.com/gke-spot', kind: 'pool', by: 'GKE'},
  {key: 'cloud.google.com/gke-preemptible', kind: 'pool', by: 'GKE'},
]

/** What is known of a taint by its key; undefined for one that a person may have put there. */
export function knownTaint({key}: Partial<Pick<Taint, 'key'>>): KnownTaint | undefined {
  return KNOWN.find((known) => isMeant(known.key, key ?? ''))
}

function isMeant(pattern: string, key: string): boolean {
  if (pattern.endsWith('/')) return key.startsWith(pattern)
  return pattern.startsWith('/') ? key.endsWith(pattern) : key === pattern
}

/** Kinds that end by themselves, once what they stand for has ended. */
const PASSING: ReadonlySet<TaintKind> = new Set([
  'ready',
  'network',
  'pressure',
  'starting',
  'leaving',
  'maintenance',
  'shutdown',
])

/** Something else keeps Pods off the node, and the taint only says so: to tolerate it, or to take it off, mends nothing. */
export function isPassing(taint: Taint): boolean {
  const known = knownTaint(taint)
  return known !== undefined && PASSING.has(known.kind)
}
