/** What troubles of one Pod are made of: a Pod `<h>-0` of the StatefulSet `<h>`, on the node `<h>`. */
import type {Event, Node, Pod} from '../../../src/model/objects.ts'
import {claim, containerStatus, node, pod, statefulSet, volume} from '../../builders.ts'
import type {Facts} from '../subjects.ts'

export type Trouble = (h: string) => Facts
export type Parts = NonNullable<Parameters<typeof pod>[0]>
type Status = NonNullable<Pod['status']>
type Condition = NonNullable<Status['conditions']>[number]
export type ContainerStatus = ReturnType<typeof containerStatus>
export type Container = NonNullable<Pod['spec']>['containers'][number]

/** Half an hour ago, ten minutes ago, half a minute ago, and half a minute ahead of the clock. */
export const LONG_AGO = '2026-05-01T11:30:00Z'
export const RECENTLY = '2026-05-01T11:50:00Z'
export const JUST_NOW = '2026-05-01T11:59:30Z'
export const SOON = '2026-05-01T12:00:30Z'

export const namespaceOf = (h: string) => `ns-${h}`

export function condition(type: string, status: string, others: Partial<Condition> = {}): Condition {
  return {type, status, lastTransitionTime: LONG_AGO, ...others} as Condition
}

/** Works, on its node, on its volume. */
export function member(h: string, {metadata = {}, spec = {}, status = {}}: Parts = {}): Pod {
  const volumes = [{name: h, persistentVolumeClaim: {claimName: `${h}-${h}-0`}}]
  return pod({
    name: `${h}-0`,
    namespace: namespaceOf(h),
    set: h,
    metadata,
    spec: {nodeName: h, containers: [{name: h, image: `${h}:1`}], volumes, ...spec},
    status: {containerStatuses: [running(h, {ready: true})], ...status},
  })
}

export function running(h: string, others: Partial<ContainerStatus> = {}): ContainerStatus {
  return containerStatus({name: h, started: true, state: {running: {startedAt: LONG_AGO}}, ...others})
}

export function waiting(h: string, reason: string, message?: string): ContainerStatus {
  return containerStatus({name: h, state: {waiting: {reason, ...(message && {message})}}})
}

/** On its node since half an hour, and as long not ready; `status` is that of its one container. */
export function unready(h: string, status: ContainerStatus | undefined, others: Parts = {}): Pod {
  return member(h, {
    ...others,
    status: {
      phase: 'Pending',
      conditions: [
        condition('PodScheduled', 'True'),
        condition('Initialized', 'True'),
        condition('Ready', 'False', {reason: 'ContainersNotReady'}),
      ],
      containerStatuses: status ? [status] : [],
      ...others.status,
    },
  })
}

/** Terminating, and overdue since ten minutes. */
export function terminating(h: string, {metadata = {}, ...others}: Parts = {}): Pod {
  return member(h, {
    ...others,
    metadata: {deletionTimestamp: RECENTLY, deletionGracePeriodSeconds: 30, ...metadata},
  })
}

export const ENDED: Partial<ContainerStatus> = {state: {terminated: {exitCode: 0, finishedAt: RECENTLY}}}

export function told(h: string, reason: string, message: string, others: Partial<Event> = {}): Event {
  return {
    metadata: {name: `${h}.${reason}`, namespace: namespaceOf(h)},
    involvedObject: {kind: 'Pod', namespace: namespaceOf(h), name: `${h}-0`, uid: `uid-${h}-0`},
    reason,
    message,
    firstTimestamp: LONG_AGO,
    lastTimestamp: '2026-05-01T11:59:00Z',
    count: 7,
    ...others,
  }
}

/** Its kubelet has been silent for half an hour. */
export function lost(h: string, others: Parameters<typeof node>[0] = {}): Node {
  const message = 'Kubelet stopped posting node status.'
  return node({name: h, status: {conditions: [condition('Ready', 'Unknown', {message})] as never}, ...others})
}

export const DEAD = {key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute'}

export function cluster(h: string, others: Facts): Facts {
  return {
    statefulSets: [statefulSet({name: h, namespace: namespaceOf(h), templates: [h]})],
    nodes: [node({name: h})],
    persistentVolumeClaims: [claim({name: `${h}-${h}-0`, namespace: namespaceOf(h), spec: {volumeName: h}})],
    persistentVolumes: [volume({name: h})],
    ...others,
  }
}
