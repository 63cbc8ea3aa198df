import {budgetOf} from '../../model/daemon-budget.ts'
import type {CountedNode} from '../../model/daemon-counters.ts'
import {type Eligibility, eligibility} from '../../model/daemon-eligibility.ts'
import {daemonNodeState, type NodeVerdict} from '../../model/daemon-node-state.ts'
import {podsByNode} from '../../model/daemon-pods.ts'
import {currentHash, hashOfPods} from '../../model/daemon-revision.ts'
import {type DaemonSet, type Node, nameOf, type Pod} from '../../model/objects.ts'
import {isAvailable} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {DaemonNodeSubject, DaemonSetSubject} from '../subjects.ts'
import {isLookedAt} from '../workload/looked-at.ts'

/** What rules look at, and what a rollout is judged by. */
export function daemonSetSubject(daemonSet: DaemonSet, relations: Relations): DaemonSetSubject {
  return relations.once('daemonSetSubject', daemonSet, () => subjectOf(daemonSet, relations))
}

function subjectOf(daemonSet: DaemonSet, relations: Relations): DaemonSetSubject {
  const {observedAt} = relations.snapshot
  const pods = podsByNode(daemonSet, relations.podsOf(daemonSet.metadata?.uid))
  const nodes: readonly CountedNode[] = relations.snapshot.nodes.map((node) => ({
    node,
    eligibility: eligibilityOf(daemonSet, node, relations),
    pods: pods.get(nameOf(node)) ?? [],
  }))
  const strays = new Map([...pods].filter(([name]) => !relations.node(name)))
  const isSeen = isLookedAt({kind: 'DaemonSet', set: daemonSet, relations})
  const hash = relations.sees('controllerRevisions')
    ? currentHash(daemonSet, relations.revisionsOf(daemonSet.metadata?.uid), isSeen)
    : hashOfPods(daemonSet, [...pods.values()].flat())
  const isWhole = relations.sees('nodes') && relations.seesPodsOf(daemonSet)
  const budget = isWhole ? budgetOf(daemonSet, nodes, strays, hash, observedAt) : undefined
  return {daemonSet, nodes, strays, hash, budget, relations}
}

function eligibilityOf({metadata, spec}: DaemonSet, node: Node, {once}: Relations): Eligibility {
  return once(`eligibility ${metadata?.uid}`, node, () => eligibility(spec?.template, node), [spec])
}

/** What rules about the set on one node look at. */
export function daemonNodeSubject(
  {nodes: _, strays: __, budget: ___, ...subject}: DaemonSetSubject,
  name: string,
  counted: CountedNode | undefined,
  pods: readonly Pod[],
): DaemonNodeSubject {
  const {daemonSet, relations} = subject
  const minReadySeconds = daemonSet.spec?.minReadySeconds ?? 0
  const isUp = (pod: Pod) => isAvailable(pod, minReadySeconds, relations.snapshot.observedAt)
  return {
    ...subject,
    // hardly any rule looks at it, and it changes all the time
    get budget() {
      return daemonSetSubject(daemonSet, relations).budget
    },
    name,
    ...(counted && {node: counted.node, eligibility: counted.eligibility}),
    state:
      (pods.length > 0 && relations.snapshot.inPart) || relations.seesPodsOf(daemonSet)
        ? daemonNodeState(verdictOf(counted, relations), pods, isUp)
        : 'Unknown',
    pods,
  }
}

function verdictOf(counted: CountedNode | undefined, relations: Relations): NodeVerdict {
  return counted?.eligibility ?? (relations.sees('nodes') ? 'gone' : 'unseen')
}
