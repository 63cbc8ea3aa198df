import type {
  CoreV1Event,
  V1EndpointSlice,
  V1Lease,
  V1Node,
  V1ObjectMeta,
  V1Service,
} from '@kubernetes/client-node'
import {metadata} from './metadata.ts'
import {type Plain, projection} from './projection.ts'

export const node = projection<V1Node>()({
  metadata,
  spec: {unschedulable: true, taints: true},
  status: {
    // without the heartbeat, which would be a change of every node every few minutes
    conditions: {type: true, status: true, reason: true, message: true, lastTransitionTime: true},
    allocatable: true,
    volumesInUse: true,
    nodeInfo: {kubeletVersion: true},
  },
})

export const service = projection<V1Service>()({
  metadata,
  spec: {selector: true, clusterIP: true, type: true, publishNotReadyAddresses: true},
})

/** Which Service publishes which address under which name; its Service is a label. */
export const endpointSlice = projection<V1EndpointSlice>()({
  metadata,
  endpoints: {
    addresses: true,
    conditions: true,
    hostname: true,
    targetRef: {kind: true, name: true, uid: true},
  },
})

/** Of an object of a type that nobody here knows. */
export const anyObject = projection<{metadata?: V1ObjectMeta}>()({metadata})

export const lease = projection<V1Lease>()({
  metadata,
  spec: {holderIdentity: true, renewTime: true, leaseDurationSeconds: true},
})

const wholeEvent = projection<CoreV1Event>()({
  metadata,
  involvedObject: {
    fields: {kind: true, namespace: true, name: true, uid: true, fieldPath: true},
    empty: {},
  },
  reason: true,
  message: true,
  type: true,
  count: true,
  firstTimestamp: true,
  lastTimestamp: true,
  // events of the newer kind have these instead
  eventTime: true,
  series: true,
})

/** Put before a message that differs from others of the same reason (EventAggregatorByReasonMessageFunc, client-go). */
const COMBINED = '(combined from similar events): '

/** With what was said; that others said nearly the same is counted, and says nothing of the cause. */
export function event(object: Plain<CoreV1Event>): ReturnType<typeof wholeEvent> {
  const kept = wholeEvent(object)
  return kept.message?.startsWith(COMBINED) ? {...kept, message: kept.message.slice(COMBINED.length)} : kept
}
