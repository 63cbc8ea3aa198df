import {containersOf} from '../../../model/containers.ts'
import {targetNode} from '../../../model/daemon-pods.ts'
import {isNodeReady} from '../../../model/node.ts'
import {type Node, nameOf, type Pod, type Taint} from '../../../model/objects.ts'
import {deletedAt} from '../../../model/pod.ts'
import {OUT_OF_SERVICE} from '../../../model/taints.ts'
import type {Finding, Remedy} from '../../finding.ts'
import {describePod, inspect, type PodFinding, podFinding} from '../finding.ts'
import {isOverdue} from '../grace-period-over.ts'
import type {PodSubject} from '../subject.ts'

/** Only where it is known of every container. */
export function hasStopped(pod: Pod): boolean {
  const containers = containersOf(pod).filter(({role}) => role !== 'init')
  return containers.length > 0 && containers.every(({status}) => status.state?.terminated)
}

/** Overdue on a node that is well: whatever keeps it is on that node, and not the node itself. */
export function isKeptOn({node, pod, now}: PodSubject): boolean {
  return node !== undefined && isNodeReady(node) && isOverdue(pod, now)
}

/** Somebody said that the machine is off. */
export function outOfServiceTaint(node: Node | undefined): Taint | undefined {
  return node?.spec?.taints?.find(({key}) => key === OUT_OF_SERVICE)
}

/** The nodes were read, and this Pod's is none of them; a file may hold none of them without saying so. */
export function isNodeGone({node, pod, relations}: PodSubject): boolean {
  const {sees, snapshot} = relations
  const name = targetNode(pod)
  if (name === undefined || node || relations.node(name)) return false
  return sees('nodes', name) && snapshot.nodes.length > 0
}

export function deletionEvidence(pod: Pod): string {
  const {deletionTimestamp, deletionGracePeriodSeconds: grace} = pod.metadata ?? {}
  const seconds = grace === undefined ? '' : `, deletionGracePeriodSeconds=${grace}`
  return `pod/${nameOf(pod)} metadata.deletionTimestamp=${deletionTimestamp}${seconds}`
}

type TerminatingCause = Omit<PodFinding, 'since'>

/** What is said of a terminating Pod: since then, and by what. */
export function terminatingFinding(subject: PodSubject, cause: TerminatingCause): Finding {
  const {pod} = subject
  return podFinding(subject, {
    ...cause,
    since: deletedAt(pod),
    evidence: [deletionEvidence(pod), ...cause.evidence],
  })
}

export function inspectPod({pod}: PodSubject, text: string, avoid = ''): Remedy {
  return inspect([describePod(pod)], text, avoid)
}
