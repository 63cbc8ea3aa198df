import {bySeverity, diagnose, type Finding} from '../diagnosis/finding.ts'
import {type Standing, standingOf} from '../diagnosis/rollout/blocker.ts'
import {blockerRule, rolloutRules} from '../diagnosis/rollout/index.ts'
import type {Pod} from '../model/objects.ts'
import {readiness} from '../model/pod.ts'
import {statusWord} from '../model/pod-status-word.ts'
import type {Relations} from '../model/relations.ts'
import {isServing, type Slot, type StatefulSetFacts} from '../model/rollout/stateful-set-facts.ts'
import {statefulSetNext} from '../model/rollout/stateful-set-next.ts'
import {causesOf} from './rollout-causes.ts'
import {type Judgement, statusOf} from './rollout-judgement.ts'
import type {Blocker, RolloutStep, StepState} from './rollout-report.ts'
import {paceOf, sinceOf} from './rollout-times.ts'

/** Where a StatefulSet stands that its controller has looked at. */
export function judge(facts: StatefulSetFacts, pods: readonly Pod[], relations: Relations): Judgement {
  const next = statefulSetNext(facts)
  const {blocker, isStalled} = standingOf(next, facts, relations)
  const subject = {facts, next, blocker, relations}
  const own = diagnose([blockerRule], subject)
  const isTrapped = own.some(({id}) => id === 'sts-ordered-revision-deadlock')
  const deeper = blocker ? deeperCauses(blocker.slot, facts, relations) : []
  const findings = bySeverity(distinct(isTrapped ? [...own, ...deeper] : [...deeper, ...own]))
  const status = isStalled || isTrapped ? 'Stalled' : statusOf(next)
  const pace = paceOf(
    pods,
    pods.filter((pod) => pod.metadata?.labels?.['controller-revision-hash'] === facts.updateRevision),
  )
  const blockedBy = blocker ? blockerOf(blocker, findings) : null
  const isReasoned = status === 'Held' || status === 'Waiting'
  return {
    status,
    reason:
      status === 'Stalled'
        ? (blockedBy?.message ?? null)
        : isReasoned
          ? (next.waitsFor?.message ?? null)
          : null,
    since: (status === 'Stalled' ? blockedBy?.since : pace?.lastStepAt) ?? null,
    steps: stepsOf(facts, blocker?.slot),
    next,
    pace,
    blockedBy,
    findings: [...(blocker ? [] : own), ...diagnose(rolloutRules, subject)],
  }
}

function deeperCauses(
  {pod, ordinal}: Slot,
  {set}: StatefulSetFacts,
  relations: Relations,
): readonly Finding[] {
  return pod ? causesOf(pod, ordinal, set, relations) : []
}

/** The same cause of the same blocker is told once, as its nearest object tells it. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...Map.groupBy(findings, ({id}) => id).values()].flatMap(([first]) => first ?? [])
}

function blockerOf({slot, holdUp}: NonNullable<Standing['blocker']>, findings: readonly Finding[]): Blocker {
  const {ordinal, name, pod} = slot
  return {
    ordinal,
    nodeName: pod?.spec?.nodeName ?? null,
    pod: name,
    status: pod ? statusWord(pod) : null,
    since: holdUp.since ?? null,
    message: `${name} ${holdUp.text}`,
    findings,
  }
}

/** An update goes from the top; where all are of one revision they are made from below. */
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
