import {grouped} from './grouping.ts'
import {selects} from './labels.ts'
import {controllerUid, type DaemonSet, nameOf, namespaceOf, type Pod} from './objects.ts'
import {isTerminal, isTerminating} from './pod.ts'
import type {Relations} from './relations.ts'

/** The set controls the Pod, and its labels match the selector (ControllerRefManager.ClaimObject, 1.37). */
export function isDaemonPod(daemonSet: DaemonSet, pod: Pod): boolean {
  return (
    namespaceOf(pod) === namespaceOf(daemonSet) &&
    controllerUid(pod) === daemonSet.metadata?.uid &&
    selects(daemonSet.spec?.selector, pod.metadata?.labels)
  )
}

/**
 * The node that a daemon Pod is for: where it is bound, else where the controller pinned it. Mirrors
 * GetTargetNodeName in pkg/controller/daemon/util (1.37); undefined where that has an error, and then no
 * counter knows the Pod.
 */
export function targetNode(pod: Pod): string | undefined {
  if (pod.spec?.nodeName) return pod.spec.nodeName
  const required = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const pin = (required?.nodeSelectorTerms ?? [])
    .flatMap((term) => term.matchFields ?? [])
    .find(({key, operator}) => key === 'metadata.name' && operator === 'In')
  return pin?.values?.length === 1 ? pin.values[0] : undefined
}

/**
 * A set's Pods by the node they are for, on each node in the controller's own order: scheduled first, then the
 * oldest, then by name (podByCreationTimestampAndPhase). Finished Pods that are being deleted do not count any more
 * (getNodesToDaemonPods, 1.26 and newer).
 */
export function podsByNode(daemonSet: DaemonSet, pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const counted = pods.filter(
    (pod) => isDaemonPod(daemonSet, pod) && !(isTerminal(pod) && isTerminating(pod)),
  )
  const groups = Map.groupBy(counted, (pod) => targetNode(pod) ?? '')
  groups.delete('')
  return new Map([...groups].map(([node, group]) => [node, group.toSorted(inControllersOrder)]))
}

/** Pods that the set controls and that are for the node, in the order in which they were read. */
export function podsFor(daemonSet: DaemonSet, node: string, {once, podsOf}: Relations): readonly Pod[] {
  const byNode = once('podsFor', daemonSet, () => grouped(podsOf(daemonSet.metadata?.uid), targetNode))
  return byNode.get(node) ?? []
}

function inControllersOrder(left: Pod, right: Pod): number {
  return compare(orderKey(left), orderKey(right))
}

function orderKey(pod: Pod): string {
  return [pod.spec?.nodeName ? '0' : '1', pod.metadata?.creationTimestamp ?? '', nameOf(pod)].join(' ')
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
