import {controllerUid, keyOf, type Pod, type StatefulSet} from '../objects.ts'
import type {Aftermath, Expectations} from './aftermath.ts'
import {type Arrival, arrive, arriveTogether, withEarly} from './arrivals.ts'
import {changed} from './budgets.ts'
import {holdersOf} from './claim-holders.ts'
import type {Course, Fates} from './course.ts'
import {ask, join, leave, without} from './moves.ts'
import {isRefusedUnseen, rivalsIn} from './rivals.ts'
import {type Stage, uidOf} from './stage.ts'
import {type SetWorld, statefulSetCourse} from './stateful-set-course.ts'
import {successorOf} from './successor.ts'
import {takersOf} from './takers.ts'
import type {World} from './world.ts'

/** A set on its way. */
interface Journey {
  readonly set: SetWorld
  readonly syncs: Generator<readonly Pod[], Course<StatefulSet>>
  /** Of its Pods that have come, by UID. */
  readonly arrivals: Map<string, Arrival>
  /** It has found no node before, or it was not there. */
  readonly isNew: (pod: Pod) => boolean
  course?: Course<StatefulSet>
}

/** Who goes his way at the same time. */
interface Parties {
  /** StatefulSets, as they are in the beginning. */
  readonly sets: readonly SetWorld[]
  /** Pods in whose place others come. */
  readonly replaced?: readonly Pod[]
  /** Pods in whose place others may come. */
  readonly perhaps?: readonly Pod[]
  /** Where each may be who is back before the others are gone, by namespace and name. */
  readonly early?: ReadonlyMap<string, readonly string[]>
}

/**
 * Each set does all that it can. Who look for a node at the same time find it in an order that is chance, whoever created them:
 * those who may come take nobody's place for certain.
 */
export function sideBySide(
  world: World,
  {sets, replaced = [], perhaps = [], early = new Map()}: Parties,
  expected: Expectations,
): Aftermath {
  const {stage} = world
  const journeys = sets.map((set) => journeyOf(set, stage, expected))
  const successors = (pods: readonly Pod[]) =>
    pods.map((pod) => successorOf(pod, stage.relations.snapshot.observedAt))
  const free = place(successors(replaced), successors(perhaps), journeys, stage, early)
  const back = replaced.filter((pod, index) => free[index]?.finds !== 'None' && !expected.isNeverReady(pod))
  while (journeys.some(({course}) => course === undefined)) place([], [], journeys, stage, early)
  const health = changed(world.health, back, 1, stage.relations)
  const after = arrived({...world, health}, journeys)
  return {...after, arrivals: [...after.arrivals, ...free]}
}

/** Each set goes on until somebody looks for a node; then all do who look for one by then. Answers the arrivals of the others. */
function place(
  others: readonly Pod[],
  perhaps: readonly Pod[],
  journeys: readonly Journey[],
  stage: Stage,
  early: NonNullable<Parties['early']>,
): readonly Arrival[] {
  const gone = stage.gone.size
  const waves = journeys.map((journey) => ({journey, pods: goOn(journey)}))
  if (stage.gone.size > gone) for (const {arrivals} of journeys) tryAgain(arrivals, stage)
  const coming = [...waves.flatMap(({pods}) => pods), ...others]
  if (coming.length === 0) return []
  const own = new Set(journeys.map(({set}) => set.set.metadata?.uid))
  const rivals = rivalsIn(stage).filter((pod) => !own.has(controllerUid(pod)))
  const all = [...coming, ...perhaps, ...rivals]
  const found = all.length > 1 ? arriveTogether(all, stage) : all.map((pod) => arrive(pod, stage))
  const arrivals = found.map((each) => withEarly(each, early.get(keyOf(each.pod)) ?? [], stage))
  const unsure = arrivals.slice(coming.length, coming.length + perhaps.length)
  for (const {pod, nodes = [], hasMore = false} of unsure)
    if (nodes.length > 0) join(stage, {pod, nodes, isAnywhere: hasMore, isUnsure: true})
  let next = 0
  for (const {journey, pods} of waves)
    for (const pod of pods) journey.arrivals.set(uidOf(pod), beside(rivals, arrivals[next++] as Arrival))
  return arrivals.slice(next, coming.length).map((arrival) => beside(rivals, arrival))
}

