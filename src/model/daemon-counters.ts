import type {Eligibility} from './daemon-eligibility.ts'
import {isUpdated} from './daemon-revision.ts'
import type {DaemonSet, Node, Pod} from './objects.ts'
import {isAvailable, isReady} from './pod.ts'

/** The counters of a DaemonSet's status, under the API's own names. */
export interface DaemonCounters {
  readonly desiredNumberScheduled: number
  readonly currentNumberScheduled: number
  readonly numberMisscheduled: number
  readonly numberReady: number
  readonly numberAvailable: number
  readonly numberUnavailable: number
  /** Null while nobody but the controller knows the current revision. */
  readonly updatedNumberScheduled: number | null
}

/** One node as the counters see it: the verdict, and the node's Pods in the controller's order. */
export interface CountedNode {
  readonly node: Node
  readonly eligibility: Eligibility
  readonly pods: readonly Pod[]
}

/**
 * What the controller would write into the status at `now`. Mirrors updateDaemonSetStatus in
 * pkg/controller/daemon/daemon_controller.go (1.20 to 1.37): of a node's Pods only the first one counts.
 */
export function countersOf(
  daemonSet: DaemonSet,
  nodes: readonly CountedNode[],
  hash: string | undefined,
  now: string,
): DaemonCounters {
  const desired = nodes.filter(({eligibility}) => eligibility.shouldRun)
  const firsts = desired.map(({pods}) => pods[0]).filter((pod) => pod !== undefined)
  const minReadySeconds = daemonSet.spec?.minReadySeconds ?? 0
  const available = firsts.filter((pod) => isAvailable(pod, minReadySeconds, now)).length
  const updated = firsts.map((pod) => isUpdated(daemonSet, pod, hash))
  return {
    desiredNumberScheduled: desired.length,
    currentNumberScheduled: firsts.length,
    numberMisscheduled: nodes.filter(({eligibility, pods}) => !eligibility.shouldRun && pods.length > 0)
      .length,
    numberReady: firsts.filter(isReady).length,
    numberAvailable: available,
    numberUnavailable: desired.length - available,
    updatedNumberScheduled: updated.includes(undefined) ? null : updated.filter(Boolean).length,
  }
}

/** The counters that the controller last wrote; it leaves out those that are 0. */
export function reportedCounters({status}: DaemonSet): DaemonCounters {
  return {
    desiredNumberScheduled: status?.desiredNumberScheduled ?? 0,
    currentNumberScheduled: status?.currentNumberScheduled ?? 0,
    numberMisscheduled: status?.numberMisscheduled ?? 0,
    numberReady: status?.numberReady ?? 0,
    numberAvailable: status?.numberAvailable ?? 0,
    numberUnavailable: status?.numberUnavailable ?? 0,
    updatedNumberScheduled: status?.updatedNumberScheduled ?? 0,
  }
}

/** Names of the counters in which the two differ; one that is not known differs in nothing. */
export function differingCounters(
  ours: DaemonCounters,
  theirs: DaemonCounters,
): readonly (keyof DaemonCounters)[] {
  const keys = Object.keys(ours) as (keyof DaemonCounters)[]
  return keys.filter((key) => ours[key] !== null && ours[key] !== theirs[key])
}
