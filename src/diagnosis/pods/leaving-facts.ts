import {isNodeReady} from '../../model/node.ts'
import {type Node, nameOf, type Pod, type Taint} from '../../model/objects.ts'
import type {Finding} from '../finding.ts'
import {deletedAt, isOverdue} from '../overdue.ts'
import {containersOf} from './containers-facts.ts'
import {type Cause, describePod, look, podFinding} from './containers-finding.ts'
import type {PodSubject} from './subject.ts'

const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service'

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

/** The nodes were read, and this Pod's is not among them; a file may hold none of them without saying so. */
export function isNodeGone({node, pod, relations}: PodSubject): boolean {
  const {sees, snapshot} = relations
  return Boolean(pod.spec?.nodeName) && !node && sees('nodes') && snapshot.nodes.length > 0
}

export function deletionEvidence(pod: Pod): string {
  const {deletionTimestamp, deletionGracePeriodSeconds: grace} = pod.metadata ?? {}
  const seconds = grace === undefined ? '' : `, deletionGracePeriodSeconds=${grace}`
  return `pod/${nameOf(pod)} metadata.deletionTimestamp=${deletionTimestamp}${seconds}`
}

type LeavingCause = Omit<Cause, 'since'>

/** What is said of a Pod that was told to stop: since then, and by what. */
export function leavingFinding(subject: PodSubject, cause: LeavingCause): Finding {
  const {pod} = subject
  return podFinding(subject, {
    ...cause,
    since: deletedAt(pod),
    evidence: [deletionEvidence(pod), ...cause.evidence],
  })
}

export function lookAt({pod}: PodSubject, advice: string, danger = ''): NonNullable<Finding['remedy']> {
  return look([describePod(pod)], advice, danger)
}
