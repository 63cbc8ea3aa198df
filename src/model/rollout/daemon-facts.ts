import type {Budget} from '../daemon-budget.ts'
import type {CountedNode} from '../daemon-counters.ts'
import {isUpdated} from '../daemon-revision.ts'
import type {DaemonSet, Pod} from '../objects.ts'
import {isAvailable, isTerminating} from '../pod.ts'
import type {ServerVersion} from '../server-version.ts'

/** A DaemonSet as its controller sees it when it begins a sync. */
export interface DaemonFacts {
  readonly daemonSet: DaemonSet
  readonly nodes: readonly CountedNode[]
  /** Pods by node, of nodes that are gone. */
  readonly strays: ReadonlyMap<string, readonly Pod[]>
  /** Of the current template. */
  readonly hash: string
  /** Undefined for OnDelete. */
  readonly budget: Budget | undefined
  readonly version: ServerVersion | undefined
  readonly now: string
  /** Names of Pods that have succeeded and that the controller has left where they are. */
  readonly left?: ReadonlySet<string>
}

/** A node and its Pods, those that are not terminating by revision. */
export interface DaemonNode {
  readonly name: string
  /** Null for a node that is gone. */
  readonly shouldRun: boolean | null
  readonly old: readonly Pod[]
  readonly updated: readonly Pod[]
  /** Those that are terminating. */
  readonly terminating: readonly Pod[]
}

/** Every node that the set wants or that has a Pod of it, gone ones included. */
export function daemonNodes(facts: DaemonFacts): readonly DaemonNode[] {
  const present = facts.nodes
    .filter(({eligibility, pods}) => eligibility.shouldRun || pods.length > 0)
    .map(({node, eligibility, pods}) => nodeOf(node.metadata?.name ?? '', eligibility.shouldRun, pods, facts))
  const gone = [...facts.strays].map(([name, pods]) => nodeOf(name, null, pods, facts))
  return [...present, ...gone]
}

function nodeOf(
  name: string,
  shouldRun: boolean | null,
  pods: readonly Pod[],
  {daemonSet, hash}: DaemonFacts,
): DaemonNode {
  const live = pods.filter((pod) => !isTerminating(pod))
  const isNew = (pod: Pod) => isUpdated(daemonSet, pod, hash) === true
  return {
    name,
    shouldRun,
    old: live.filter((pod) => !isNew(pod)),
    updated: live.filter(isNew),
    terminating: pods.filter(isTerminating),
  }
}

export function isUp(pod: Pod | undefined, {daemonSet, now}: DaemonFacts): boolean {
  return pod !== undefined && isAvailable(pod, daemonSet.spec?.minReadySeconds ?? 0, now)
}
