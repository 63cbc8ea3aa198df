import type {Finding} from '../diagnosis/finding.ts'
import {
  type DaemonStanding,
  daemonStandingOf,
  type NodeBlocker,
} from '../diagnosis/rollout/daemon-standing.ts'
import type {DaemonSetSubject} from '../diagnosis/subjects.ts'
import {nameOf, type Pod} from '../model/objects.ts'
import {readiness} from '../model/pod.ts'
import {statusWord} from '../model/pod-status-word.ts'
import {type DaemonFacts, type DaemonNode, daemonNodes, isUp} from '../model/rollout/daemon-facts.ts'
import {daemonNext} from '../model/rollout/daemon-next.ts'
import type {NextStep} from '../model/rollout/next-step.ts'
import {coverNode} from './coverage-daemon-set.ts'
import {type Judgement, statusOf} from './rollout-judgement.ts'
import type {Blocker, RolloutStatus, RolloutStep, StepState} from './rollout-report.ts'
import {paceOf, sinceOf} from './rollout-times.ts'

/** Where a DaemonSet stands that its controller has looked at. */
export function judgeDaemonSet(
  facts: DaemonFacts,
  subject: DaemonSetSubject,
  findings: readonly Finding[],
): Judgement {
  const next = daemonNext(facts)
  const standing = daemonStandingOf(next, facts, subject.relations)
  const status = daemonStatus(next, standing)
  const nodes = daemonNodes(facts)
  const pace = paceOf(
    nodes.flatMap(({old, updated, leaving}) => [...old, ...updated, ...leaving]),
    nodes.flatMap(({updated}) => updated),
  )
  const blockedBy = standing.blocker ? blockerOf(standing.blocker, subject) : null
  return {
    status,
    reason: reasonOf(status, blockedBy, next),
    since: (status === 'Stalled' ? blockedBy?.since : pace?.lastStepAt) ?? null,
    steps: stepsOf(nodes, facts, standing.blocker),
    next,
    pace,
    blockedBy,
    findings,
  }
}

function daemonStatus(next: NextStep, {isDone, isStalled, isWaiting}: DaemonStanding): RolloutStatus {
  const status = statusOf(next)
  if (isDone && (status !== 'Progressing' || next.waitsFor)) return 'Complete'
  if (isStalled) return 'Stalled'
  if (isWaiting) return 'Waiting'
  return status === 'Complete' ? 'Progressing' : status
}

function reasonOf(status: RolloutStatus, blockedBy: Blocker | null, {waitsFor}: NextStep): string | null {
  if (status === 'Stalled') return blockedBy?.message ?? null
  return status === 'Waiting' ? (waitsFor?.message ?? null) : null
}

function blockerOf({name, pod, holdUp}: NodeBlocker, subject: DaemonSetSubject): Blocker {
  const counted = subject.nodes.find(({node}) => nameOf(node) === name)
  const pods = counted?.pods ?? subject.strays.get(name) ?? []
  const what = pod ? `${nameOf(pod)} on ${name}` : `a Pod on ${name}`
  return {
    ordinal: null,
    nodeName: name,
    pod: pod ? nameOf(pod) : null,
    status: pod ? statusWord(pod) : null,
    since: holdUp.since ?? null,
    message: `${what} ${holdUp.text}`,
    findings: coverNode(subject, name, counted, pods).findings,
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
  {name, old, updated, leaving}: DaemonNode,
  state: StepState,
  blocker: Pod | undefined,
): RolloutStep {
  // beside a new Pod that is not available yet, the old one is what serves
  const pod = blocker ?? old[0] ?? updated[0] ?? leaving[0]
  return {
    ordinal: null,
    nodeName: name,
    pod: pod ? nameOf(pod) : null,
    revision: pod?.metadata?.labels?.['controller-revision-hash'] ?? null,
    state,
    status: pod ? statusWord(pod) : null,
    containers: pod ? readiness(pod) : null,
    since: pod ? sinceOf(pod) : null,
  }
}

function stateOf({shouldRun, old, updated, leaving}: DaemonNode, facts: DaemonFacts): StepState {
  if (shouldRun !== true) return 'excluded'
  if (old.length + updated.length + leaving.length === 0) return 'missing'
  if (old.length > 0 && updated.length === 0) return 'waiting'
  return old.length === 0 && isUp(updated[0], facts) ? 'updated' : 'updating'
}
