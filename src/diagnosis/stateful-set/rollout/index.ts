import type {ResourceKey} from '../../../model/snapshot.ts'
import {firstCause, type Rule} from '../../finding.ts'
import {parallelOneError} from './api-error.ts'
import {blockedAtTarget} from './blocked-at-target.ts'
import {lowerOrdinalBlocks, scaledownBlocked} from './lower-ordinal.ts'
import {maxUnavailableIgnored, parallelBudget} from './max-unavailable.ts'
import {minReadySeconds} from './min-ready.ts'
import {onDeleteWaiting} from './on-delete.ts'
import {ordinalsStartMoved, scaledToZero} from './ordinal-range.ts'
import {partitionAllHeld, partitionHold, partitionRaised} from './partition.ts'
import {quorumNeedsLater} from './quorum.ts'
import {recreateRolls, recreateTerminating} from './recreate.ts'
import {revisionDeadlock} from './revision-deadlock.ts'
import {revisionNotCreated} from './revision-not-created.ts'
import {scaledownMinReadyHang, scaledownTerminating, scaledownTwoUnhealthy} from './scale-down.ts'
import {spuriousRollout} from './spurious-rollout.ts'
import type {RolloutSubject} from './subject.ts'

/** What the controller of a StatefulSet waits for, the most specific first. To add a cause: a file, and a line here. */
export const blockerRule: Rule<RolloutSubject> = firstCause([
  recreateTerminating,
  scaledownTwoUnhealthy,
  parallelBudget,
  revisionDeadlock,
  scaledownBlocked,
  lowerOrdinalBlocks,
  parallelOneError,
  blockedAtTarget,
  scaledownTerminating,
  scaledownMinReadyHang,
  minReadySeconds,
])

/** What is to be known of the rollout of a StatefulSet as a whole. */
export const rolloutRules: readonly Rule<RolloutSubject>[] = [
  recreateRolls,
  quorumNeedsLater,
  firstCause([partitionAllHeld, partitionHold]),
  partitionRaised,
  onDeleteWaiting,
  maxUnavailableIgnored,
  spuriousRollout,
  ordinalsStartMoved,
  firstCause([scaledToZero, revisionNotCreated]),
]

/** Kinds that the rules about a rollout look at, with what tells why it waits for a Pod. What is asked must read these, or the rules must ask whether they were read. */
export const looksAt = [
  'controllerRevisions',
  'daemonSets',
  'events',
  'nodes',
  'persistentVolumeClaims',
  'persistentVolumes',
  'pods',
  'statefulSets',
  'storageClasses',
  'volumeAttachments',
] as const satisfies readonly ResourceKey[]
