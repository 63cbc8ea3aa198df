import {nameOf} from '../../../model/objects.ts'
import {own} from '../../../model/own.ts'
import type {Rule} from '../../finding.ts'
import {
  conditionEvidence,
  describeNode,
  describePod,
  eventEvidence,
  inspect,
  ownerKind,
  podFinding,
  saidText,
  severityOn,
  toldOf,
} from '../finding.ts'
import {podReference} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {EVICTED} from './kubelet-reasons.ts'

const ADVICE: Readonly<Record<string, string>> = {
  DiskPressure:
    'free that disk first: images that nothing uses, logs, what Pods have written into emptyDirs and their own layers; or give the node a larger one',
  MemoryPressure: 'free the memory first: find who uses more than it requests, or move some Pods away',
  PIDPressure: 'find first who runs so many processes there, and stop that',
}

/**
 * The node is still short of what it evicted the Pod for. Its kubelet rejects whatever comes next the same way, and a daemon
 * Pod is created there again and again.
 */
export const stillShort: Rule<PodSubject> = (subject) => {
  const {pod, node} = subject
  const {phase, reason, message} = pod.status ?? {}
  const condition = node?.status?.conditions?.find(({type, status}) => status === 'True' && type in ADVICE)
  if (phase !== 'Failed' || reason !== 'Evicted' || !node || !condition) return undefined
  const [name, since] = [nameOf(node), condition.lastTransitionTime]
  const isAgain = ownerKind(pod) === 'DaemonSet'
  return podFinding(subject, {
    id: EVICTED,
    severity: severityOn(subject, 'error', since),
    message: `Node ${name} is under ${condition.type}, so it evicted ${nameOf(pod)}${isAgain ? ', and will evict each Pod created there in its place' : ''}`,
    object: podReference(pod),
    since,
    evidence: [
      `node/${name} condition ${condition.type}=True${saidText(condition.message)}`,
      `pod/${nameOf(pod)} status.phase=Failed, status.reason=${reason}${saidText(message)}`,
      ...conditionEvidence(pod, 'DisruptionTarget'),
      ...(message ? [] : eventEvidence(subject, toldOf(subject, reason))),
    ],
    remedy: inspect(
      [describeNode(name), describePod(pod)],
      `${own(ADVICE, condition.type) ?? ''}; ${isAgain ? `until ${condition.type} is over, to delete the Pod changes nothing` : "then set the Pod's requests and limits to what it uses"}`,
    ),
  })
}
