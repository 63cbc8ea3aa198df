import type {Blamed} from '../../diagnosis/blame.ts'
import {rankOf} from '../../diagnosis/causes.ts'
import type {Finding} from '../../diagnosis/finding.ts'
import type {SetDiagnosis} from '../../diagnosis/stateful-set/diagnosis.ts'
import type {KubernetesObject} from '../../model/objects.ts'
import {IDLE, type NextStep, type WaitReason, waiting} from '../../model/rollout/next-step.ts'
import type {RolledWorkload, RolloutState} from './report.ts'

/** What is to be said of a workload once its facts are known. */
export type Judgement = Pick<
  RolledWorkload,
  'state' | 'reason' | 'since' | 'steps' | 'next' | 'pace' | 'blockedBy' | 'findings'
>

/** Nothing can be said, and why. */
export function unknownTo(
  reason: string,
  waitReason?: WaitReason,
  message = 'the controller to look at the newest generation',
): Judgement {
  const next = waitReason ? waiting({reason: waitReason, message}) : IDLE
  return {state: 'Unknown', reason, since: null, steps: [], next, pace: null, blockedBy: null, findings: []}
}

/**
 * The controller has not looked at the newest generation, which takes it a moment; where it takes longer a finding says so,
 * and of a set that is being deleted it never does.
 */
export function unobserved({metadata}: KubernetesObject, findings: readonly Blamed[]): Judgement {
  if (metadata?.deletionTimestamp) {
    return {...unknownTo('the set is being deleted', 'SetDeletion', 'the set to be gone'), findings}
  }
  const judged = unknownTo('the controller has not looked at the newest generation yet', 'Observation')
  const isLate = findings.some(({severity, object}) => severity !== 'info' && object.kind.endsWith('Set'))
  return {...judged, findings, ...(!isLate && {state: 'Progressing' as const})}
}

/** What is to be said beside who is in the way: the set and its rollout, and whatever else blocks something. */
export function othersOf(
  {findings, ofSet, ofBlocker}: Pick<SetDiagnosis, 'findings' | 'ofSet' | 'ofBlocker'>,
  blockedBy: RolledWorkload['blockedBy'],
): readonly Blamed[] {
  const told = new Set(blockedBy ? ofBlocker : [])
  return findings.filter((finding) => !told.has(finding) && (isTold(finding) || ofSet.has(finding.id)))
}

/** What blocks something; and a claim that can't become what it should be, which takes a person all the same. */
function isTold({id, severity, object}: Finding): boolean {
  return rankOf(id) !== 'aside' || (severity === 'error' && object.kind === 'PersistentVolumeClaim')
}

/** What a next step means for the rollout, unless it is stalled. */
export function rolloutStateOf({actions, choose, waitsFor}: NextStep): RolloutState {
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
