import {expect, test} from 'vitest'
import {containerStatus, node} from '../../builders.ts'
import type {Facts} from '../subjects.ts'
import {diagnosed} from './diagnosed.ts'
import {cluster, condition, JUST_NOW, member, running, told, unready, waiting} from './parts.ts'
import {crashed, withInit} from './parts-running.ts'
import {troublesRunning} from './troubles-running.ts'

const FAILED_SANDBOX = told('web', 'FailedCreatePodSandBox', 'Failed to create pod sandbox: no')
const CREATING = waiting('web', 'ContainerCreating')
const notReady = condition('Ready', 'False', {reason: 'ContainersNotReady'})
const probed = {
  containers: [{name: 'web', image: 'i', readinessProbe: {periodSeconds: 10, failureThreshold: 60}}],
}

function creating(others: Facts, ...conditions: Parameters<typeof condition>[]): Facts {
  const status = {
    conditions: [
      ...conditions.map((each) => condition(...each)),
      condition('PodScheduled', 'True'),
      notReady,
    ],
  }
  return {pods: [unready('web', CREATING, {status})], ...others}
}

const cases: readonly (readonly [string, Facts, string | undefined])[] = [
  [
    'there is a sandbox, and what it failed by is over',
    creating({events: [FAILED_SANDBOX]}, ['PodReadyToStartContainers', 'True']),
    undefined,
  ],
  [
    'a pull began after the sandbox had failed',
    creating({
      events: [FAILED_SANDBOX, told('web', 'Pulling', 'Pulling image "web:1"', {lastTimestamp: JUST_NOW})],
    }),
    'image-slow-pull',
  ],
  [
    'no sandbox, and no event says why: volumes may be waited for',
    creating({}, ['PodReadyToStartContainers', 'False']),
    'container-creating-quiet',
  ],
  [
    'a Pod on the host network needs no other',
    {
      ...troublesRunning['network-not-ready']?.('web'),
      pods: [unready('web', CREATING, {spec: {hostNetwork: true}})],
    },
    undefined,
  ],
  [
    'the node says that it has no network',
    creating({
      nodes: [
        node({
          name: 'web',
          status: {
            conditions: [condition('Ready', 'True'), condition('NetworkUnavailable', 'True')] as never,
          },
        }),
      ],
    }),
    'network-not-ready',
  ],
  [
    'a sandbox that changed once',
    creating({events: [told('web', 'SandboxChanged', 'Pod sandbox changed', {count: 1})]}),
    undefined,
  ],
  [
    'a volume that does not mount is no silence',
    creating({events: [told('web', 'FailedMount', 'no')]}),
    'mount-failed-driver',
  ],
  [
    'a Pod that is starting is no silence',
    {
      pods: [
        unready('web', CREATING, {
          status: {conditions: [condition('PodScheduled', 'True', {lastTransitionTime: JUST_NOW}), notReady]},
        }),
      ],
    },
    undefined,
  ],
  ['a kubelet that has not said anything', {pods: [unready('web', undefined)]}, 'container-creating-quiet'],
  [
    'a missing key',
    {
      pods: [
        unready('web', waiting('web', 'CreateContainerConfigError', "couldn't find key k in Secret ns/s")),
      ],
    },
    'container-config-missing-ref',
  ],
  [
    'a subPath that is not of an image',
    {
      pods: [
        unready(
          'web',
          waiting(
            'web',
            'CreateContainerError',
            'failed to generate container spec: subPath models: no such file',
          ),
        ),
      ],
    },
    'container-create-error',
  ],
  [
    'a configuration error of another kind',
    {pods: [unready('web', waiting('web', 'CreateContainerConfigError', 'failed to prepare subPath'))]},
    'container-create-error',
  ],
  [
    'a program that is not there, once it is in its back-off',
    {pods: [unready('web', crashed('web', {exitCode: 128, reason: 'StartError', message: 'exec: no'}))]},
    'container-run-error',
  ],
  [
    'a hook that fails, once the container is in its back-off',
    {
      pods: [unready('web', crashed('web', {exitCode: 137}))],
      events: [told('web', 'FailedPostStartHook', 'PostStartHook failed')],
    },
    'container-hook-error',
  ],
  [
    'an init container that lacks its ConfigMap',
    {pods: [withInit('web', waiting('wait', 'CreateContainerConfigError', 'configmap "a" not found'))]},
    'container-config-missing-ref',
  ],
  [
    'an init container that is killed for memory',
    {pods: [withInit('web', crashed('wait', {exitCode: 137, reason: 'OOMKilled'}))]},
    'init-failing',
  ],
  [
    'an init container that failed once',
    {pods: [withInit('web', containerStatus({name: 'wait', state: {terminated: {exitCode: 1}}}))]},
    'init-failing',
  ],
  [
    'an init container that is a sidecar',
    {pods: [withInit('web', running('wait', {started: false}), 'Always')]},
    'sidecar-not-started',
  ],
  [
    'a sidecar that crashes before it has started',
    {pods: [withInit('web', crashed('wait', {}), 'Always')]},
    'sidecar-not-started',
  ],
  [
    'a sidecar that crashes beside a main container that is not ready',
    {
      pods: [
        withInit('web', crashed('proxy', {}), 'Always', {
          conditions: [condition('Initialized', 'True'), notReady],
          containerStatuses: [running('web')],
        }),
      ],
    },
    'crash-loop',
  ],
  [
    'a sidecar that is ready, and a main container that is not',
    {
      pods: [
        withInit('web', running('proxy', {ready: true}), 'Always', {
          conditions: [condition('Initialized', 'True'), notReady],
          containerStatuses: [running('web')],
        }),
      ],
    },
    'readiness-failing',
  ],
  [
    'a container that is still in its startup is not asked whether it is ready',
    {pods: [unready('web', running('web', {started: false}))]},
    undefined,
  ],
  [
    'a startup probe that allows more time than has passed',
    {
      pods: [
        unready('web', running('web', {started: false}), {
          spec: {
            containers: [
              {name: 'web', image: 'i', startupProbe: {periodSeconds: 10, failureThreshold: 100_000}},
            ],
          },
        }),
      ],
    },
    undefined,
  ],
  [
    'restarts that are long past',
    {
      pods: [
        unready(
          'web',
          running('web', {
            restartCount: 9,
            lastState: {terminated: {exitCode: 1, finishedAt: '2026-05-01T10:00:00Z'}},
          }),
        ),
      ],
    },
    'readiness-failing',
  ],
  [
    'a container lost sight of long ago',
    {
      pods: [
        unready(
          'web',
          running('web', {
            restartCount: 1,
            lastState: {terminated: {exitCode: 137, reason: 'ContainerStatusUnknown'}},
          }),
        ),
      ],
    },
    'readiness-failing',
  ],
  [
    'a gate while a container is not ready',
    {pods: [unready('web', running('web'), {spec: {readinessGates: [{conditionType: 'a'}]}})]},
    'readiness-failing',
  ],
]

