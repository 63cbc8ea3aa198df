/** Reports of rollouts, as the text is made from them. */
import type {Finding} from '../../src/diagnosis/finding.ts'
import {textLines} from '../../src/render/text.ts'
import type {TextOptions} from '../../src/render/view.ts'
import {rolloutView} from '../../src/render/views/rollout.ts'
import type {Blocker, RolledWorkload, RolloutReport, RolloutStep} from '../../src/reports/rollout/report.ts'

export const NOW = '2026-05-01T12:00:00Z'

export function ordinalStep(ordinal: number, state: RolloutStep['state'], others = {}): RolloutStep {
  return {
    ordinal,
    nodeName: `node-${ordinal}`,
    pod: `db-${ordinal}`,
    revision: state === 'waiting' || state === 'held' ? 'db-6c9f' : 'db-7d4b',
    state,
    status: 'Running',
    containers: {ready: 1, total: 1},
    since: '2026-05-01T11:30:00Z',
    ...others,
  }
}

export function nodeStep(name: string, state: RolloutStep['state'], others = {}): RolloutStep {
  const revision = state === 'waiting' ? '6c9f' : '7d4b'
  return {...ordinalStep(0, state), ordinal: null, nodeName: name, pod: `agent-${name}`, revision, ...others}
}

export const finding: Finding = {
  id: 'crash-loop',
  severity: 'error',
  message: 'db-2 container "db" exits with code 1',
  object: {kind: 'Pod', namespace: 'shop', name: 'db-2'},
  since: '2026-05-01T11:48:00Z',
  evidence: ['pod/db-2 lastState.terminated.exitCode=1'],
  selfHealing: 'no',
  remedy: {look: ['kubectl logs -n shop db-2 -c db -p'], act: [], risk: '', avoid: '', rung: 0},
}

export const blockedBy: Blocker = {
  ordinal: 2,
  nodeName: 'node-2',
  pod: 'db-2',
  status: 'CrashLoopBackOff',
  since: '2026-05-01T11:48:00Z',
  message: 'db-2 CrashLoopBackOff: back-off 5m0s',
  findings: [finding],
}

const waitsFor = {
  reason: 'PodReady',
  message: 'db-2 to become ready',
  pod: 'db-2',
  ordinal: 2,
} as const

const crashing = {status: 'CrashLoopBackOff', containers: {ready: 0, total: 1}, since: blockedBy.since}

/** Three of five are updated, the third one crashes. */
export const stalled: RolledWorkload = {
  kind: 'StatefulSet',
  namespace: 'shop',
  name: 'db',
  uid: 'u',
  state: 'Stalled',
  status: 'Stalled',
  reason: blockedBy.message,
  since: blockedBy.since,
  updateStrategy: {
    type: 'RollingUpdate',
    podManagementPolicy: 'OrderedReady',
    partition: 0,
    maxUnavailable: 1,
    maxSurge: null,
    honorsMaxUnavailable: true,
    minReadySeconds: 0,
  },
  currentRevision: 'db-6c9f',
  updateRevision: 'db-7d4b',
  revisions: [
    {name: 'db-7d4b', pods: 3},
    {name: 'db-6c9f', pods: 2},
  ],
  counts: {desired: 5, updated: 3, ready: 4, available: 4},
  budget: null,
  steps: [
    ordinalStep(4, 'updated'),
    ordinalStep(3, 'updated'),
    ordinalStep(2, 'blocking', crashing),
    ordinalStep(1, 'waiting'),
    ordinalStep(0, 'waiting'),
  ],
  next: {actions: [], choose: null, waitsFor},
  pace: {lastStepAt: '2026-05-01T11:48:00Z', secondsPerPod: 35},
  blockedBy,
  findings: [],
}

/** Two of four nodes are done, one starts and uses the budget up. */
export const daemons: RolledWorkload = {
  ...stalled,
  kind: 'DaemonSet',
  name: 'agent',
  state: 'Progressing',
  reason: null,
  since: '2026-05-01T11:59:20Z',
  updateStrategy: {
    ...stalled.updateStrategy,
    podManagementPolicy: null,
    partition: null,
    maxUnavailable: 1,
    maxSurge: 0,
    honorsMaxUnavailable: null,
  },
  currentRevision: null,
  updateRevision: '7d4b',
  revisions: [
    {name: '7d4b', pods: 3},
    {name: '6c9f', pods: 1},
  ],
  counts: {desired: 4, updated: 3, ready: 3, available: 3},
  budget: {mode: 'maxUnavailable', limit: 1, used: 1, usedBy: [{nodeName: 'n1', why: 'new-unavailable'}]},
  steps: [
    nodeStep('n1', 'updating', {status: 'ContainerCreating', containers: {ready: 0, total: 1}}),
    nodeStep('n4', 'waiting'),
    nodeStep('n2', 'updated'),
    nodeStep('n3', 'updated'),
  ],
  next: {
    actions: [],
    choose: null,
    waitsFor: {reason: 'Budget', message: 'room: maxUnavailable 1 is used up by n1', nodeName: 'n1'},
  },
  pace: {lastStepAt: '2026-05-01T11:59:20Z', secondsPerPod: 35},
  blockedBy: null,
}

export function report(...workloads: readonly RolledWorkload[]): RolloutReport {
  return {
    apiVersion: 'kubectl-stateful/v1alpha1',
    kind: 'RolloutReport',
    observedAt: NOW,
    omissions: [],
    workloads,
  }
}

const plain: TextOptions = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: false}

export function text(given: RolloutReport, options: Partial<TextOptions> = {}): readonly string[] {
  return [...textLines(rolloutView(given, {...plain, ...options}), {...plain, ...options})]
}
