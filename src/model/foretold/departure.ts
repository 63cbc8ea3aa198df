import type {Pod, StatefulSet} from '../objects.ts'
import {type Arrival, arrivalOf} from './arrivals.ts'
import {leaving} from './born.ts'
import {changed} from './budgets.ts'
import type {Course, Fates} from './course.ts'
import {ownerKindOf} from './owner.ts'
import {uidOf, without} from './stage.ts'
import {type SetWorld, statefulSetCourse} from './stateful-set-course.ts'
import {successorOf} from './successor.ts'
import {setOf, type World} from './world.ts'

/** What is taken for granted of Pods that come. */
export interface Expectations {
  /** This one never becomes ready, wherever it runs. */
  readonly isNeverReady: (pod: Pod) => boolean
  /** One that was asked to go does; false: nobody is there to end it. */
  readonly leaves: (pod: Pod) => boolean
}

/** What a change makes of the world, and the Pods that have come in its course. */
export interface Aftermath {
  readonly world: World
  readonly arrivals: readonly Arrival[]
  readonly courses: readonly Course<StatefulSet>[]
}

/**
 * Pods are asked to go, and everybody who answers for one of them has done what he can. Those that nobody ends stay where they
 * are: their names and their room are not free.
 */
export function afterDeparture(world: World, leavers: readonly Pod[], expected: Expectations): Aftermath {
  const {relations} = world.stage
  const left: World = {
    ...world,
    stage: without(world.stage, leavers.filter(expected.leaves)),
    health: changed(world.health, leavers, -1, relations),
  }
  const ofSets = leavers.filter((pod) => ownerKindOf(pod, relations) === 'StatefulSet')
  const others = leavers.filter((pod) => ownerKindOf(pod, relations) === 'ReplicaSet')
  const sets = new Map(
    ofSets.flatMap((pod) => setOf(pod, world) ?? []).map((each) => [each.set.metadata?.uid, each]),
  )
  const steps: Step[] = [
    ...[...sets.values()].map(
      (each) => (now: World) => afterCourse(now, lacking(each, ofSets, expected), expected),
    ),
    ...others.map((pod) => (now: World) => succeeded(now, pod, expected)),
  ]
  return inTurn(left, steps)
}

type Step = (world: World) => Aftermath

/** One after the other, each in the world that the one before has left. */
export function inTurn(world: World, steps: readonly Step[]): Aftermath {
  return steps.reduce<Aftermath>(
    (before, step) => {
      const {world: after, arrivals, courses} = step(before.world)
      return {
        world: after,
        arrivals: [...before.arrivals, ...arrivals],
        courses: [...before.courses, ...courses],
      }
    },
    {world, arrivals: [], courses: []},
  )
}

function lacking(set: SetWorld, leavers: readonly Pod[], {leaves}: Expectations): SetWorld {
  const asked = new Map(leavers.map((pod) => [uidOf(pod), leaves(pod)]))
  const pods = set.pods.flatMap((pod) => {
    const isGone = asked.get(uidOf(pod))
    if (isGone === undefined) return [pod]
    return isGone ? [] : [leaving(pod, set.now)]
  })
  return {...set, pods}
}

/** A StatefulSet has done all that it can, from such a beginning. */
export function afterCourse(world: World, set: SetWorld, expected: Expectations): Aftermath {
  const before = new Set(set.pods.map(uidOf))
  const arrivals = new Map<string, Arrival>()
  let {stage} = world
  const fates: Fates = {
    leaves: (pod) => {
      const isGone = !before.has(uidOf(pod)) || expected.leaves(pod)
      if (isGone) stage = without(stage, [pod])
      return isGone
    },
    placed: (pod) => {
      if (before.has(uidOf(pod))) return undefined
      const known = arrivals.get(uidOf(pod))
      const next = known && known.finds !== 'None' ? {arrival: known, stage} : arrivalOf(pod, stage)
      stage = next.stage
      arrivals.set(uidOf(pod), next.arrival)
      return placeOf(next.arrival, expected)
    },
  }
  const course = statefulSetCourse(set, fates)
  const {relations} = stage
  const gone = set.pods.filter((pod) => !course.pods.some((each) => uidOf(each) === uidOf(pod)))
  const come = course.pods.filter((pod) => !before.has(uidOf(pod)))
  const health = changed(changed(world.health, gone, -1, relations), come, 1, relations)
  const sets = new Map([
    ...world.sets,
    [set.set.metadata?.uid ?? '', {...set, set: course.set, pods: course.pods}],
  ])
  const stayed = [...arrivals.values()].filter(({pod}) => come.some((each) => uidOf(each) === uidOf(pod)))
  return {world: {stage, health, sets}, arrivals: stayed, courses: [course]}
}

function placeOf({finds, nodes, pod}: Arrival, expected: Expectations) {
  if (finds === 'None') return undefined
  const [only, ...others] = nodes ?? []
  return {
    nodeName: only !== undefined && others.length === 0 ? only : null,
    isReady: !expected.isNeverReady(pod),
  }
}

function succeeded(world: World, pod: Pod, expected: Expectations): Aftermath {
  const {arrival, stage} = arrivalOf(successorOf(pod, world.stage.relations.snapshot.observedAt), world.stage)
  const isBack = arrival.finds !== 'None' && !expected.isNeverReady(pod)
  const health = isBack ? changed(world.health, [pod], 1, stage.relations) : world.health
  return {world: {...world, stage, health}, arrivals: [arrival], courses: []}
}
