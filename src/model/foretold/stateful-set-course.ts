import {isTerminatingClaim} from '../claim.ts'
import {mountedClaims} from '../mounted-claims.ts'
import {nameOf, type PersistentVolumeClaim, type Pod, type StatefulSet} from '../objects.ts'
import {isTerminating} from '../pod.ts'
import {type Relations, relate} from '../relations.ts'
import type {PodAction} from '../rollout/next-step.ts'
import {
  isServing,
  revisionOf,
  type StatefulSetFacts,
  statefulSetFacts,
} from '../rollout/stateful-set-facts.ts'
import {statefulSetNext} from '../rollout/stateful-set-next.ts'
import {snapshotOf} from '../snapshot.ts'
import {desiredReplicas} from '../stateful-set.ts'
import {bornPod, leaving} from './born.ts'
import {isKeptByPodsOnly} from './claim-holders.ts'
import type {Course, Fates, Round} from './course.ts'
import {isComing, placed, staying} from './settled.ts'

/** A StatefulSet and what is its own. */
export interface SetWorld {
  readonly set: StatefulSet
  /** Its Pods, and whoever has the name of one. */
  readonly pods: readonly Pod[]
  readonly claims: readonly PersistentVolumeClaim[]
  /** RFC 3339. No time passes while it is foretold. */
  readonly now: string
  readonly server?: {readonly version: string}
}

/** More syncs than any set needs for an update and a change of its size. */
const syncsOf = (world: SetWorld) => 10 + 8 * (desiredReplicas(world.set) + world.pods.length)

/**
 * What the StatefulSet controller does, sync by sync (`statefulSetNext`), where between two syncs all comes to pass that comes
 * by itself: Pods that were asked to go are gone, and those that were created are at work, as far as their fates allow. It halts
 * with all who look for a place by then, before it asks where each of them is placed.
 */
export function* statefulSetCourse(
  first: SetWorld,
  fates: Fates,
): Generator<readonly Pod[], Course<StatefulSet>> {
  const rounds: Round[] = []
  let world = first
  for (let left = syncsOf(first); left > 0; left--) {
    const facts = factsOf(world)
    if (!facts) break
    const {actions, waitsFor} = statefulSetNext(facts)
    const after =
      actions.length > 0
        ? acted(world, actions)
        : withStatus(freed(yield* settled(world, fates), fates), facts)
    if (actions.length > 0) rounds.push({actions, unavailable: downIn(after)})
    else if (isSame(after, world)) return {rounds, waitsFor, set: world.set, pods: world.pods}
    world = after
  }
  return {rounds, waitsFor: null, set: world.set, pods: world.pods}
}

function* settled(world: SetWorld, fates: Fates): Generator<readonly Pod[], SetWorld> {
  const stay = staying(world.pods, fates)
  yield stay.filter(isComing)
  return {...world, pods: placed(stay, fates)}
}

function factsOf(world: SetWorld): StatefulSetFacts | undefined {
  return statefulSetFacts(world.set, relationsOf(world))
}

function relationsOf({set, pods, claims, now, server}: SetWorld): Relations {
  return relate(
    snapshotOf(now, {statefulSets: [set], pods, persistentVolumeClaims: claims, ...(server && {server})}),
  )
}

function acted(world: SetWorld, actions: readonly PodAction[]): SetWorld {
  const isDeleted = (pod: Pod) =>
    actions.some(({action, pod: name}) => action === 'Delete' && name === nameOf(pod))
  const stay = world.pods.map((pod) => (isDeleted(pod) ? leaving(pod, world.now) : pod))
  const born = actions
    .filter(({action}) => action === 'Create')
    .map((each) => bornPod(world.set, each, world.now))
  return {...world, pods: [...stay, ...born]}
}

function downIn(world: SetWorld): readonly string[] {
  const facts = factsOf(world)
  return facts?.slots.filter((slot) => !isServing(slot, facts)).map(({name}) => name) ?? []
}

/** Without the claims that were asked to go, and that nobody keeps any more. */
function freed(world: SetWorld, {isHeld}: Fates): SetWorld {
  if (!world.claims.some(isTerminatingClaim)) return world
  const mounted = new Set(world.pods.filter(({spec}) => spec?.nodeName).flatMap(mountedClaims))
  const isKept = (claim: PersistentVolumeClaim) =>
    mounted.has(nameOf(claim)) || !isKeptByPodsOnly(claim) || isHeld?.(claim) === true
  const claims = world.claims.filter((claim) => !isTerminatingClaim(claim) || isKept(claim))
  return claims.length === world.claims.length ? world : {...world, claims}
}

/** With the counters that its controller writes, and the update over where it is (completeRollingUpdate, 1.20 to 1.37). */
function withStatus(world: SetWorld, {updateRevision, slots}: StatefulSetFacts): SetWorld {
  const {status} = world.set
  if (!status) return world
  const live = world.pods.filter((pod) => !isTerminating(pod))
  const count = (revision: string | undefined) => live.filter((pod) => revisionOf(pod) === revision).length
  const isOver = slots.length > 0 && count(updateRevision) === slots.length && live.length === slots.length
  const currentRevision = isOver ? updateRevision : (status.currentRevision ?? updateRevision)
  const currentReplicas = count(currentRevision)
  if (currentRevision === status.currentRevision && currentReplicas === status.currentReplicas) return world
  return {...world, set: {...world.set, status: {...status, currentRevision, currentReplicas}}}
}

function isSame(left: SetWorld, right: SetWorld): boolean {
  const isUnchanged =
    left.pods.length === right.pods.length && left.pods.every((pod, index) => pod === right.pods[index])
  return isUnchanged && left.set === right.set && left.claims === right.claims
}
