import type {V1Pod} from '@kubernetes/client-node'
import {behaviour, behaviourOf, says} from '../control-plane/situations/behaviours.ts'
import {initContainer} from '../control-plane/situations/pod-template.ts'
import type {CapturedCauses} from './captured-cause.ts'
import {members, only, second, waitsFor} from './kubelet-members.ts'

const isCreating = waitsFor('ContainerCreating')

const isInit =
  (state: 'waiting' | 'running') =>
  ({status}: V1Pod) =>
    status?.initContainerStatuses?.some((each) => {
      const {reason} = each.state?.waiting ?? {}
      return state === 'running' ? each.state?.running !== undefined : reason === 'CrashLoopBackOff'
    }) ?? false

const isUnready = ({status}: V1Pod) =>
  status?.phase === 'Running' &&
  (status.conditions ?? []).some(({type, status: is}) => type === 'Ready' && is === 'False')

const proxy = {
  ...initContainer('proxy', 'registry.example/proxy:1'),
  restartPolicy: 'Always',
  startupProbe: {tcpSocket: {port: 15001}, periodSeconds: 5, failureThreshold: 12},
}

const ready = {httpGet: {path: '/ready', port: 8080}, periodSeconds: 10, failureThreshold: 3}

/** What a Pod waits for on its node before, and instead of, being ready. */
export const starts: CapturedCauses = {
  'init-failing': {
    ask: 'sts/db',
    proves: ['init-failing'],
    not: ['crash-loop', 'init-running', 'readiness-failing'],
    later: 10,
    arrange: second('init-crash', isInit('waiting'), {initContainers: [initContainer('restore')]}),
  },
  'init-running': {
    ask: 'sts/db',
    proves: ['init-running'],
    not: ['init-failing', 'container-creating-quiet', 'sidecar-not-started'],
    later: 15,
    arrange: members(
      {annotations: behaviourOf({1: 'init-runs'}), initContainers: [initContainer('restore')]},
      isInit('running'),
      0,
    ),
  },
  'sidecar-not-started': {
    ask: 'sts/db',
    proves: ['sidecar-not-started'],
    not: ['init-running', 'init-failing', 'sidecar-not-ready'],
    later: 10,
    arrange: members(
      {annotations: behaviourOf({1: 'sidecar-starts'}), initContainers: [proxy]},
      isInit('running'),
      0,
    ),
  },
  'sandbox-create-failed': {
    ask: 'sts/db',
    proves: ['sandbox-create-failed'],
    not: ['network-not-ready', 'container-creating-quiet', 'image-slow-pull', 'mount-failed-driver'],
    later: 5,
    arrange: members({annotations: {...behaviour('creating'), ...says('sandbox-failed')}}, isCreating),
  },
  'container-creating-quiet': {
    ask: 'sts/db',
    proves: ['container-creating-quiet'],
    not: ['sandbox-create-failed', 'image-slow-pull', 'mount-timeout', 'node-notready-not-evicted'],
    later: 12,
    arrange: members({annotations: behaviourOf({1: 'creating'})}, isCreating, 0),
  },
  'readiness-failing': {
    ask: 'sts/db',
    proves: ['readiness-failing'],
    not: ['readiness-gate', 'crash-by-liveness', 'ready-flapping', 'sidecar-not-ready'],
    later: 10,
    arrange: second('not-ready', isUnready, {podSpec: only({readinessProbe: ready})}),
  },
  'readiness-gate': {
    ask: 'sts/db',
    proves: ['readiness-gate'],
    not: ['readiness-failing', 'sidecar-not-ready', 'sts-min-ready-seconds'],
    later: 10,
    arrange: members(
      {
        annotations: behaviour('gate-waits'),
        podSpec: {readinessGates: [{conditionType: 'target-health.elbv2.k8s.aws/db'}]},
      },
      isUnready,
      0,
    ),
  },
  'ready-flapping': {
    ask: 'sts/db',
    proves: ['ready-flapping'],
    not: ['readiness-failing', 'crash-by-liveness'],
    arrange: members(
      {
        annotations: behaviour('flaps'),
        spec: {minReadySeconds: 300},
        podSpec: only({readinessProbe: ready}),
      },
      ({status}) => status?.phase === 'Running',
    ),
  },
}
