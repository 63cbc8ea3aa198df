import {firstCause, type Rule} from '../finding.ts'
import {parallelOneError} from './api-error.ts'
import {beingDeleted} from './being-deleted.ts'
import {blockedAtTarget} from './blocked-at-target.ts'
import {generationLag} from './generation-lag.ts'
import {lowerOrdinalBlocks, scaledownBlocked} from './lower-ordinal.ts'
import {maxUnavailableIgnored, parallelBudget} from './max-unavailable.ts'
import {minReadySeconds} from './min-ready.ts'
import {lacksVolume, nameTaken, refused} from './not-made.ts'
import {onDeleteWaiting} from './on-delete.ts'
import {ordinalsStartMoved, scaledToZero} from './ordinal-range.ts'
import {ownedByOperator} from './owned.ts'
import {partitionAllHeld, partitionHold, partitionRaised} from './partition.ts'
import {quorumNeedsLater} from './quorum.ts'
import {recreateRolls, recreateTerminating} from './recreate.ts'
import {revisionChurn} from './revision-churn.ts'
import {revisionDeadlock} from './revision-deadlock.ts'
import {revisionNotCreated} from './revision-not-created.ts'
import {scaledownMinReadyHang, scaledownTerminating, scaledownTwoUnhealthy} from './scale-down.ts'
import {selectorOverlap} from './selector-overlap.ts'
import {spuriousRollout} from './spurious-rollout.ts'
import {staleClaimAwaited} from './stale-claim.ts'
import type {RolloutSubject} from './subject.ts'
import type {WorkloadSubject} from './workload.ts'

/** What the controller of a StatefulSet waits for, the most specific first. To add a cause: a file, and a line here. */
export const blockerRule: Rule<RolloutSubject> = firstCause([
  nameTaken,
  staleClaimAwaited,
  refused,
  lacksVolume,
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

/** What can be said of a set whether or not its newest generation is observed. */
export const workloadRules: readonly Rule<WorkloadSubject>[] = [
  firstCause([beingDeleted, generationLag]),
  revisionChurn,
  selectorOverlap,
  ownedByOperator,
]

/** Of a DaemonSet; that it is being deleted its own rules say. */
export const daemonWorkloadRules: readonly Rule<WorkloadSubject>[] = [
  generationLag,
  revisionChurn,
  selectorOverlap,
  ownedByOperator,
]