function beside(rivals: readonly Pod[], arrival: Arrival): Arrival {
  return rivals.length > 0 && arrival.finds === 'Maybe' ? {...arrival, rivals} : arrival
}

/** Others have left: whoever may have found no node before may find one there. */
function tryAgain(arrivals: Map<string, Arrival>, stage: Stage): void {
  for (const [uid, arrival] of arrivals) {
    const {pod, nodes, finds, hasMore = false} = arrival
    if (finds !== 'Maybe' || !nodes) continue
    const {nodes: now = []} = without(stage, pod, () => takersOf(pod, stage))
    const all = [...new Set([...nodes, ...now])]
    if (all.length === nodes.length) continue
    arrivals.set(uid, {...arrival, nodes: all})
    join(stage, {pod, nodes: all, isAnywhere: hasMore, isUnsure: true})
  }
}

/** Until it halts: who of its Pods looks for a node then. */
function goOn(journey: Journey): readonly Pod[] {
  if (journey.course) return []
  const {syncs, arrivals, isNew} = journey
  const {done, value} = syncs.next()
  if (done) {
    journey.course = value
    return []
  }
  const isPlaced = (pod: Pod) => (arrivals.get(uidOf(pod))?.finds ?? 'None') !== 'None'
  return value.filter((pod) => isNew(pod) && !isPlaced(pod))
}

function journeyOf(set: SetWorld, stage: Stage, expected: Expectations): Journey {
  const before = new Set(set.pods.map(uidOf))
  const arrivals = new Map<string, Arrival>()
  const isNew = (pod: Pod) => !before.has(uidOf(pod)) || isWaiting(pod, stage)
  const fates: Fates = {
    leaves: (pod) => {
      const isGone = !before.has(uidOf(pod)) || expected.leaves(pod)
      const takeNote = isGone ? leave : ask
      takeNote(stage, [pod])
      return isGone
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
  return {set, syncs: statefulSetCourse(set, fates), arrivals, isNew}
}

/** No node has taken it yet, and somebody has left one since. Whom the scheduler refuses where there is room stays as he is. */
function isWaiting(pod: Pod, {gone, relations}: Stage): boolean {
  const {nodeName, schedulingGates} = pod.spec ?? {}
  return !nodeName && !schedulingGates?.length && gone.size > 0 && !isRefusedUnseen(pod, relations)
}

function placeOf({finds, nodes, pod}: Arrival, expected: Expectations) {
  if (finds === 'None') return undefined
  const [only, ...others] = nodes ?? []
  return {
    nodeName: only !== undefined && others.length === 0 ? only : null,
    isReady: !expected.isNeverReady(pod),
  }
}

/** What all of it has made of the world. In place: who goes on from the world as it was has a copy. */
function arrived(world: World, journeys: readonly Journey[]): Aftermath {
  const {stage, sets} = world
  let {health} = world
  const arrivals: Arrival[] = []
  const courses: Course<StatefulSet>[] = []
  for (const {set, course, arrivals: own} of journeys) {
    if (!course) continue
    const {relations} = stage
    health = changed(changed(health, set.pods, -1, relations), course.pods, 1, relations)
    sets.set(set.set.metadata?.uid ?? '', {...set, set: course.set, pods: course.pods})
    const [before, there] = [new Set(set.pods.map(uidOf)), new Set(course.pods.map(uidOf))]
    const isPlaced = ({pod, finds}: Arrival) => !before.has(uidOf(pod)) || finds !== 'None'
    arrivals.push(...[...own.values()].filter((each) => there.has(uidOf(each.pod)) && isPlaced(each)))
    courses.push(course)
  }
  return {world: {stage, health, sets}, arrivals, courses}
}
