import {expect, test} from 'vitest'
import type {Facts} from '../subjects.ts'
import {diagnosed} from './diagnosed.ts'
import {type Container, cluster, running, told, unready} from './parts.ts'
import {crashed, withInit} from './parts-running.ts'

const LIVENESS = 'Liveness probe failed: HTTP probe failed with statuscode: 500'
const KILLED = {exitCode: 137, reason: 'Error'}

function crash(end: object, events: Facts['events'] = [], container: Partial<Container> = {}) {
  const spec = {containers: [{name: 'web', image: 'web:1', ...container}]}
  return diagnosed(cluster('web', {pods: [unready('web', crashed('web', end), {spec})], events}))
}

const killing = (message: string, others: object = {}) => told('web', 'Killing', message, others)
const unhealthy = (message: string, count = 7) => told('web', 'Unhealthy', message, {count})

const wordings: readonly (readonly [string, string])[] = [
  ['Container web failed liveness probe, will be restarted', 'crash-by-liveness'],
  ['Container web failed startup probe, will be restarted', 'crash-by-startup-probe'],
  ['Init container web failed startup probe', 'crash-by-startup-probe'],
  [
    'Killing container with id docker://web:Container failed liveness probe.. Container will be killed and recreated.',
    'crash-by-liveness',
  ],
  [
    'Killing container with id docker://web:pod "p" container "web" is unhealthy, it will be killed and re-created.',
    'crash-by-liveness',
  ],
  ['Container other failed liveness probe, will be restarted', 'crash-loop'],
  ['Container web definition changed, will be restarted', 'crash-loop'],
  ['Stopping container web', 'crash-loop'],
]

test.for(wordings)('who ended it: %s', ([message, id]) => {
  expect(crash(KILLED, [killing(message)])?.id).toBe(id)
})

test('137 alone proves nothing: of OOM it takes the reason', () => {
  expect(
    crash({exitCode: 137, reason: 'OOMKilled'}, [
      killing('Container web failed liveness probe, will be restarted'),
    ])?.id,
  ).toBe('crash-oom')
  expect(crash(KILLED)).toMatchObject({
    id: 'crash-loop',
    message: expect.stringContaining('by whom is not known'),
  })
  expect(crash({exitCode: 137, reason: 'ContainerStatusUnknown'})?.id).toBe('container-status-unknown')
})

test('a container that obeys its kubelet and ends well did not end by itself', () => {
  const end = {exitCode: 0, reason: 'Completed'}
  expect(crash(end, [killing('Container web failed liveness probe, will be restarted')])?.id).toBe(
    'crash-by-liveness',
  )
  expect(crash(end)?.id).toBe('crash-completed')
})

test('a probe that ended an earlier run does not explain this one', () => {
  const old = killing('Container web failed liveness probe, will be restarted', {
    lastTimestamp: '2026-05-01T11:40:00Z',
  })
  expect(crash({exitCode: 1}, [old])?.id).toBe('crash-loop')
})

const probes: readonly (readonly [string, Partial<Container>, number, object, string])[] = [
  ['enough failures of the only such probe', {livenessProbe: {}}, 7, KILLED, 'crash-by-liveness'],
  ['SIGTERM is the kubelet as well', {livenessProbe: {}}, 3, {exitCode: 143}, 'crash-by-liveness'],
  ['too few failures', {livenessProbe: {failureThreshold: 9}}, 7, KILLED, 'crash-loop'],
  ['no such probe', {}, 7, KILLED, 'crash-loop'],
  ['an exit of its own', {livenessProbe: {}}, 7, {exitCode: 1}, 'crash-loop'],
]

test.for(probes)('where the event of the killing is gone: %s', ([, container, count, end, id]) => {
  expect(crash(end, [unhealthy(LIVENESS, count)], container)?.id).toBe(id)
})

test('of an own crash the exit code and the last words are told', () => {
  const finding = crash({exitCode: 3, message: 'no database\nat all'})
  expect(finding?.message).toBe(
    'Pod ns web/web-0: container web crashes (exit code 3, reason Error: no database at all), and was restarted 7 times',
  )
  expect(finding?.remedy?.commands[0]).toBe("kubectl logs -n 'ns web' web-0 web -p")
})

test('the memory limit is told where there is one', () => {
  const limits = {resources: {limits: {memory: '128Mi'}}}
  expect(crash({exitCode: 137, reason: 'OOMKilled'}, [], limits)?.remedy?.advice).toContain('now 128Mi')
})

test('between two crashes a container that runs is still in its loop', () => {
  const {lastState = {}} = crashed('web', {})
  const status = running('web', {
    restartCount: 3,
    lastState,
    state: {running: {startedAt: '2026-05-01T11:59:40Z'}},
  })
  expect(diagnosed(cluster('web', {pods: [unready('web', status)]}))?.id).toBe('crash-loop')
  expect(diagnosed(cluster('web', {pods: [unready('web', {...status, restartCount: 1})]}))?.id).toBe(
    'readiness-failing',
  )
})

test('the logs of an init container that has just ended are its current ones', () => {
  const ended = running('wait', {state: {terminated: {exitCode: 1}}})
  const finding = diagnosed(cluster('web', {pods: [withInit('web', ended)]}))
  expect(finding?.remedy?.commands[0]).toBe("kubectl logs -n 'ns web' web-0 wait")
})

test('a set that does not update in order replaces the Pod by itself after an edit', () => {
  const facts = cluster('web', {pods: [unready('web', crashed('web', {}))]})
  const parallel = facts.statefulSets?.map((set) => ({
    ...set,
    spec: {...set.spec, podManagementPolicy: 'Parallel'},
  }))
  expect(diagnosed(facts)?.remedy?.advice).toContain('kubernetes#67250')
  expect(diagnosed({...facts, statefulSets: parallel as never})?.remedy?.advice).not.toContain('67250')
})
