/** Rollouts of the StatefulSet `web` in `shop`, in short, and what the report says of them. */
import type {Event, Pod, StatefulSet} from '../../../src/model/objects.ts'
import type {Scope} from '../../../src/model/scope.ts'
import {rolloutQuestion} from '../../../src/reports/rollout/question.ts'
import type {RolledWorkload, RolloutReport} from '../../../src/reports/rollout/report.ts'
import {containerStatus, NOW, node, pod, snapshot, statefulSet} from '../../builders.ts'
import type {Facts} from '../../diagnosis/subjects.ts'

type PodStatus = Partial<NonNullable<Pod['status']>>
type SetParts = Omit<NonNullable<Parameters<typeof statefulSet>[0]>, 'status'> & {
  readonly status?: Partial<NonNullable<StatefulSet['status']>>
}

/** RFC 3339. */
export function ago(seconds: number): string {
  return new Date(Date.parse(NOW) - seconds * 1000).toISOString().replace('.000Z', 'Z')
}

/** Of three, without claims; `web-a` was rolled out before `web-b`, and the controller has seen all of it. */
export function rolling({status = {}, metadata = {}, spec = {}, ...parts}: SetParts = {}): StatefulSet {
  const rollingUpdate = {partition: 0}
  const updateStrategy = {type: 'RollingUpdate', rollingUpdate}
  const made = statefulSet({replicas: 3, templates: [], ...parts, spec: {updateStrategy, ...spec}})
  return {
    ...made,
    metadata: {...made.metadata, generation: 2, ...metadata},
    status: {
      // more than there are, so that nothing is made of what it counts
      replicas: 9,
      observedGeneration: 2,
      currentRevision: 'web-a',
      updateRevision: 'web-b',
      ...status,
    },
  }
}

/** `web-<ordinal>` of revision `web-<letter>`; unless told, it has been ready for two hours. */
export function member(ordinal: number, letter: 'a' | 'b', status: PodStatus = ready(), others = {}): Pod {
  const name = `web-${ordinal}`
  const {metadata = {}, spec = {}} = others as Partial<Pod>
  const made = pod({name, spec: {volumes: [], ...spec}, status})
  const labels = {...made.metadata?.labels, 'controller-revision-hash': `web-${letter}`}
  return {...made, metadata: {...made.metadata, labels, ...metadata}}
}

export function ready(seconds = 7200): PodStatus {
  return {conditions: [{type: 'Ready', status: 'True', lastTransitionTime: ago(seconds)}]}
}

/** For so long not ready; `reason` is why its container waits. */
export function unready(seconds: number, reason?: string, restartCount = 0): PodStatus {
  const state = reason ? {waiting: {reason}} : {running: {startedAt: ago(seconds)}}
  return {
    phase: reason ? 'Pending' : 'Running',
    conditions: [{type: 'Ready', status: 'False', lastTransitionTime: ago(seconds)}],
    containerStatuses: [containerStatus({state, restartCount})],
  }
}

export function pending(seconds: number, message = '0/1 nodes are available'): PodStatus {
  const reason = 'Unschedulable'
  return {
    phase: 'Pending',
    conditions: [{type: 'PodScheduled', status: 'False', reason, message, lastTransitionTime: ago(seconds)}],
    containerStatuses: [],
  }
}

/** Its grace period ended so long ago; before zero: it has some left. */
export function terminating(seconds: number, metadata: object = {}) {
  return {metadata: {deletionTimestamp: ago(seconds), deletionGracePeriodSeconds: 30, ...metadata}}
}

/** Said of `web` for so long, and last five seconds ago. */
export function refused(seconds: number, others: Partial<Event> = {}): Event {
  return {
    metadata: {name: 'e', namespace: 'shop'},
    involvedObject: {kind: 'StatefulSet', namespace: 'shop', name: 'web'},
    reason: 'FailedCreate',
    message:
      'create Pod web-0 in StatefulSet web failed error: pods "web-0" is forbidden: exceeded quota: few',
    firstTimestamp: ago(seconds),
    lastTimestamp: ago(5),
    ...others,
  }
}

export interface Rolled extends Facts {
  readonly version?: string
}

export function reported({version = 'v1.37.1', unseen = [], ...facts}: Rolled, scope?: Scope): RolloutReport {
  const seen = snapshot({nodes: [node()], ...facts}, unseen)
  return rolloutQuestion.build({...seen, server: {version}}, scope ?? {names: []})
}

/** What is said of the only workload. */
export function rolled(facts: Rolled): RolledWorkload {
  const [workload, ...others] = reported(facts).workloads
  if (!workload || others.length > 0) throw new Error('not one workload')
  return workload
}

/** The status, who is in the way, and what is found about that. */
export function judged(facts: Rolled): readonly [string, string | null, readonly string[]] {
  const {state, blockedBy, findings} = rolled(facts)
  const all = [...(blockedBy?.findings ?? []), ...findings]
  return [state, blockedBy?.message ?? null, all.map(({id}) => id)]
}

export const PARALLEL = {podManagementPolicy: 'Parallel'}

/** Rolled out as far as `web-0`, which is what is told of it, or not there. */
export function first(status?: PodStatus, others: object = {}, facts: Rolled = {}): Rolled {
  const pods = status ? [member(0, 'b', status, others)] : []
  const done = [member(1, 'b'), member(2, 'b')]
  return {statefulSets: [rolling()], ...facts, pods: [...pods, ...done, ...(facts.pods ?? [])]}
}
