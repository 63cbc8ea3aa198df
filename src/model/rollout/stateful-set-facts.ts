import {REVISION_HASH} from '../known-labels.ts'
import {isObserved, namespaceOf, type PersistentVolumeClaim, type Pod, type StatefulSet} from '../objects.ts'
import {type Ordinal, ordinalsOf} from '../ordinals.ts'
import {isAvailable, isReady, isTerminating} from '../pod.ts'
import type {Relations} from '../relations.ts'
import {serverVersionOf} from '../server-version.ts'
import {
  claimName,
  isAdoptable,
  ordinalStart,
  podManagementPolicy,
  podName,
  templateNames,
} from '../stateful-set.ts'
import {type StatefulSetRules, statefulSetRules} from './stateful-set-rules.ts'

/** An ordinal with what its controller knows of it. */
export interface Slot {
  /** What it was created from. */
  readonly source: Ordinal
  readonly ordinal: number
  readonly name: string
  /** Undefined: it is to be created. */
  readonly pod: Pod | undefined
  /** Somebody else's Pod of that name. */
  readonly holder: Pod | undefined
  /** The Pod's revision, or the one that it will be created from. */
  readonly revision: string
  /** The revision that the controller creates this ordinal's Pod from. */
  readonly target: string
  /** Below the partition: no update touches it. */
  readonly isHeld: boolean
  /** Claims of the set's templates, as far as they exist. */
  readonly claims: readonly PersistentVolumeClaim[]
}

/** A StatefulSet as its controller sees it when it begins a sync. */
export interface StatefulSetFacts {
  readonly set: StatefulSet
  readonly rules: StatefulSetRules
  readonly now: string
  readonly minReadySeconds: number
  /** OrderedReady: one thing at a time, and nothing past a Pod that is not available. */
  readonly isOrdered: boolean
  readonly updateRevision: string
  /** Ordinals that should exist, ascending. */
  readonly slots: readonly Slot[]
  /** Those whose Pod is condemned, descending: the order in which they are deleted. */
  readonly condemned: readonly Slot[]
  /** Names of the Pods that the API server has just refused to create, and will refuse again. */
  readonly refused?: ReadonlySet<string>
  /** Names of finished Pods that the controller has left where they are for longer than it takes to replace them. */
  readonly left?: ReadonlySet<string>
}

/** Undefined while the controller has not observed the newest generation: only it knows the revisions then. */
export function statefulSetFacts(set: StatefulSet, relations: Relations): StatefulSetFacts | undefined {
  const {updateRevision} = set.status ?? {}
  if (!isObserved(set) || !updateRevision) return undefined
  const ordinals = ordinalsOf(set, relations)
  const slot = (ordinal: Ordinal) => slotOf(set, updateRevision, ordinal, relations)
  return {
    set,
    rules: statefulSetRules(set, serverVersionOf(relations.snapshot)),
    now: relations.snapshot.observedAt,
    minReadySeconds: set.spec?.minReadySeconds ?? 0,
    isOrdered: podManagementPolicy(set) !== 'Parallel',
    updateRevision,
    slots: ordinals.filter(({state}) => state === 'desired').map(slot),
    condemned: ordinals
      .filter(({state}) => state === 'condemned')
      .map(slot)
      .toReversed(),
  }
}

function slotOf(set: StatefulSet, updateRevision: string, source: Ordinal, relations: Relations): Slot {
  const {ordinal, pod: member, holder} = source
  // the controller adopts first
  const pod = member ?? (holder && isAdoptable(set, holder) ? holder : undefined)
  const target = isCreatedFromCurrent(set, ordinal)
    ? (set.status?.currentRevision ?? updateRevision)
    : updateRevision
  return {
    source,
    ordinal,
    name: podName(set, ordinal),
    pod,
    holder,
    revision: pod ? revisionOf(pod) : target,
    target,
    isHeld: ordinal - ordinalStart(set) < partitionOf(set),
    claims: templateNames(set)
      .map((template) => relations.claim(namespaceOf(set), claimName(template, set, ordinal)))
      .filter((claim) => claim !== undefined),
  }
}

/** An adopted Pod has no such label: its revision is empty, and that of no set. */
export function revisionOf(pod: Pod): string {
  return pod.metadata?.labels?.[REVISION_HASH] ?? ''
}

/** `rollingUpdate.partition`, which counts from the first ordinal; 0 where there is none. */
export function partitionOf({spec}: StatefulSet): number {
  return spec?.updateStrategy?.rollingUpdate?.partition ?? 0
}

/**
 * Mirrors newVersionedStatefulSetPod (1.26 to 1.37). A set that names RollingUpdate without `rollingUpdate`, which the
 * API server leaves as it is, keeps as many Pods at the current revision as there are.
 */
export function isCreatedFromCurrent(set: StatefulSet, ordinal: number): boolean {
  const index = ordinal - ordinalStart(set)
  const {type = 'RollingUpdate', rollingUpdate} = set.spec?.updateStrategy ?? {}
  if (rollingUpdate) return index < partitionOf(set)
  const isNamed = set.spec?.updateStrategy?.type !== undefined
  return isNamed && type === 'RollingUpdate' && index < (set.status?.currentReplicas ?? 0)
}

/** Phase `Running` and Ready (isRunningAndReady): a terminating Pod may be that. */
export function isRunningReady(pod: Pod): boolean {
  return pod.status?.phase === 'Running' && isReady(pod)
}

/** What the controller counts as unavailable: up to 1.33 it looked at readiness alone. */
export function isUnavailable({pod}: Slot, {rules, minReadySeconds, now}: StatefulSetFacts): boolean {
  if (!pod || isTerminating(pod)) return true
  return rules.needsAvailable ? !isAvailable(pod, minReadySeconds, now) : !isRunningReady(pod)
}

/** It has a Pod that has been ready for minReadySeconds, and that is not terminating. */
export function isServing({pod}: Slot, {minReadySeconds, now}: StatefulSetFacts): boolean {
  return pod !== undefined && !isTerminating(pod) && isAvailable(pod, minReadySeconds, now)
}

/** It has a Pod of another revision than the update's, and that Pod is not terminating. */
export function isOutdated({revision, pod}: Slot, {updateRevision}: StatefulSetFacts): boolean {
  return revision !== updateRevision && !(pod && isTerminating(pod))
}
