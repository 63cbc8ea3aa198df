import type {V1ContainerStatus, V1Pod} from '@kubernetes/client-node'
import {metadata} from './metadata.ts'
import {podSpec} from './pod-spec.ts'
import {type Fields, projection} from './projection.ts'

const containerStatus = {
  name: true,
  ready: true,
  started: true,
  restartCount: true,
  state: true,
  lastState: true,
} as const satisfies Fields<V1ContainerStatus>

export const pod = projection<V1Pod>()({
  metadata,
  spec: {fields: podSpec, empty: {}},
  status: {
    phase: true,
    reason: true,
    message: true,
    conditions: true,
    podIP: true,
    nominatedNodeName: true,
    initContainerStatuses: containerStatus,
    containerStatuses: containerStatus,
  },
})
