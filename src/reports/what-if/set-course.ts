import type {Aftermath} from '../../model/foretold/aftermath.ts'
import {sideBySide} from '../../model/foretold/side-by-side.ts'
import {uidOf} from '../../model/foretold/stage.ts'
import type {SetWorld} from '../../model/foretold/stateful-set-course.ts'
import {isWanted, setWorld, worldOf} from '../../model/foretold/world.ts'
import {nameOf, namespaceOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {Wait} from '../../model/rollout/next-step.ts'
import {type Conditions, conditionsOf} from './conditions.ts'
import {expectationsOf} from './expectations.ts'
import {fateOf, NOT_ENDED, onlyOnce, returnOf} from './fates.ts'
import type {PodFate, WhatIfStep, WorkloadFate} from './report.ts'
import {stepsOf} from './steps.ts'
import {few} from './words.ts'
import {readyOf, workloadFate} from './workloads.ts'

/** What one StatefulSet does once it is changed. */
export interface SetCourse {
  readonly before: SetWorld
  readonly aftermath: Aftermath
  readonly steps: readonly WhatIfStep[]
  readonly pods: readonly PodFate[]
  readonly workload: WorkloadFate
  readonly waitsFor: Wait | null
}

/** `changed`: what the set is made into; its Pods and claims are those that it has. */
export function courseOf(
  changed: StatefulSet,
  neverReady: readonly string[],
  relations: Relations,
): SetCourse {
  const before = setWorld(changed, relations)
  const expected = expectationsOf(neverReady, relations)
  const aftermath = sideBySide(worldOf(relations), {sets: [before]}, expected)
  const [course] = aftermath.courses
  const rounds = course?.rounds ?? []
  const own = readyOf(before).length
  const lowest = Math.min(
    own,
    ...rounds.map(({unavailable}) => (changed.spec?.replicas ?? 1) - unavailable.length),
  )
  const after = aftermath.world.sets.get(changed.metadata?.uid ?? '') ?? before
  const waitsFor = course?.waitsFor ?? null
  const conditions = conditionsOf(rounds, aftermath.arrivals, before)
  return {
    before,
    aftermath,
    steps: stepsOf(rounds, {namespace: namespaceOf(changed), pods: before.pods}).map((each) =>
      stepOnlyOnce(each, conditions),
    ),
    pods: fatesOf(before, aftermath, (pod) => expected.isNeverReady(pod)).map((each) =>
      onlyOnce(each, conditions.get(each.name)),
    ),
    workload: workloadFate(
      // who may find no node keeps the controller from taking more of them
      {before, after, lowest, least: lowest, waitsFor: waitsFor?.message ?? null},
      aftermath.arrivals,
      relations,
    ),
    waitsFor,
  }
}

/** A step of which all is done only if others are at work by then. */
function stepOnlyOnce(said: WhatIfStep, conditions: Conditions): WhatIfStep {
  const [first] = said.actions.flatMap(({name}) => conditions.get(name ?? '') ?? [])
  const names = said.actions.map(({name}) => conditions.get(name ?? ''))
  if (first === undefined || names.includes(undefined)) return said
  return {...said, waitsFor: `${few([...new Set(names.flatMap((each) => each ?? []))])} to be at work`}
}

/** Its Pods in the end. */
export function podsAfter({before, aftermath}: Pick<SetCourse, 'before' | 'aftermath'>): readonly Pod[] {
  return aftermath.world.sets.get(before.set.metadata?.uid ?? '')?.pods ?? []
}

/** Pods that were there, and are no more: others may have their names. */
export function goneIn(course: Pick<SetCourse, 'before' | 'aftermath'>): readonly Pod[] {
  const after = new Set(podsAfter(course).map(uidOf))
  return course.before.pods.filter((pod) => !after.has(uidOf(pod)))
}

function fatesOf(
  before: SetWorld,
  aftermath: Aftermath,
  isNeverReady: (pod: Pod) => boolean,
): readonly PodFate[] {
  const {arrivals} = aftermath
  const after = podsAfter({before, aftermath})
  const come = new Map(arrivals.map((arrival) => [nameOf(arrival.pod), arrival]))
  const gone = goneIn({before, aftermath})
  const replaced = gone.map((pod): PodFate => {
    const arrival = come.get(nameOf(pod))
    if (!arrival) return fateOf(pod, isWanted(pod, before) ? 'Deleted' : 'Removed')
    return {...fateOf(pod, 'Deleted'), ...returnOf(arrival, isNeverReady(arrival.pod))}
  })
  const names = new Set(gone.map(nameOf))
  const kept = new Set(before.pods)
  const there = new Set(before.pods.map(uidOf))
  const lingering = after
    .filter((pod) => isTerminating(pod) && !kept.has(pod))
    .map((pod): PodFate => ({...fateOf(pod, 'Terminating'), message: NOT_ENDED}))
  const born = arrivals
    .filter(({pod}) => !names.has(nameOf(pod)) && !there.has(uidOf(pod)))
    .map(
      (arrival): PodFate => ({
        ...fateOf(arrival.pod, 'Created'),
        ...returnOf(arrival, isNeverReady(arrival.pod)),
      }),
    )
  return [...lingering, ...replaced, ...born]
}