test.for(cases)('%s', ([, facts, id]) => {
  expect(diagnosed(cluster('web', facts))?.id).toBe(id)
})

test('a readiness probe may take as long as it says', () => {
  const pod = unready('web', running('web', {state: {running: {startedAt: '2026-05-01T11:55:00Z'}}}), {
    spec: probed,
  })
  const bare = unready('web', running('web', {state: {running: {startedAt: '2026-05-01T11:55:00Z'}}}))
  const of = (each: typeof pod) => diagnosed(cluster('web', {pods: [each]}))?.severity
  expect([of(pod), of(bare)]).toEqual(['info', 'error'])
})

const starting: readonly (readonly [string, Facts])[] = [
  [
    'an init container runs since a minute',
    {pods: [withInit('web', running('wait', {state: {running: {startedAt: JUST_NOW}}}))]},
  ],
  [
    'a sidecar is in its startup',
    {
      pods: [
        withInit('web', running('wait', {started: false, state: {running: {startedAt: JUST_NOW}}}), 'Always'),
      ],
    },
  ],
  [
    'its main container has just started',
    {pods: [unready('web', running('web', {state: {running: {startedAt: JUST_NOW}}}))]},
  ],
  [
    'its sandbox failed once',
    {
      pods: [
        unready('web', CREATING, {
          status: {conditions: [condition('PodScheduled', 'True', {lastTransitionTime: JUST_NOW}), notReady]},
        }),
      ],
      events: [FAILED_SANDBOX],
    },
  ],
]

test.for(starting)('a Pod that is starting is worth no more than a word: %s', ([, facts]) => {
  expect(diagnosed(cluster('web', facts))?.severity).toBe('info')
})

const flapping = troublesRunning['ready-flapping']?.('web') ?? {}
const READY_AT = '2026-05-01T11:58:30Z'
const readySince = (lastTransitionTime: string) =>
  member('web', {status: {conditions: [condition('Ready', 'True', {lastTransitionTime})]}})
const failing = (firstTimestamp: string, lastTimestamp: string, count = 7) =>
  told('web', 'Unhealthy', 'Readiness probe failed: no', {firstTimestamp, lastTimestamp, count})

const steady: readonly (readonly [string, Facts])[] = [
  [
    'it has failed only before it became ready: a slow start',
    {...flapping, events: [failing('2026-05-01T11:40:00Z', '2026-05-01T11:58:20Z')]},
  ],
  [
    'it has failed only since',
    {...flapping, events: [failing('2026-05-01T11:58:40Z', '2026-05-01T11:59:00Z')]},
  ],
  [
    'it has failed twice',
    {...flapping, events: [failing('2026-05-01T11:40:00Z', '2026-05-01T11:59:00Z', 2)]},
  ],
  ['it has been ready for long', {...flapping, pods: [readySince('2026-05-01T11:45:00Z')]}],
  [
    'its container has restarted',
    {
      ...flapping,
      pods: [
        member('web', {
          status: {
            conditions: [condition('Ready', 'True', {lastTransitionTime: READY_AT})],
            containerStatuses: [
              running('web', {ready: true, state: {running: {startedAt: '2026-05-01T11:58:00Z'}}}),
            ],
          },
        }),
      ],
    },
  ],
]

test.for(steady)('a Pod is not called unsteady by one sign alone: %s', ([, facts]) => {
  expect(diagnosed(cluster('web', facts))).toBeUndefined()
})
