import {diagnose, type Finding, type Rule} from '../diagnosis/finding.ts'
import type {WorkloadSubject} from '../diagnosis/rollout/workload.ts'
import {IDLE, type NextStep, type WaitReason, waiting} from '../model/rollout/next-step.ts'
import type {RolledWorkload, RolloutStatus} from './rollout-report.ts'

/** What is to be said of a workload once its facts are known. */
export type Judgement = Pick<
  RolledWorkload,
  'status' | 'reason' | 'since' | 'steps' | 'next' | 'pace' | 'blockedBy' | 'findings'
>

/** Nothing can be said, and why. */
export function unknownTo(
  reason: string,
  waitReason?: WaitReason,
  message = "the controller's look at the newest generation",
): Judgement {
  const next = waitReason ? waiting({reason: waitReason, message}) : IDLE
  return {status: 'Unknown', reason, since: null, steps: [], next, pace: null, blockedBy: null, findings: []}
}

/** What is to be said of the set itself; who owns it matters only where something is to be done. */
export function workloadFindings(
  rules: readonly Rule<WorkloadSubject>[],
  subject: WorkloadSubject,
  {findings, blockedBy}: Judgement,
): readonly Finding[] {
  const isQuiet = blockedBy === null && findings.every(({remedy}) => remedy === null)
  return diagnose(rules, subject).filter(({id}) => !isQuiet || id !== 'sts-owned-by-operator')
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
