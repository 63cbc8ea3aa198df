import {type CountedNode, countersOf, type DaemonCounters} from '../daemon-counters.ts'
import {eligibility} from '../daemon-eligibility.ts'
import {podsByNode} from '../daemon-pods.ts'
import {type DaemonSet, type Node, nameOf, type Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {atWork} from './born.ts'
import {bornDaemon} from './daemon-world.ts'

/** What a DaemonSet counts, before and after, and where it comes and goes. */
export interface Recount {
  readonly daemonSet: DaemonSet
  readonly before: DaemonCounters
  readonly after: DaemonCounters
  /** Names of nodes. */
  readonly joins: readonly string[]
  readonly leaves: readonly string[]
}

/** Nodes as they would be, and what becomes of the Pods that are on them. */
export interface NodesChanged {
  readonly node: (node: Node) => Node
  readonly pod: (pod: Pod) => Pod
}

/** The DaemonSets that count otherwise once nodes are changed, when their controller has done what it can. */
export function recount(changed: NodesChanged, relations: Relations): readonly Recount[] {
  return relations.snapshot.daemonSets.flatMap((daemonSet) => {
    const recounted = recountOf(daemonSet, changed, relations)
    const {before, after, joins, leaves} = recounted
    const isSame = JSON.stringify(before) === JSON.stringify(after) && joins.length + leaves.length === 0
    return isSame ? [] : [recounted]
  })
}

function recountOf(daemonSet: DaemonSet, changed: NodesChanged, {snapshot, podsOf}: Relations): Recount {
  const pods = podsByNode(daemonSet, podsOf(daemonSet.metadata?.uid))
  const counted = (node: Node): CountedNode => ({
    node,
    eligibility: eligibility(daemonSet.spec?.template, node),
    pods: pods.get(nameOf(node)) ?? [],
  })
  const now = snapshot.nodes.map(counted)
  const then = snapshot.nodes.map((node) => counted(changed.node(node)))
  const count = (nodes: readonly CountedNode[]) =>
    countersOf(daemonSet, nodes, undefined, snapshot.observedAt)
  const isComing = ({eligibility: {shouldRun}, pods: there}: CountedNode, index: number) =>
    shouldRun && there.length === 0 && now[index]?.eligibility.shouldRun === false
  const isGoing = ({eligibility: {shouldContinueRunning}, pods: there}: CountedNode) =>
    !shouldContinueRunning && there.length > 0
  const settled = then.map((each, index): CountedNode => {
    if (isGoing(each)) return {...each, pods: []}
    if (isComing(each, index)) return {...each, pods: [newcomer(daemonSet, nameOf(each.node))]}
    return {...each, pods: each.pods.map(changed.pod)}
  })
  return {
    daemonSet,
    before: count(now),
    after: count(settled),
    joins: then.filter(isComing).map(({node}) => nameOf(node)),
    leaves: then.filter(isGoing).map(({node}) => nameOf(node)),
  }
}

function newcomer(daemonSet: DaemonSet, nodeName: string): Pod {
  const world = {daemonSet, hash: '', now: '1970-01-01T00:00:00Z'}
  return atWork(bornDaemon(world, {action: 'Create', pod: null, nodeName}), nodeName)
}
