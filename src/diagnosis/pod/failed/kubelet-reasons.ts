import {type Cause, rowsOf} from '../../cause.ts'
import type {Finding, Severity} from '../../finding.ts'
import type {CauseId} from '../../order.ts'
import {TEMPLATE_RISK} from '../template-fix.ts'

/** Why a kubelet refused or stopped a Pod, by the `status.reason` that it leaves. */
interface FinishedReason {
  readonly reason: RegExp
  readonly severity: Severity
  readonly selfHealing: Finding['selfHealing']
  /** The sentence about `pod` on `node`; `said` is what its kubelet says. */
  readonly text: (pod: string, node: string, said: string) => string
  readonly advice: string
  /** For a Pod that has one node of its own. */
  readonly onItsNode?: string
  /** What to change in the template, where that is what helps. */
  readonly what?: string
}

/** An eviction is the node's fault or the Pod's own, as the kubelet says. */
function evictionText(pod: string, node: string, said: string): string {
  const [, resource] = /low on resource: ([\w.-]*\w)/i.exec(said) ?? []
  const [, condition] = /had condition: \[([^\]]+)\]/i.exec(said) ?? []
  if (resource) return `Node ${node} was low on ${resource}, so it evicted ${pod}`
  if (condition) return `Node ${node} was under ${condition}, so it evicted ${pod}`
  if (/exceed/i.test(said)) return `${pod} used more local storage than its limit, so node ${node} evicted it`
  return `Node ${node} evicted ${pod}`
}

/** Reasons of 1.20 to 1.37: pkg/kubelet/{lifecycle,eviction,preemption,nodeshutdown,volumemanager}. */
export const causes = {
  'node-admit-out-of': {
    title: 'kubelet had no room',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'Phase `Failed` with a reason such as `OutOfcpu`, `OutOfmemory` or `OutOfpods`. The scheduler saw room that the kubelet does not: static Pods, a second scheduler, or many Pods coming and going at once.',
    remedy:
      'Look at what runs on the node; the Pod is replaced. If it repeats, find out why the two disagree.',
    reason: /^OutOf/,
    severity: 'error',
    selfHealing: 'maybe',
    text: (pod, node) => `Node ${node} had no room for ${pod}`,
    advice:
      'find what the kubelet counts and the scheduler does not: static Pods, a second scheduler, Pods that have only just gone',
  },
  'node-admit-affinity': {
    title: "node's labels no longer fit",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'Phase `Failed` with the reason `NodeAffinity`: the kubelet looked again, mostly after a restart, and the labels of its node had changed.',
    remedy:
      'Put the label back if the Pod belongs there; otherwise it is replaced elsewhere, or, of a DaemonSet, not wanted there any more.',
    reason: /^NodeAffinity$/,
    severity: 'warning',
    selfHealing: 'maybe',
    text: (pod, node) => `The labels of node ${node} no longer fit ${pod}`,
    advice: "put the node's labels back as they were when it was scheduled, or let the Pod go elsewhere",
    onItsNode:
      "put the node's labels back as they were when it was scheduled if the Pod belongs there; else the set wants none there any more",
  },
  'node-volume-limit-exceeded': {
    title: "node's volume limit was reached",
    applies: ['StatefulSet'],
    sign: "From 1.34: phase `Failed` with the reason `VolumeAttachmentLimitExceeded`. The node can't attach as many volumes as it had said.",
    remedy: 'Wait: the Pod is created again, and the node now tells the right number.',
    reason: /^VolumeAttachmentLimitExceeded$/,
    severity: 'error',
    selfHealing: 'maybe',
    text: (pod, node) => `Node ${node} can attach no more volumes, so it refused ${pod}`,
    advice: 'wait: the Pod is replaced and scheduled again, by the limit that the CSINode tells now',
  },
  'evicted-node-pressure': {
    title: 'evicted, node was short',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'Phase `Failed` with the reason `Evicted`; the message names the resource or the condition, such as `DiskPressure`. The kubelet chose this Pod to save the node.',
    remedy: 'Find out what fills the memory or the disk of the node, and set requests that tell the truth.',
    reason: /^Evicted$/,
    severity: 'error',
    selfHealing: 'maybe',
    text: evictionText,
    advice:
      "find what uses up the node, and give it room; set the Pod's requests and limits (memory, ephemeral-storage, emptyDir) to what it uses",
  },
  'preempted-by-kubelet': {
    title: 'pushed out by critical Pod',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'An event `Preempting` says `Preempted in order to admit critical pod`: a critical daemon Pod or static Pod needed the room.',
    remedy: 'Leave room for the daemons of the node; the Pod is replaced.',
    reason: /^Preempting$/,
    severity: 'warning',
    selfHealing: 'maybe',
    text: (pod, node) => `A critical Pod of node ${node} took the room of ${pod}`,
    advice: 'leave room on every node for its static Pods and critical DaemonSets',
  },
  'node-shutdown': {
    title: 'node was shut down',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'Phase `Failed` with the reason `Terminated` or `NodeShutdown`: the machine was shut down in an orderly way, or rejected the Pod while going down.',
    remedy: 'Bring the node back. A Pod whose volume is elsewhere reachable comes up there.',
    reason: /^(?:Terminated|NodeShutdown|Shutdown)$/,
    severity: 'warning',
    selfHealing: 'maybe',
    text: (pod, node) => `Node ${node} was shut down, which stopped or refused ${pod}`,
    advice: 'wait: the Pod is replaced; one that its volume binds to that node waits until the node is back',
    onItsNode: 'wait: the Pod is replaced there, and works again when the node is back',
  },
  'node-admit-unexpected': {
    title: 'kubelet refused the Pod',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'Phase `Failed` with the reason `UnexpectedAdmissionError`, mostly about devices, CPUs or their alignment. Or the template asks for what the kubelet of this node does not offer: `SysctlForbidden`, `AppArmor`, `PodOSNotSupported` and others.',
    remedy:
      'Look at the device plugin of that node; the message of the Pod tells more. What the kubelet does not offer it has to be allowed (sysctls: `allowedUnsafeSysctls`) or given (an AppArmor profile), or the template must do without.',
    risk: TEMPLATE_RISK,
    riskWhen: 'the template asks for what the node does not offer',
    reason:
      /^(?:UnexpectedAdmissionError|TopologyAffinityError|UnexpectedPredicateFailureType|UnknownReason|InvalidNodeInfo)$/,
    severity: 'error',
    selfHealing: 'maybe',
    text: (pod, node) => `The kubelet of node ${node} refused ${pod}`,
    advice: 'fix what refuses it on that node: a device plugin, or the CPU or topology manager',
  },
} satisfies Partial<Record<CauseId, Cause & FinishedReason>>

