import {controllerUid, keyOf, type Pod, type StatefulSet} from '../objects.ts'
import {isTerminal} from '../pod.ts'
import type {Aftermath, Expectations} from './aftermath.ts'
import type {Arrival} from './arrivals.ts'
import {leaving} from './born.ts'
import {changed} from './budgets.ts'
import type {Course} from './course.ts'
import {earlyPlaces} from './early.ts'
import {ask, leave} from './moves.ts'
import {ownerKindOf} from './owner.ts'
import {sideBySide} from './side-by-side.ts'
import {uidOf} from './stage.ts'
import type {SetWorld} from './stateful-set-course.ts'
import {isWanted, setOf, type World} from './world.ts'

/**
 * Pods are asked to go, and everybody who answers for one of them has done what he can. Those that nobody ends stay where they
 * are: their names and their room are not free.
 */
export function afterDeparture(world: World, leavers: readonly Pod[], expected: Expectations): Aftermath {
  const {stage} = world
  const {relations} = stage
  const early = earlyPlaces(leavers.filter(expected.leaves), stage)
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
  const losses = [...Map.groupBy(ofSets, (pod) => controllerUid(pod)).values()].flatMap((own) => {
    const [first] = own
    const set = first && setOf(first, left)
    return set ? [{set, own}] : []
  })
  const sets = losses.map(({set, own}) => lacking(set, own, expected))
  const after = sideBySide(left, {sets, replaced: others, perhaps: foreign, early}, expected)
  const come = new Set(after.arrivals.map(({pod}) => keyOf(pod)))
  const isMissing = (pod: Pod) => !come.has(keyOf(pod)) && expected.leaves(pod)
  return {
    world: foreign.length > 0 ? withHealthy(after.world, foreign) : after.world,
    arrivals: [
      ...after.arrivals,
      ...losses.flatMap(({set, own}, index) =>
        unborn(own.filter(isMissing), set, own.length, after.courses[index]),
      ),
    ],
    courses: after.courses,
  }
}

/** Whether and where they come back is up to their controllers: budgets go on as if they did. */
function withHealthy(world: World, pods: readonly Pod[]): World {
  return {...world, health: changed(world.health, pods, 1, world.stage.relations)}
}

/** A set that has lost so many Pods side by side has done all that it can, and of these there is none again. */
function unborn(
  missing: readonly Pod[],
  set: SetWorld,
  lost: number,
  course: Course<StatefulSet> | undefined,
): readonly Arrival[] {
  const waitsFor = course?.waitsFor?.message ?? 'its turn'
  // which of them is gone first, and is created again before the next one goes, is chance
  const finds = lost > 1 ? ('Maybe' as const) : ('None' as const)
  return missing.filter((pod) => isWanted(pod, set)).map((pod) => ({pod, nodes: undefined, finds, waitsFor}))
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
