import {controllerUid, nameOf, type Pod, type StatefulSet} from '../objects.ts'
import {isTerminal} from '../pod.ts'
import {type Arrival, arrive, arriveTogether} from './arrivals.ts'
import {leaving} from './born.ts'
import {changed} from './budgets.ts'
import {holdersOf} from './claim-holders.ts'
import type {Course, Fates} from './course.ts'
import {ownerKindOf} from './owner.ts'
import {ask, leave, type Stage, uidOf} from './stage.ts'
import {type SetWorld, statefulSetCourse} from './stateful-set-course.ts'
import {successorOf} from './successor.ts'
import {isWanted, setOf, type World} from './world.ts'

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
  const {stage} = world
  const {relations} = stage
  leave(stage, leavers.filter(expected.leaves))
  ask(
    stage,
    leavers.filter((pod) => !expected.leaves(pod)),
  )
  const left: World = {
    ...world,
    sets: new Map(world.sets),
    health: changed(world.health, leavers, -1, relations),
  }
  const ofSets = leavers.filter((pod) => ownerKindOf(pod, relations) === 'StatefulSet')
  // nobody wants another one in the place of a finished one
  const others = leavers.filter((pod) => !isTerminal(pod) && ownerKindOf(pod, relations) === 'ReplicaSet')
  const foreign = leavers.filter((pod) => !isTerminal(pod) && ownerKindOf(pod, relations) === 'Other')
  const bySet = Map.groupBy(ofSets, (pod) => controllerUid(pod))
  const steps: Step[] = [
    ...[...bySet.values()].map((own) => (now: World) => afterLoss(now, own, expected)),
    ...others.map((pod) => (now: World) => succeeded(now, pod, expected)),
    ...(foreign.length > 0 ? [(now: World) => withHealthy(now, foreign)] : []),
  ]
  return inTurn(left, steps)
}

/** Whether and where they come back is up to their controllers: budgets go on as if they did. */
function withHealthy(world: World, pods: readonly Pod[]): Aftermath {
  const health = changed(world.health, pods, 1, world.stage.relations)
  return {world: {...world, health}, arrivals: [], courses: []}
}

type Step = (world: World) => Aftermath

/** One after the other, each in the world that the one before has left. */
function inTurn(first: World, steps: readonly Step[]): Aftermath {
  let world = first
  const arrivals: Arrival[] = []
  const courses: Course<StatefulSet>[] = []
  for (const step of steps) {
    const after = step(world)
    world = after.world
    arrivals.push(...after.arrivals)
    courses.push(...after.courses)
  }
  return {world, arrivals, courses}
}

/** A set has lost these Pods side by side, and has done all that it can. */
function afterLoss(world: World, own: readonly Pod[], expected: Expectations): Aftermath {
  const [first] = own
  const set = first && setOf(first, world)
  if (!set) return {world, arrivals: [], courses: []}
  const after = afterCourse(world, lacking(set, own, expected), expected)
  const come = new Set(after.arrivals.map(({pod}) => nameOf(pod)))
  const missing = own.filter((pod) => !come.has(nameOf(pod)) && expected.leaves(pod) && isWanted(pod, set))
  const waitsFor = after.courses[0]?.waitsFor?.message ?? 'its turn'
  // which of them is gone first, and is created again before the next one goes, is chance
  const finds = own.length > 1 ? ('Maybe' as const) : ('None' as const)
  return {
    ...after,
    arrivals: [...after.arrivals, ...missing.map((pod) => ({pod, nodes: undefined, finds, waitsFor}))],
  }
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
  const {stage} = world
  const isNew = (pod: Pod) => !before.has(uidOf(pod)) || isWaiting(pod, stage)
  const isPlaced = (pod: Pod) => (arrivals.get(uidOf(pod))?.finds ?? 'None') !== 'None'
  const fates: Fates = {
    leaves: (pod) => {
      const isGone = !before.has(uidOf(pod)) || expected.leaves(pod)
      const takeNote = isGone ? leave : ask
      takeNote(stage, [pod])
      return isGone
    },
    coming: (pods) => {
      const many = pods.filter((pod) => isNew(pod) && !isPlaced(pod))
      const come = many.length > 1 ? arriveTogether(many, stage) : many.map((pod) => arrive(pod, stage))
      for (const arrival of come) arrivals.set(uidOf(arrival.pod), arrival)
    },
    isHeld: (claim) =>
      holdersOf(claim, stage.relations).some(
        (pod) => controllerUid(pod) !== set.set.metadata?.uid && !stage.gone.has(uidOf(pod)),
      ),
    placed: (pod) => {
      const arrival = arrivals.get(uidOf(pod))
      return isNew(pod) && arrival ? placeOf(arrival, expected) : undefined
    },
  }
  const course = statefulSetCourse(set, fates)
  const {relations} = stage
  const come = course.pods.filter((pod) => !before.has(uidOf(pod)))
  const health = changed(changed(world.health, set.pods, -1, relations), course.pods, 1, relations)
  // in place: who goes on from the world as it was has a copy (afterDeparture)
  const sets = world.sets.set(set.set.metadata?.uid ?? '', {...set, set: course.set, pods: course.pods})
  const stayed = [...arrivals.values()].filter(({pod}) => come.some((each) => uidOf(each) === uidOf(pod)))
  return {world: {stage, health, sets}, arrivals: stayed, courses: [course]}
}

/** No node has taken it yet, and somebody has left one since. */
function isWaiting({spec}: Pod, {gone}: Stage): boolean {
  return !spec?.nodeName && !spec?.schedulingGates?.length && gone.size > 0
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
  const {stage} = world
  const arrival = arrive(successorOf(pod, stage.relations.snapshot.observedAt), stage)
  const isBack = arrival.finds !== 'None' && !expected.isNeverReady(pod)
  const health = isBack ? changed(world.health, [pod], 1, stage.relations) : world.health
  return {world: {...world, health}, arrivals: [arrival], courses: []}
}
