import {budgetOf} from '../daemon-budget.ts'
import type {CountedNode} from '../daemon-counters.ts'
import {eligibility} from '../daemon-eligibility.ts'
import {podsByNode} from '../daemon-pods.ts'
import {type DaemonSet, type Node, nameOf, namespaceOf, type Pod} from '../objects.ts'
import {type DaemonFacts, daemonNodes, isUp} from '../rollout/daemon-facts.ts'
import type {PodAction} from '../rollout/next-step.ts'
import type {ServerVersion} from '../server-version.ts'
import {leaving} from './born.ts'

/** A DaemonSet, its Pods and all nodes. */
export interface DaemonWorld {
  readonly daemonSet: DaemonSet
  readonly nodes: readonly Node[]
  readonly pods: readonly Pod[]
  /** Of the template that Pods are created from. */
  readonly hash: string
  readonly version: ServerVersion | undefined
  /** RFC 3339. No time passes while it is foretold. */
  readonly now: string
}

/** A DaemonSet as its controller would see it. */
export function daemonFactsOf({daemonSet, nodes, pods, hash, version, now}: DaemonWorld): DaemonFacts {
  const byNode = podsByNode(daemonSet, pods)
  const counted: readonly CountedNode[] = nodes.map((node) => ({
    node,
    eligibility: eligibility(daemonSet.spec?.template, node),
    pods: byNode.get(nameOf(node)) ?? [],
  }))
  const there = new Set(nodes.map(nameOf))
  const strays = new Map([...byNode].filter(([name]) => !there.has(name)))
  const budget = budgetOf(daemonSet, counted, strays, hash, now)
  return {daemonSet, nodes: counted, strays, hash, budget, version, now}
}

/** Nodes that should have a Pod at work and have none. */
export function downIn(world: DaemonWorld): readonly string[] {
  const facts = daemonFactsOf(world)
  const down = daemonNodes(facts).filter(
    ({shouldRun, old, updated}) => shouldRun && ![...old, ...updated].some((pod) => isUp(pod, facts)),
  )
  return down.map(({name}) => name)
}

/** What is there when a sync has done that, and nothing has come of it yet. */
export function acted(world: DaemonWorld, actions: readonly PodAction[]): DaemonWorld {
  const gone = new Set(actions.filter(({action}) => action === 'Delete').map(({pod}) => pod))
  const stay = world.pods.map((pod) => (gone.has(nameOf(pod)) ? leaving(pod, world.now) : pod))
  const born = actions.filter(({action}) => action === 'Create').map((each) => bornDaemon(world, each))
  return {...world, pods: [...stay, ...born]}
}

/** It is for that node from the beginning; of its name only the beginning is known. */
export function bornDaemon(
  {daemonSet, hash, now}: Pick<DaemonWorld, 'daemonSet' | 'hash' | 'now'>,
  {nodeName = ''}: PodAction,
): Pod {
  const {template, selector} = daemonSet.spec ?? {}
  return {
    metadata: {
      name: `${nameOf(daemonSet)}-${nodeName}-${hash}`,
      namespace: namespaceOf(daemonSet),
      uid: `${daemonSet.metadata?.uid}/${nodeName}/${hash}`,
      creationTimestamp: now,
      labels: {...selector?.matchLabels, ...template?.metadata?.labels, 'controller-revision-hash': hash},
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'DaemonSet',
          name: nameOf(daemonSet),
          uid: daemonSet.metadata?.uid ?? '',
          controller: true,
        },
      ],
    },
    spec: {containers: [], ...template?.spec, nodeName},
    status: {phase: 'Pending'},
  }
}
