import type {Blamed} from '../../diagnosis/blame.ts'
import type {DaemonDiagnosis, DaemonRollout} from '../../diagnosis/daemon-set/diagnosis.ts'
import type {DaemonSetProgress, NodeBlocker} from '../../diagnosis/daemon-set/progress.ts'
import {REVISION_HASH} from '../../model/known-labels.ts'
import {nameOf, type Pod} from '../../model/objects.ts'
import {readiness} from '../../model/pod.ts'
import {statusWord} from '../../model/pod-status-word.ts'
import {type DaemonFacts, type DaemonNode, daemonNodes, isUp} from '../../model/rollout/daemon-facts.ts'
import type {NextStep} from '../../model/rollout/next-step.ts'
import {type Judgement, othersOf, rolloutStateOf} from './judgement.ts'
import type {Blocker, RolloutState, RolloutStep, StepState} from './report.ts'
import {paceOf, sinceOf} from './times.ts'

/** Where a DaemonSet stands that its controller has looked at. */
export function judgeDaemonSet(rollout: DaemonRollout, diagnosis: DaemonDiagnosis): Judgement {
  const {facts, next, blocker} = rollout
  const state = daemonState(next, rollout)
  const nodes = daemonNodes(facts)
  const pace = paceOf(
    nodes.flatMap(({old, updated, terminating}) => [...old, ...updated, ...terminating]),
    nodes.flatMap(({updated}) => updated),
  )
  const blockedBy = blocker ? blockerOf(blocker, diagnosis.ofBlocker) : null
  return {
    state,
    reason: reasonOf(state, blockedBy, next),
    since: (state === 'Stalled' ? blockedBy?.since : pace?.lastStepAt) ?? null,
    steps: stepsOf(nodes, facts, blocker),
    next,
    pace,
    blockedBy,
    findings: othersOf(diagnosis, blockedBy),
  }
}

function daemonState(next: NextStep, {isDone, isStalled, isWaiting}: DaemonSetProgress): RolloutState {
  const state = rolloutStateOf(next)
  if (isDone && (state !== 'Progressing' || next.waitsFor)) return 'Complete'
  if (isStalled) return 'Stalled'
  if (isWaiting) return 'Waiting'
  return state === 'Complete' ? 'Progressing' : state
}

function reasonOf(state: RolloutState, blockedBy: Blocker | null, {waitsFor}: NextStep): string | null {
  if (state === 'Stalled') return blockedBy?.message ?? null
  return state === 'Waiting' ? (waitsFor?.message ?? null) : null
}

function blockerOf({name, pod, trouble}: NodeBlocker, findings: readonly Blamed[]): Blocker {
  // what its node makes of it may say more than what the Pod says of itself
  const isToldBetter = trouble.finding && !findings.some(({id}) => id === trouble.finding?.id)
  return {
    ordinal: null,
    nodeName: name,
    pod: pod ? nameOf(pod) : null,
    status: pod ? statusWord(pod) : null,
    since: trouble.since ?? null,
    message: (isToldBetter ? findings[0]?.message : undefined) ?? trouble.message,
    findings,
  }
}

const ORDER: readonly StepState[] = ['blocking', 'missing', 'updating', 'excluded', 'waiting', 'updated']

/** Which comes next is a matter of chance: those to look at first. */
function stepsOf(
  nodes: readonly DaemonNode[],
  facts: DaemonFacts,
  blocker: NodeBlocker | undefined,
): readonly RolloutStep[] {
  return nodes
    .map((node) =>
      node.name === blocker?.name
        ? stepOf(node, 'blocking', blocker.pod)
        : stepOf(node, stateOf(node, facts), undefined),
    )
    .toSorted(
      (left, right) =>
        ORDER.indexOf(left.state) - ORDER.indexOf(right.state) ||
        ((left.nodeName ?? '') < (right.nodeName ?? '') ? -1 : 1),
    )
}

function stepOf(
  {name, old, updated, terminating}: DaemonNode,
  state: StepState,
  blocker: Pod | undefined,
): RolloutStep {
  // beside a new Pod that is not available yet, the old one is what serves
  const pod = blocker ?? old[0] ?? updated[0] ?? terminating[0]
  return {
    ordinal: null,
    nodeName: name,
    pod: pod ? nameOf(pod) : null,
    revision: pod?.metadata?.labels?.[REVISION_HASH] ?? null,
    state,
    status: pod ? statusWord(pod) : null,
    containers: pod ? readiness(pod) : null,
    since: pod ? sinceOf(pod) : null,
  }
}

function stateOf({shouldRun, old, updated, terminating}: DaemonNode, facts: DaemonFacts): StepState {
  if (shouldRun !== true) return 'excluded'
  if (old.length + updated.length + terminating.length === 0) return 'missing'
  if (old.length > 0 && updated.length === 0) return 'waiting'
  return old.length === 0 && isUp(updated[0], facts) ? 'updated' : 'updating'
}
