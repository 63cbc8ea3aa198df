import {behaviourOf} from '../control-plane/situations/behaviours.ts'
import type {CapturedCauses} from './captured-cause.ts'
import {isLooping, members, only, second, waitsFor} from './kubelet-members.ts'

const probe = {httpGet: {path: '/healthz', port: 8080}, periodSeconds: 10, failureThreshold: 3}
const socket = {tcpSocket: {port: 5432}, periodSeconds: 10, failureThreshold: 6}
const memory = {resources: {requests: {memory: '1Gi'}, limits: {memory: '2Gi'}}}

/** Containers that end and are started again: who killed them is what tells them apart. */
export const crashes: CapturedCauses = {
  'crash-loop': {
    ask: 'sts/db',
    proves: ['crash-loop'],
    not: ['crash-oom', 'crash-completed', 'crash-by-liveness', 'image-pull-backoff'],
    later: 10,
    arrange: second('crash', isLooping),
  },
  'crash-on-delete-parallel': {
    ask: 'sts/db',
    proves: ['crash-loop'],
    not: ['sts-parallel-waits-for-updated', 'sts-ordered-revision-deadlock', 'sts-ondelete-waiting'],
    later: 10,
    arrange: second('crash', isLooping, {
      spec: {podManagementPolicy: 'Parallel', updateStrategy: {type: 'OnDelete'}},
    }),
  },
  'crash-oom': {
    ask: 'sts/db',
    proves: ['crash-oom'],
    not: ['crash-loop', 'crash-by-liveness', 'evicted-node-pressure'],
    later: 10,
    arrange: second('out-of-memory', isLooping, {podSpec: only(memory)}),
  },
  'crash-completed': {
    ask: 'sts/db',
    proves: ['crash-completed'],
    not: ['crash-loop', 'sts-pod-completed'],
    later: 10,
    arrange: second('completes', isLooping),
  },
  'crash-by-liveness': {
    ask: 'sts/db',
    proves: ['crash-by-liveness'],
    not: ['crash-loop', 'crash-oom', 'crash-by-startup-probe', 'readiness-failing'],
    later: 10,
    arrange: members(
      {annotations: behaviourOf({1: 'liveness-probe'}), podSpec: only({livenessProbe: probe})},
      isLooping,
      3,
    ),
  },
  'crash-by-startup-probe': {
    ask: 'sts/db',
    proves: ['crash-by-startup-probe'],
    not: ['crash-loop', 'crash-oom', 'crash-by-liveness', 'readiness-failing'],
    later: 10,
    arrange: members(
      {
        annotations: behaviourOf({1: 'startup-probe'}),
        podSpec: only({startupProbe: socket, livenessProbe: probe}),
      },
      isLooping,
      3,
    ),
  },
  'container-run-error': {
    ask: 'sts/db',
    proves: ['container-run-error'],
    not: ['crash-loop', 'container-create-error'],
    later: 10,
    arrange: second('run-error', waitsFor('RunContainerError'), {
      podSpec: only({command: ['/opt/db/bin/serve']}),
    }),
  },
}
