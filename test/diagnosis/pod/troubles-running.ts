import {statefulSet} from '../../builders.ts'
import {
  cluster,
  condition,
  member,
  namespaceOf,
  RECENTLY,
  running,
  type Trouble,
  told,
  unready,
  waiting,
} from './parts.ts'
import {crashed, withInit} from './parts-running.ts'

function stuck(reason: string, message?: string): Trouble {
  return (h) => cluster(h, {pods: [unready(h, waiting(h, reason, message))]})
}

function crash(end: object, ...events: readonly (readonly [string, string])[]): Trouble {
  return (h) =>
    cluster(h, {
      pods: [unready(h, crashed(h, end))],
      events: events.map(([reason, message]) => told(h, reason, message.replaceAll('NAME', h))),
    })
}

function creating(...events: readonly (readonly [string, string])[]): Trouble {
  return (h) =>
    cluster(h, {
      ...stuck('ContainerCreating')(h),
      events: events.map(([reason, text]) => told(h, reason, text)),
    })
}

const ready = (...conditions: Parameters<typeof condition>) => condition(...conditions)

export const troublesRunning: Readonly<Record<string, Trouble>> = {
  'sandbox-create-failed': creating([
    'FailedCreatePodSandBox',
    'Failed to create pod sandbox: plugin type="calico" failed',
  ]),
  'network-not-ready': creating(['NetworkNotReady', 'network is not ready: cni plugin not initialized']),
  'sandbox-changed-loop': creating([
    'SandboxChanged',
    'Pod sandbox changed, it will be killed and re-created.',
  ]),
  'container-config-missing-ref': stuck('CreateContainerConfigError', 'configmap "web" not found'),
  'container-config-nonroot': stuck(
    'CreateContainerConfigError',
    'container has runAsNonRoot and image will run as root',
  ),
  'container-image-volume': stuck(
    'CreateContainerError',
    'failed to generate container spec: ImageVolumeMountFailed: subPath models does not exist',
  ),
  'container-create-error': stuck('CreateContainerError', 'name is reserved'),
  'container-run-error': stuck('RunContainerError', 'exec: "nope": executable file not found in $PATH'),
  'container-hook-error': stuck('PostStartHookError', 'Exec lifecycle hook failed'),
  'crash-loop': crash({}),
  'crash-oom': crash({exitCode: 137, reason: 'OOMKilled'}),
  'crash-completed': crash({exitCode: 0, reason: 'Completed'}),
  'crash-by-liveness': crash(
    {exitCode: 137},
    ['Unhealthy', 'Liveness probe failed: HTTP probe failed with statuscode: 500'],
    ['Killing', 'Container NAME failed liveness probe, will be restarted'],
  ),
  'crash-by-startup-probe': crash(
    {exitCode: 137},
    ['Unhealthy', 'Startup probe failed: connection refused'],
    ['Killing', 'Container NAME failed startup probe, will be restarted'],
  ),
  'init-running': (h) => cluster(h, {pods: [withInit(h, running(`init-${h}`))]}),
  'init-failing': (h) => cluster(h, {pods: [withInit(h, crashed(`init-${h}`, {}))]}),
  'sidecar-not-started': (h) =>
    cluster(h, {pods: [withInit(h, running(`proxy-${h}`, {started: false}), 'Always')]}),
  'sidecar-not-ready': (h) =>
    cluster(h, {
      pods: [
        withInit(h, running(`proxy-${h}`), 'Always', {
          conditions: [ready('Initialized', 'True'), ready('Ready', 'False', {reason: 'ContainersNotReady'})],
          containerStatuses: [running(h, {ready: true})],
        }),
      ],
    }),
  'readiness-failing': (h) =>
    cluster(h, {
      pods: [unready(h, running(h), {status: {phase: 'Running'}})],
      events: [
        told(h, 'Unhealthy', 'Readiness probe failed: dial tcp 10.0.0.1:80: connect: connection refused'),
      ],
    }),
  'startup-probe-failing': (h) =>
    cluster(h, {
      pods: [
        unready(h, running(h, {started: false}), {
          spec: {containers: [{name: h, image: 'i', startupProbe: {periodSeconds: 10, failureThreshold: 3}}]},
        }),
      ],
    }),
  'readiness-gate': (h) =>
    cluster(h, {
      pods: [
        unready(h, running(h, {ready: true}), {
          status: {
            conditions: [
              ready('Initialized', 'True'),
              ready('ContainersReady', 'True'),
              ready('Ready', 'False', {
                reason: 'ReadinessGatesNotReady',
                message: `corresponding condition of pod readiness gate "${h}" does not exist.`,
              }),
            ],
          },
        }),
      ],
    }),
  'ready-flapping': (h) =>
    cluster(h, {
      statefulSets: [statefulSet({name: h, namespace: namespaceOf(h), spec: {minReadySeconds: 120}})],
      pods: [
        member(h, {
          status: {conditions: [ready('Ready', 'True', {lastTransitionTime: '2026-05-01T11:58:30Z'})]},
        }),
      ],
      events: [
        told(h, 'Unhealthy', 'Readiness probe failed: timeout', {firstTimestamp: '2026-05-01T11:40:00Z'}),
      ],
    }),
  'container-creating-quiet': stuck('ContainerCreating'),
  'container-status-unknown': (h) => {
    const terminated = {exitCode: 137, reason: 'ContainerStatusUnknown'}
    const status = running(h, {
      state: {running: {startedAt: RECENTLY}},
      lastState: {terminated},
      restartCount: 1,
    })
    return cluster(h, {pods: [unready(h, status)]})
  },
}
