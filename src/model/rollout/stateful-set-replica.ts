import {isAvailable, isTerminating} from '../pod.ts'
import {claimName, templateNames} from '../stateful-set.ts'
import type {PodAction, Wait} from './next-step.ts'
import {isRunningReady, type Slot, type StatefulSetFacts} from './stateful-set-facts.ts'
import {
  obstacleToCreate,
  waitForSlot,
  waitForStaleClaim,
  waitForTerminatingClaim,
  waitOn,
} from './stateful-set-waits.ts'

/** What a sync does at one ordinal, and whether it goes on from there. */
export interface Visit {
  readonly actions: readonly PodAction[]
  readonly wait?: Wait
  /** `stop` ends the sync of an ordered set; `error` ends any sync. */
  readonly verdict: 'go on' | 'stop' | 'error'
}

const GO_ON: Visit = {actions: [], verdict: 'go on'}

/** Mirrors processReplica (1.20 to 1.37, by the rules of the version). */
export function visitReplica(slot: Slot, facts: StatefulSetFacts): Visit {
  const {pod} = slot
  if (!pod) return create(slot, facts)
  if (hasFinished(slot, facts)) return replaceFinished(slot, facts)
  const terminating =
    facts.rules.createsMissingClaims && pod.status?.phase === 'Pending'
      ? waitForTerminatingClaim(slot)
      : undefined
  if (terminating) return {actions: [], wait: terminating, verdict: 'error'}
  if (facts.isOrdered && !isSettled(slot, facts))
    return {actions: [], wait: waitForSlot(slot, facts), verdict: 'stop'}
  if (hasOwnVolumes(slot, facts)) return GO_ON
  const message = `${slot.name} to be deleted: it lacks a volume of the set, and a Pod's volumes can't be changed`
  return {actions: [], wait: waitOn(slot, 'PodUpdate', message), verdict: 'error'}
}

function create(slot: Slot, facts: StatefulSetFacts): Visit {
  const stale = waitForStaleClaim(slot, facts)
  if (stale) return {actions: [], wait: stale, verdict: facts.rules.createsInBatches ? 'stop' : 'error'}
  const obstacle = obstacleToCreate(slot)
  if (obstacle) return {actions: [], wait: obstacle, verdict: 'error'}
  // it is tried all the same, and what the API server answers ends the sync
  const isRefused = facts.refused?.has(slot.name) === true
  return {actions: [creation(slot)], verdict: isRefused ? 'error' : facts.isOrdered ? 'stop' : 'go on'}
}

function creation({name, ordinal, target}: Slot): PodAction {
  return {action: 'Create', pod: name, ordinal, revision: target}
}

export function deletion({name, ordinal}: Slot): PodAction {
  return {action: 'Delete', pod: name, ordinal}
}

function hasFinished({pod, name}: Slot, {rules, left}: StatefulSetFacts): boolean {
  const phase = pod?.status?.phase
  if (left?.has(name)) return false
  return phase === 'Failed' || (phase === 'Succeeded' && rules.replacesSucceeded)
}

function replaceFinished(slot: Slot, facts: StatefulSetFacts): Visit {
  if (slot.pod && isTerminating(slot.pod))
    return {actions: [], wait: waitForSlot(slot, facts), verdict: 'stop'}
  const again = facts.rules.recreatesAtOnce ? [creation(slot)] : []
  return {actions: [deletion(slot), ...again], verdict: 'stop'}
}

/** Nothing of this Pod keeps an ordered set from looking at the next one. */
function isSettled({pod}: Slot, {minReadySeconds, now}: StatefulSetFacts): boolean {
  return (
    pod !== undefined && !isTerminating(pod) && isRunningReady(pod) && isAvailable(pod, minReadySeconds, now)
  )
}

/** Mirrors storageMatches: each template's volume is there and uses the ordinal's own claim. */
function hasOwnVolumes({pod, ordinal}: Slot, {set}: StatefulSetFacts): boolean {
  const volumes = pod?.spec?.volumes ?? []
  return templateNames(set).every((template) =>
    volumes.some(
      (volume) =>
        volume.name === template &&
        volume.persistentVolumeClaim?.claimName === claimName(template, set, ordinal),
    ),
  )
}