const ASKS_FOR_MORE = {
  id: 'node-admit-unexpected',
  severity: 'error',
  selfHealing: 'no',
  text: (pod: string, node: string) => `${pod} asks for what node ${node} does not offer`,
} as const

/** What the template asks for, and the node does not offer: the same cause, for which somebody else has to act. */
const UNSUPPORTED: readonly (FinishedReason & {readonly id: CauseId})[] = [
  {
    ...ASKS_FOR_MORE,
    reason: /^SysctlForbidden$/,
    advice:
      "allow that sysctl in the kubelet's configuration of this node (allowedUnsafeSysctls), as other nodes may have it",
    what: 'take it out of securityContext.sysctls',
  },
  {
    ...ASKS_FOR_MORE,
    reason: /^AppArmor$/,
    advice: 'load that AppArmor profile on this node',
    what: 'take the profile out of securityContext',
  },
  {
    ...ASKS_FOR_MORE,
    reason: /^PodOS\w+$/,
    advice: '',
    what: 'keep the Pods to nodes of their own system (nodeSelector kubernetes.io/os)',
  },
  {
    ...ASKS_FOR_MORE,
    reason: /^(?:\w+NotSupported|\w+Forbidden|\w+NotAdmitted|PodFeatureUnsupported|NodeName|NodePorts)$/,
    advice: '',
    what: 'change what the Pod asks for, or run it on nodes that offer it (nodeSelector),',
  },
]

export const ENDED: readonly (FinishedReason & {readonly id: CauseId})[] = [
  ...rowsOf<Cause & FinishedReason>(causes),
  ...UNSUPPORTED,
]

export const EVICTED = 'evicted-node-pressure' satisfies keyof typeof causes
export const NODE_SHUTDOWN = 'node-shutdown' satisfies keyof typeof causes
