import type {DaemonSet} from '../objects.ts'
import {daemonNext} from '../rollout/daemon-next.ts'
import type {Choice, NextStep, PodAction} from '../rollout/next-step.ts'
import type {Chance, Course, Fates, Round} from './course.ts'
import {type Drawn, drawn, isDraw, waitByChance} from './daemon-chance.ts'
import {acted, type DaemonWorld, daemonFactsOf, downIn} from './daemon-world.ts'
import {settled} from './settled.ts'

/**
 * What the DaemonSet controller does, sync by sync (`daemonNext`), where all comes to pass between two syncs that comes by itself.
 * What it does to one handful after the other, in an order that is chance, is one round; what is certain comes before it.
 */
export function daemonCourse(first: DaemonWorld, fates: Fates): Course<DaemonSet> {
  const rounds: Round[] = []
  let chance: Chance | undefined
  let begun: Choice | undefined
  let world = first
  for (let left = 20 + 4 * (first.nodes.length + first.pods.length); left > 0; left--) {
    const facts = daemonFactsOf(world)
    const next = daemonNext(facts)
    const draw = isDraw(next, facts) ? next.choose : null
    const actions = draw ? next.actions : actionsOf(next)
    const after = actions.length > 0 ? acted(world, actions) : settled(world, fates)
    const isIdle = actions.length === 0 && isSame(after, world)
    const choice = draw ?? begun
    if (isIdle && !choice) return ended(rounds, next, world, chance)
    const all: Drawn | undefined =
      isIdle && choice ? drawn(choice, world, fates, begun?.count ?? 0) : undefined
    if (all) rounds.push(all.round)
    else if (actions.length > 0 && !chance) rounds.push(roundOf(next, actions, after, draw))
    begun = all ? undefined : actions.length > 0 && draw ? draw : begun
    chance = all?.chance ?? chance
    world = all?.world ?? after
  }
  return ended(rounds, {waitsFor: null}, world, chance)
}

function ended(
  rounds: readonly Round[],
  {waitsFor}: Pick<NextStep, 'waitsFor'>,
  world: DaemonWorld,
  chance: Chance | undefined,
): Course<DaemonSet> {
  const {daemonSet: set, pods} = world
  return {rounds, waitsFor: waitByChance(waitsFor, chance, world), set, pods, ...(chance && {chance})}
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

/** A draw that is begun in the same sync is told of in the round of its own. */
function roundOf(
  {choose, chooseAlso}: NextStep,
  actions: readonly PodAction[],
  after: DaemonWorld,
  draw: Choice | null,
): Round {
  const unavailable = downIn(after)
  if (draw) return {actions, unavailable, also: draw.action === 'Delete' ? draw.count : 0}
  const choices = [choose, chooseAlso].filter((choice) => choice !== null && choice !== undefined)
  return {actions, unavailable, ...(choices.length > 0 && {choices})}
}

function isSame(left: DaemonWorld, right: DaemonWorld): boolean {
  return left.pods.length === right.pods.length && left.pods.every((pod, index) => pod === right.pods[index])
}
