import {nameOf} from '../../../model/objects.ts'
import type {Rule} from '../../finding.ts'
import type {CauseId} from '../../order.ts'
import {BLIP_SECONDS, secondsBetween} from '../../patience.ts'
import {
  conditionEvidence,
  containersReady,
  describeNode,
  eventEvidence,
  inspect,
  podFinding,
  toldOf,
} from '../finding.ts'
import type {PodSubject} from '../subject.ts'
import {LOST_NODE_AVOID} from './lost-node-remedy.ts'

/**
 * The node controller marks Pods of a node that is not ready: it sets their `Ready` to `False` and gives no reason, as
 * every kubelet does (MarkPodsNotReady, 1.20 to 1.37). So the Pod tells of its node where that was not seen.
 */
export const markedByController =
  (id: CauseId): Rule<PodSubject> =>
  (subject) => {
    const {node, pod, now} = subject
    const ready = pod.status?.conditions?.find(({type}) => type === 'Ready')
    const name = pod.spec?.nodeName
    if (node || !name || ready?.status !== 'False' || ready.reason) return undefined
    if (!containersReady(pod) || (pod.spec?.readinessGates ?? []).length > 0) return undefined
    const since = ready.lastTransitionTime
    return podFinding(subject, {
      id,
      severity: secondsBetween(since, now) < BLIP_SECONDS ? 'info' : 'error',
      message: `Node ${name} is not ready, or gone, so the node controller has marked ${nameOf(pod)} as not ready`,
      object: {kind: 'Node', name},
      since,
      evidence: [
        `pod/${nameOf(pod)} condition Ready=False without a reason, which no kubelet writes`,
        ...conditionEvidence(pod, 'ContainersReady'),
        ...eventEvidence(subject, toldOf(subject, 'NodeNotReady')),
      ],
      remedy: inspect(
        [describeNode(name)],
        'bring the node back: the Pod is ready again with it',
        LOST_NODE_AVOID,
      ),
    })
  }
