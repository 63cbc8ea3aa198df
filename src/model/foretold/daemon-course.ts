import {budgetOf} from '../daemon-budget.ts'
import type {CountedNode} from '../daemon-counters.ts'
import {eligibility} from '../daemon-eligibility.ts'
import {podsByNode} from '../daemon-pods.ts'
import {type DaemonSet, type Node, nameOf, namespaceOf, type Pod} from '../objects.ts'
import {type DaemonFacts, daemonNodes, isUp} from '../rollout/daemon-facts.ts'
import {daemonNext} from '../rollout/daemon-next.ts'
import type {Choice, NextStep, PodAction} from '../rollout/next-step.ts'
import type {ServerVersion} from '../server-version.ts'
import {atWork, leaving} from './born.ts'
import type {Course, Fates, Round} from './course.ts'
import {settled} from './settled.ts'

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

/**
 * What the DaemonSet controller does, sync by sync (`daemonNext`), where all comes to pass between two syncs that comes by itself.
 * What it does to one handful after the other, in an order that is chance, is one round that is repeated: those of whom nothing
 * good comes are last.
 */
export function daemonCourse(first: DaemonWorld, fates: Fates): Course<DaemonSet> {
  const rounds: Round[] = []
  let world = first
  for (let left = 20 + 4 * (first.nodes.length + first.pods.length); left > 0; left--) {
    const facts = daemonFactsOf(world)
    const next = daemonNext(facts)
    const many = next.actions.length === 0 ? repeated(next, world, fates) : undefined
    if (many) {
      rounds.push(many.round)
      world = many.world
      continue
    }
    const actions = actionsOf(next)
    const after = actions.length > 0 ? acted(world, actions) : settled(world, fates)
    if (actions.length > 0) rounds.push(roundOf(next, actions, after))
    else if (isSame(after, world))
      return {rounds, waitsFor: next.waitsFor, set: world.daemonSet, pods: world.pods}
    world = after
  }
  return {rounds, waitsFor: null, set: world.daemonSet, pods: world.pods}
}

/** A pick among old Pods, again and again until all are replaced that can be; undefined: there is none such. */
function repeated(
  {choose, chooseAlso}: NextStep,
  world: DaemonWorld,
  fates: Fates,
): {readonly round: Round; readonly world: DaemonWorld} | undefined {
  if (!choose || chooseAlso) return undefined
  const good = choose.from.filter(
    ({nodeName}) => fates.placed(bornDaemon(world, {action: 'Create', pod: null, nodeName}))?.isReady,
  )
  if (good.length === 0) return undefined
  const nodes = new Set(good.map(({nodeName}) => nodeName))
  const stay = world.pods.filter((pod) => !nodes.has(pod.spec?.nodeName ?? ''))
  const come = good.map(({nodeName}) =>
    atWork(bornDaemon(world, {action: 'Create', pod: null, nodeName}), nodeName),
  )
  const times = Math.ceil(good.length / choose.count)
  return {
    round: {actions: [], unavailable: [], choices: [{...choose, from: good}], times},
    world: {...world, pods: [...stay, ...come]},
  }
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

/** Of a pick at random the first ones stand for all. */
function actionsOf({actions, choose, chooseAlso}: NextStep): readonly PodAction[] {
  return [...actions, ...picked(choose), ...picked(chooseAlso ?? null)]
}

function picked(choice: Choice | null): readonly PodAction[] {
  return (choice?.from ?? [])
    .slice(0, choice?.count)
    .map((each) => ({action: choice?.action ?? 'Delete', ...each}))
}

function roundOf({choose, chooseAlso}: NextStep, actions: readonly PodAction[], after: DaemonWorld): Round {
  const facts = daemonFactsOf(after)
  const down = daemonNodes(facts).filter(
    ({shouldRun, old, updated}) => shouldRun && ![...old, ...updated].some((pod) => isUp(pod, facts)),
  )
  const choices = [choose, chooseAlso].filter((choice) => choice !== null && choice !== undefined)
  return {actions, unavailable: down.map(({name}) => name), ...(choices.length > 0 && {choices})}
}

function acted(world: DaemonWorld, actions: readonly PodAction[]): DaemonWorld {
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

function isSame(left: DaemonWorld, right: DaemonWorld): boolean {
  return left.pods.length === right.pods.length && left.pods.every((pod, index) => pod === right.pods[index])
}
