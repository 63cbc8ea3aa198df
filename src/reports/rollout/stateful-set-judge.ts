import type {Blamed} from '../../diagnosis/blame.ts'
import type {Rollout, SetDiagnosis} from '../../diagnosis/stateful-set/diagnosis.ts'
import {REVISION_DEADLOCK} from '../../diagnosis/stateful-set/rollout/revision-deadlock.ts'
import type {SlotBlocker} from '../../diagnosis/stateful-set/rollout/subject.ts'
import {BEING_DELETED} from '../../diagnosis/workload/being-deleted.ts'
import {REVISION_HASH} from '../../model/known-labels.ts'
import type {Pod} from '../../model/objects.ts'
import {readiness} from '../../model/pod.ts'
import {statusWord} from '../../model/pod-status-word.ts'
import {isServing, type Slot, type StatefulSetFacts} from '../../model/rollout/stateful-set-facts.ts'
import {type Judgement, othersOf, rolloutStateOf} from './judgement.ts'
import type {Blocker, RolloutStep, StepState} from './report.ts'
import {paceOf, sinceOf} from './times.ts'

/** Where a StatefulSet stands that its controller has looked at. */
export function judge(
  {facts, next, blocker, isStalled}: Rollout,
  diagnosis: SetDiagnosis,
  pods: readonly Pod[],
): Judgement {
  const stuck = diagnosis.findings.find(isStuck)
  const state = isStalled || stuck ? 'Stalled' : rolloutStateOf(next)
  const pace = paceOf(
    pods,
    pods.filter((pod) => pod.metadata?.labels?.[REVISION_HASH] === facts.updateRevision),
  )
  const blockedBy = blocker ? blockerOf(blocker, diagnosis.ofBlocker) : null
  const isReasoned = state === 'Held' || state === 'Waiting'
  return {
    state,
    reason:
      state === 'Stalled'
        ? (blockedBy?.message ?? stuck?.message ?? null)
        : isReasoned
          ? (next.waitsFor?.message ?? null)
          : null,
    since: (state === 'Stalled' ? (blockedBy?.since ?? stuck?.since) : pace?.lastStepAt) ?? null,
    steps: stepsOf(facts, blocker?.slot),
    next,
    pace,
    blockedBy,
    findings: othersOf(diagnosis, blockedBy),
  }
}

/** Nothing goes on by itself, whatever the next step would be: an old Pod is trapped, or the set does not go. */
function isStuck({id, severity}: Blamed): boolean {
  return id === REVISION_DEADLOCK || (id === BEING_DELETED && severity === 'error')
}

function blockerOf({slot, trouble}: SlotBlocker, findings: readonly Blamed[]): Blocker {
  const {ordinal, name, pod} = slot
  return {
    ordinal,
    nodeName: pod?.spec?.nodeName ?? null,
    pod: name,
    status: pod ? statusWord(pod) : null,
    since: trouble.since ?? null,
    message: trouble.message,
    findings,
  }
}

/** An update goes from the top; where all are of one revision they are created from below. */
function stepsOf(facts: StatefulSetFacts, blocker: Slot | undefined): readonly RolloutStep[] {
  const {slots, condemned, updateRevision, set} = facts
  const isUpdating =
    set.status?.currentRevision !== updateRevision || slots.some(({revision}) => revision !== updateRevision)
  const all = isUpdating ? [...condemned, ...slots.toReversed()] : [...slots, ...condemned]
  return all.map((slot) => stepOf(slot, slot === blocker ? 'blocking' : stateOf(slot, facts)))
}

function stepOf({ordinal, pod, name, revision}: Slot, state: StepState): RolloutStep {
  return {
    ordinal,
    nodeName: pod?.spec?.nodeName ?? null,
    pod: name,
    revision: pod ? revision || null : null,
    state,
    status: pod ? statusWord(pod) : null,
    containers: pod ? readiness(pod) : null,
    since: pod ? sinceOf(pod) : null,
  }
}

function stateOf(slot: Slot, facts: StatefulSetFacts): StepState {
  if (facts.condemned.includes(slot)) return 'condemned'
  if (!slot.pod) return 'missing'
  if (slot.revision === facts.updateRevision) return isServing(slot, facts) ? 'updated' : 'updating'
  if (slot.pod.metadata?.deletionTimestamp) return 'updating'
  return slot.isHeld ? 'held' : 'waiting'
}
