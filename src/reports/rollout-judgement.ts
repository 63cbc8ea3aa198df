import {IDLE, type NextStep, type WaitReason, waiting} from '../model/rollout/next-step.ts'
import type {RolledWorkload, RolloutStatus} from './rollout-report.ts'

/** What is to be said of a workload once its facts are known. */
export type Judgement = Pick<
  RolledWorkload,
  'status' | 'reason' | 'since' | 'steps' | 'next' | 'pace' | 'blockedBy' | 'findings'
>

/** Nothing can be said, and why. */
export function unknownTo(reason: string, waitReason?: WaitReason): Judgement {
  const next = waitReason
    ? waiting({reason: waitReason, message: 'the controller to look at the newest generation'})
    : IDLE
  return {status: 'Unknown', reason, since: null, steps: [], next, pace: null, blockedBy: null, findings: []}
}

/** What a next step means for the rollout, unless it is stalled. */
export function statusOf({actions, choose, waitsFor}: NextStep): RolloutStatus {
  if (actions.length > 0 || choose) return 'Progressing'
  switch (waitsFor?.reason) {
    case undefined:
      return 'Complete'
    case 'Partition':
      return 'Held'
    case 'OnDelete':
    case 'PodAvailable':
      return 'Waiting'
    case 'Observation':
      return 'Unknown'
    default:
      return 'Progressing'
  }
}
