/** A StatefulSet `<h>` in `ns <h>` under way from revision `<h>-1` to `<h>-2`, and what may belong to it. */
import {revisionData} from '../../src/model/kept/revision-data.ts'
import type {
  ControllerRevision,
  Event,
  Lease,
  Pod,
  PodDisruptionBudget,
  StatefulSet,
} from '../../src/model/objects.ts'
import {containerStatus, node, pod, statefulSet} from '../builders.ts'
import type {SetFacts} from './subjects-sets.ts'

type Parts = Partial<NonNullable<Parameters<typeof pod>[0]>>
type SetParts = Omit<Partial<NonNullable<Parameters<typeof statefulSet>[0]>>, 'status'> & {
  readonly status?: object
}

export const SINCE = '2026-05-01T11:30:00Z'
export const JUST_NOW = '2026-05-01T11:59:40Z'

export const namespaceOf = (h: string) => `ns-${h}`

/** Generation 1, observed. */
export function set(h: string, {metadata = {}, status = {}, ...others}: SetParts = {}): StatefulSet {
  const made = statefulSet({name: h, namespace: namespaceOf(h), templates: [], ...others})
  return {
    ...made,
    metadata: {...made.metadata, generation: 1, ...metadata},
    status: {
      observedGeneration: 1,
      currentRevision: `${h}-1`,
      updateRevision: `${h}-2`,
      replicas: 1,
      ...status,
    },
  }
}

/** Running and ready on node `<h>`, mounting nothing. */
export function member(
  h: string,
  ordinal: number,
  revision: number,
  {metadata = {}, spec = {}, status = {}}: Parts = {},
): Pod {
  const {volumes: _, ...plain} = pod().spec ?? {containers: []}
  const made = pod({name: `${h}-${ordinal}`, namespace: namespaceOf(h), set: h, status})
  const labels = {...made.metadata?.labels, 'controller-revision-hash': `${h}-${revision}`}
  return {...made, metadata: {...made.metadata, labels, ...metadata}, spec: {...plain, nodeName: h, ...spec}}
}

const notReady = [{type: 'Ready', status: 'False', lastTransitionTime: SINCE}]

/** In a back-off since half an hour. */
export const FAILING = {
  phase: 'Pending',
  conditions: notReady,
  containerStatuses: [containerStatus({restartCount: 1, state: {waiting: {reason: 'ImagePullBackOff'}}})],
}

/** Its container runs, and its probe fails, since half an hour. */
export const UNREADY = {
  phase: 'Running',
  conditions: notReady,
  containerStatuses: [containerStatus({state: {running: {startedAt: SINCE}}})],
}

/** Ready since twenty seconds. */
export const YOUNG = {conditions: [{type: 'Ready', status: 'True', lastTransitionTime: JUST_NOW}]}

/** Asked to stop, with ten seconds left. */
export const TERMINATING = {deletionTimestamp: '2026-05-01T12:00:10Z', deletionGracePeriodSeconds: 30}

export const OVERDUE = {deletionTimestamp: SINCE, deletionGracePeriodSeconds: 30}

/** A rolling update with these limits. */
export function rolling(rollingUpdate: object) {
  return {updateStrategy: {type: 'RollingUpdate', rollingUpdate}} as NonNullable<SetParts['spec']>
}

export function cluster(h: string, made: StatefulSet, pods: readonly Pod[], others: SetFacts = {}): SetFacts {
  return {statefulSets: [made], pods, nodes: [node({name: h})], ...others}
}

export function setEvent(h: string, reason: string, message: string, others: Partial<Event> = {}): Event {
  return {
    metadata: {name: `e-${reason}`, namespace: namespaceOf(h)},
    involvedObject: {kind: 'StatefulSet', namespace: namespaceOf(h), name: h},
    reason,
    message,
    firstTimestamp: SINCE,
    lastTimestamp: '2026-05-01T11:55:00Z',
    count: 9,
    ...others,
  }
}

export function revision(h: string, number: number, createdAt = SINCE, data?: object): ControllerRevision {
  return {
    revision: number,
    metadata: {
      name: `${h}-${number}`,
      namespace: namespaceOf(h),
      creationTimestamp: createdAt,
      ownerReferences: [
        {apiVersion: 'apps/v1', kind: 'StatefulSet', name: h, uid: `uid-${h}`, controller: true},
      ],
    },
    ...(data && {data: revisionData(data)}),
  }
}

export function lease(renewTime: string): Lease {
  return {
    metadata: {name: 'kube-controller-manager', namespace: 'kube-system'},
    spec: {renewTime, leaseDurationSeconds: 15},
  } as Lease
}

interface BudgetParts {
  readonly name?: string
  readonly spec?: object
  readonly status?: object
  readonly generation?: number
}

/** Selects the set's Pods, wants two, has two, and lets none go. */
export function budget(h: string, {name = h, spec = {}, status = {}, generation = 1}: BudgetParts = {}) {
  return {
    metadata: {name, namespace: namespaceOf(h), generation},
    spec: {selector: {matchLabels: {app: h}}, minAvailable: 2, ...spec},
    status: {
      observedGeneration: 1,
      currentHealthy: 2,
      desiredHealthy: 2,
      expectedPods: 3,
      disruptionsAllowed: 0,
      ...status,
    },
  } as PodDisruptionBudget
}
