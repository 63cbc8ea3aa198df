import type {Pod} from './objects.ts'
import {isTerminating} from './pod.ts'

/**
 * Where a DaemonSet stands on one node. `Pending` is not scheduled yet; a Pod that is bound and not available is
 * `NotReady`. `NodeGone`: only a Pod is left. `Unknown`: Pods or nodes could not be read.
 */
export type DaemonNodeState =
  | 'Running'
  | 'NotReady'
  | 'Pending'
  | 'Terminating'
  | 'Missing'
  | 'Excluded'
  | 'Misscheduled'
  | 'NodeGone'
  | 'Unknown'

/** What is known of a node: the verdict, `gone` when it was looked for and is not there, `unseen` when it was not. */
export type NodeVerdict = {readonly shouldRun: boolean} | 'gone' | 'unseen'

/** The state on one node, from the verdict and the node's Pods; `isUp` says whether a Pod is available. */
export function daemonNodeState(
  verdict: NodeVerdict,
  pods: readonly Pod[],
  isUp: (pod: Pod) => boolean,
): DaemonNodeState {
  if (verdict === 'gone') return 'NodeGone'
  if (verdict !== 'unseen' && !verdict.shouldRun) return pods.length > 0 ? 'Misscheduled' : 'Excluded'
  const live = pods.filter((pod) => !isTerminating(pod))
  if (pods.length === 0) return 'Missing'
  if (live.length === 0) return 'Terminating'
  if (live.some(isUp)) return 'Running'
  return live.some((pod) => pod.spec?.nodeName) ? 'NotReady' : 'Pending'
}
