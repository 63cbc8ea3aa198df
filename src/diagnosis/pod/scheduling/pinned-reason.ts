import type {Node, Pod} from '../../../model/objects.ts'
import {type SchedulerReason, schedulerMessage} from '../../../model/scheduler-message.ts'
import {untoleratedTaints} from '../../../model/taints.ts'

const ABSENT = /^node\(s\) didn't satisfy plugin/i
const OTHER_NODES = /^node\(s\) didn't match (Pod's node affinity|node selector)/i
const TAINT = /^node\(s\) had (untolerated )?taint/i

/**
 * Why the one node that a daemon Pod is pinned to does not take it; empty where the scheduler has not said. The
 * message counts all nodes: a reason of several nodes but not of all is not about this one, those of 1.24 to
 * 1.31 that are about others are not in it at all, and what is left of them is dropped where a better one stands.
 * One node is refused by one plugin, so taint and room are never both its own; the Node object tells which.
 */
export function pinnedReasons(pod: Pod, node: Node | undefined): readonly string[] {
  const {nodes, reasons} = schedulerMessage(unschedulable(pod)?.message ?? '')
  const own = prefer(reasons, ({count}) => count === null || count === 1 || count === nodes)
  const ofNode = prefer(own, ({text}) => !ABSENT.test(text))
  const real = prefer(ofNode, ({text}) => !OTHER_NODES.test(text))
  const isTainted = node !== undefined && untoleratedTaints(node, pod.spec?.tolerations ?? []).length > 0
  return prefer(real, ({text}) => TAINT.test(text) === isTainted).map(({text}) => text)
}

/** The condition in which the scheduler says why; undefined while it says nothing of the kind. */
export function unschedulable(pod: Pod) {
  return pod.status?.conditions?.find(({type, status}) => type === 'PodScheduled' && status === 'False')
}

/** Those that pass, if there are any: a doubt must not leave the Pod without a reason. */
function prefer(
  reasons: readonly SchedulerReason[],
  passes: (reason: SchedulerReason) => boolean,
): readonly SchedulerReason[] {
  const passing = reasons.filter(passes)
  return passing.length > 0 ? passing : reasons
}
