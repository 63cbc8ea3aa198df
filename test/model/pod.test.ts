import {expect, test} from 'vitest'
import {isAvailable, isReady, isTerminating, readiness, restarts} from '../../src/model/pod.ts'
import {containerStatus, NOW, pod} from '../builders.ts'

function readySince(lastTransitionTime?: string) {
  const since = lastTransitionTime === undefined ? {} : {lastTransitionTime}
  return pod({status: {conditions: [{type: 'Ready', status: 'True', ...since}]}})
}

test.for([
  ['ready at once without minReadySeconds', readySince(), 0, true],
  ['exactly long enough', readySince('2026-05-01T11:59:30Z'), 30, true],
  ['one second too short', readySince('2026-05-01T11:59:31Z'), 30, false],
  ['no time of becoming ready', readySince(), 1, false],
  ['a time that is none', readySince('soon'), 1, false],
  ['never ready', pod({status: {conditions: []}}), 0, false],
  ['ready since long ago and being deleted', pod({metadata: {deletionTimestamp: NOW}}), 30, true],
] as const)('availability: %s', ([, candidate, seconds, expected]) => {
  expect(isAvailable(candidate, seconds, NOW)).toBe(expected)
})

test('ready is what the condition says, whatever the phase', () => {
  expect(isReady(pod({status: {phase: 'Failed'}}))).toBe(true)
  expect(isReady(pod({status: {conditions: [{type: 'Ready', status: 'Unknown'}]}}))).toBe(false)
  expect(isReady({})).toBe(false)
})

test('a Pod with a deletion time is terminating, one with an empty field is not', () => {
  expect(isTerminating(pod({metadata: {deletionTimestamp: NOW}}))).toBe(true)
  expect(isTerminating(pod({metadata: JSON.parse('{"deletionTimestamp":null}')}))).toBe(false)
})

const running = {running: {startedAt: NOW}}
const done = {terminated: {exitCode: 0, reason: 'Completed'}}
const failed = {terminated: {exitCode: 1, reason: 'Error'}}
const main = {name: 'main', ready: true, restartCount: 3, state: running}
const sidecar = {name: 'side', restartPolicy: 'Always'}
const init = {name: 'init'}

function initializing(
  initContainers: readonly {name: string; restartPolicy?: string}[],
  initStatuses: readonly Parameters<typeof containerStatus>[0][],
  initialized = 'False',
) {
  return pod({
    spec: {initContainers, containers: [{name: 'main'}, {name: 'second'}]},
    status: {
      conditions: [{type: 'Initialized', status: initialized}],
      initContainerStatuses: initStatuses.map(containerStatus),
      containerStatuses: [
        containerStatus(main),
        containerStatus({name: 'second', state: {waiting: {reason: 'X'}}, restartCount: 1}),
      ],
    },
  })
}

/** READY and RESTARTS of printPod in pkg/printers/internalversion/printers.go (1.37). */
test.for([
  ['no init containers', initializing([], [], 'True'), {ready: 1, total: 2}, 4],
  [
    'an init container at work: main ones do not count yet',
    initializing([init], [{name: 'init', state: running, restartCount: 2}]),
    {ready: 0, total: 2},
    2,
  ],
  [
    'an init container that failed',
    initializing([init], [{name: 'init', state: failed, restartCount: 5}]),
    {ready: 0, total: 2},
    5,
  ],
  [
    'init containers behind the one at work do not count',
    initializing(
      [init, init],
      [
        {state: failed, restartCount: 5},
        {state: failed, restartCount: 9},
      ],
    ),
    {ready: 0, total: 2},
    5,
  ],
  [
    'init containers that are done',
    initializing([init], [{name: 'init', state: done, restartCount: 7}], 'True'),
    {ready: 1, total: 2},
    4,
  ],
  [
    'a sidecar that runs and is ready',
    initializing(
      [sidecar],
      [{name: 'side', state: running, started: true, ready: true, restartCount: 10}],
      'True',
    ),
    {ready: 2, total: 3},
    14,
  ],
  [
    'a sidecar that runs and is not ready',
    initializing([sidecar], [{name: 'side', state: running, started: true, restartCount: 10}], 'True'),
    {ready: 1, total: 3},
    14,
  ],
  [
    'a sidecar that has not started is an init container at work',
    initializing([sidecar], [{name: 'side', state: running, started: false, restartCount: 1}]),
    {ready: 0, total: 3},
    1,
  ],
  [
    'an init container that runs again after initialization',
    initializing([init], [{name: 'init', state: running, restartCount: 2}], 'True'),
    {ready: 1, total: 2},
    4,
  ],
] as const)('columns of a Pod with %s', ([, candidate, containers, count]) => {
  expect([readiness(candidate), restarts(candidate)]).toEqual([containers, count])
})

test('a Pod without status or spec has nothing ready of nothing', () => {
  expect([readiness({}), restarts({}), isAvailable({}, 0, NOW)]).toEqual([{ready: 0, total: 0}, 0, false])
})
