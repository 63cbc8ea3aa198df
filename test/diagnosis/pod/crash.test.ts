import {expect, test} from 'vitest'
import type {Facts} from '../subjects.ts'
import {actText, commandsOf, diagnosed} from './diagnosed.ts'
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

test.for(wordings)('who killed it: %s', ([message, id]) => {
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
    message: expect.stringContaining('what killed it is not known'),
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

test('a probe that killed an earlier run does not explain this one', () => {
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

test('of an own crash the exit code is in the message, and the last words are proof', () => {
  const finding = crash({exitCode: 3, message: 'no database\nat all'})
  expect(finding?.message).toBe('Container web of web-0 crashes with exit code 3 (restarted 7 times)')
  expect(finding?.evidence[0]).toMatch(
    /lastState.terminated: exit code 3, reason Error, .*: no database at all$/,
  )
  expect(finding?.remedy?.look?.[0]).toBe('kubectl logs -n ns-web web-0 web -p')
})

test('of a code that means something the meaning is told, and the back-off is said once', () => {
  const event = told('web', 'BackOff', 'Back-off restarting failed container web in pod web-0')
  const finding = crash({exitCode: 127}, [event])
  expect(finding?.message).toContain('with exit code 127, no such command (')
  expect(finding?.evidence.filter((text) => /back-off/i.test(text))).toHaveLength(1)
})

test('the memory limit is told where there is one', () => {
  const limits = {resources: {limits: {memory: '128Mi'}}}
  const finding = crash({exitCode: 137, reason: 'OOMKilled'}, [], limits)
  expect(finding?.message).toBe(
    'Memory ran out, and container web of web-0 was killed (limit 128Mi; restarted 7 times)',
  )
  expect(actText(finding)).toContain('now 128Mi')
  expect(crash({exitCode: 137, reason: 'OOMKilled'})?.remedy).toMatchObject({risk: '', rung: 0})
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

test('the logs of an init container that has just terminated are its current ones', () => {
  const ended = running('wait', {state: {terminated: {exitCode: 1}}})
  const finding = diagnosed(cluster('web', {pods: [withInit('web', ended)]}))
  expect(finding?.remedy?.look?.[0]).toBe('kubectl logs -n ns-web web-0 wait')
})

const DELETION = 'kubectl delete pod -n ns-web web-0'
const looping = cluster('web', {pods: [unready('web', crashed('web', {}))]})
const ofSet = (spec: object, metadata: object = {}) =>
  diagnosed({
    ...looping,
    statefulSets: looping.statefulSets?.map((set) => ({
      ...set,
      metadata: {...set.metadata, ...metadata},
      spec: {...set.spec, ...spec},
    })) as never,
  })
const owned = {
  ownerReferences: [{apiVersion: 'a.io/v1', kind: 'Db', name: 'main', uid: 'o', controller: true}],
}

test('after an edit of the template the Pod of an ordered set has to be deleted', () => {
  const finding = diagnosed(looping)
  expect(actText(finding)).toContain(
    'else fix it in the template (sts/web), then delete the Pod: an edit does not replace it (kubernetes#67250)',
  )
  expect(commandsOf(finding).at(-1)).toBe(DELETION)
  expect(finding?.remedy).toMatchObject({rung: 2, risk: expect.stringContaining('loses its logs')})
})

test.for<[string, ReturnType<typeof diagnosed>, string, boolean]>([
  ['Parallel', ofSet({podManagementPolicy: 'Parallel'}), 'in the template (sts/web)', false],
  ['scaled down below it', ofSet({replicas: 0}), 'in the template (sts/web)', false],
  ['OnDelete', ofSet({updateStrategy: {type: 'OnDelete'}}), 'OnDelete replaces none by itself', true],
  [
    'below the partition',
    ofSet({updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 2}}}),
    'in the template (sts/web) and lower its partition to 0, then delete the Pod',
    true,
  ],
  ['owned', ofSet({}, owned), 'in Db main, which owns sts/web; if its operator leaves the broken Pod', true],
  [
    'owned, and OnDelete',
    ofSet({updateStrategy: {type: 'OnDelete'}}, owned),
    'in Db main, which owns sts/web, and leave the Pod to its operator',
    false,
  ],
  ['not seen', diagnosed({...looping, statefulSets: []}), 'if the Pod then stays as it is, delete it', true],
])('what a fixed template takes of a set that is %s', ([, finding, words, deletes]) => {
  expect(actText(finding)).toContain(words)
  expect(commandsOf(finding).includes(DELETION)).toBe(deletes)
})

const REGISTRAR = 'registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.13.0'
const both = (first: string, second: string, firstIsWell = false) => {
  const spec = {containers: [first, second].map((image, index) => ({name: `c${index}`, image}))}
  const statuses = [firstIsWell ? running('c0', {ready: true}) : crashed('c0', {}), crashed('c1', {})]
  const {status} = unready('web', crashed('c0', {}))
  const pod = unready('web', undefined, {spec, status: {...status, containerStatuses: statuses}})
  return diagnosed(cluster('web', {pods: [pod]}))?.message
}

test('of several containers the one that the others need is blamed, and the others are told', () => {
  expect(both(REGISTRAR, 'disk-csi:1')).toMatch(/^Container c1 of \S+ crashes .*; c0 crashes as well\)$/)
  expect(both('web:1', 'disk-csi:1')).toMatch(/^Container c0 /)
  expect(both('web:1', 'r/my-csi-attacher-watch:1')).toMatch(/^Container c0 /)
  expect(both(REGISTRAR, REGISTRAR)).toMatch(/^Container c0 /)
  expect(both('disk-csi:1', REGISTRAR, true)).toMatch(/^Container c1 .* times\)$/)
})
