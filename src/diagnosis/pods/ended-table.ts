import type {Finding, Severity} from '../finding.ts'

/** Why a kubelet refused or ended a Pod, by the `status.reason` that it leaves. */
export interface EndedReason {
  readonly id: string
  readonly reason: RegExp
  readonly severity: Severity
  readonly selfHealing: Finding['selfHealing']
  /** As it goes on after the Pod's name, before the node's. */
  readonly verb: string
  readonly advice: string
}

/** Reasons of 1.20 to 1.37: pkg/kubelet/{lifecycle,eviction,preemption,nodeshutdown,volumemanager}. */
export const ENDED: readonly EndedReason[] = [
  {
    id: 'node-admit-out-of',
    reason: /^OutOf/,
    severity: 'error',
    selfHealing: 'maybe',
    verb: 'was refused for want of room by',
    advice:
      'the kubelet counts more than the scheduler saw: look for static Pods, a second scheduler, or Pods that have only just gone',
  },
  {
    id: 'node-admit-affinity',
    reason: /^NodeAffinity$/,
    severity: 'warning',
    selfHealing: 'maybe',
    verb: 'no longer fits the labels of',
    advice: "the node's labels have changed since it was scheduled: restore them, or the Pod goes elsewhere",
  },
  {
    id: 'node-volume-limit-exceeded',
    reason: /^VolumeAttachmentLimitExceeded$/,
    severity: 'error',
    selfHealing: 'maybe',
    verb: 'was refused for its volumes by',
    advice:
      'the node can attach no more volumes than it has, whatever the scheduler counted: it is replaced and scheduled anew; see the limit in the CSINode',
  },
  {
    id: 'evicted-node-pressure',
    reason: /^Evicted$/,
    severity: 'error',
    selfHealing: 'maybe',
    verb: 'was evicted by',
    advice:
      "find out what uses up the node: mind the Pod's requests and limits (memory, ephemeral-storage, emptyDir), or give the node more",
  },
  {
    id: 'preempted-by-kubelet',
    reason: /^Preempting$/,
    severity: 'warning',
    selfHealing: 'maybe',
    verb: 'had to make room for a critical Pod of',
    advice: 'a static Pod or a critical DaemonSet needs the room: leave it some on every node',
  },
  {
    id: 'node-shutdown',
    reason: /^(?:Terminated|NodeShutdown|Shutdown)$/,
    severity: 'warning',
    selfHealing: 'maybe',
    verb: 'was ended, or refused, by the shutdown of',
    advice: 'it is replaced: a Pod bound to that node by its volume waits until the node is back',
  },
  {
    id: 'node-admit-unexpected',
    reason:
      /^(?:UnexpectedAdmissionError|TopologyAffinityError|UnexpectedPredicateFailureType|UnknownReason|InvalidNodeInfo)$/,
    severity: 'error',
    selfHealing: 'maybe',
    verb: 'was refused by',
    advice: 'look at the device plugins, and the CPU and topology managers, on that node',
  },
  {
    id: 'node-admit-unexpected',
    reason:
      /^(?:AppArmor|PodOS\w+|SysctlForbidden|\w+NotSupported|\w+Forbidden|\w+NotAdmitted|PodFeatureUnsupported|NodeName|NodePorts)$/,
    severity: 'error',
    selfHealing: 'no',
    verb: 'asks for what it does not get on',
    advice: 'change what the template asks for, or run it on nodes that offer it',
  },
]
