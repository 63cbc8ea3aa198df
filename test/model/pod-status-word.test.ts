import {expect, test} from 'vitest'
import type {Pod} from '../../src/model/objects.ts'
import {statusWord} from '../../src/model/pod-status-word.ts'
import {containerStatus, NOW} from '../builders.ts'

type State = NonNullable<Parameters<typeof containerStatus>[0]>['state']

interface Shape {
  readonly phase?: string
  readonly reason?: string
  readonly deleted?: true
  readonly conditions?: readonly {type: string; status: string; reason?: string}[]
  /** `side` is a sidecar. */
  readonly inits?: readonly (readonly [State, ('main' | 'side')?, 'started'?])[]
  readonly mains?: readonly (readonly [State, 'ready'?])[]
}

function podLike({phase = 'Running', reason, deleted, conditions = [], inits = [], mains = []}: Shape): Pod {
  return {
    metadata: {name: 'p', ...(deleted && {deletionTimestamp: NOW})},
    spec: {
      containers: [],
      initContainers: inits.map(([, kind], index) => ({
        name: `i${index}`,
        ...(kind === 'side' && {restartPolicy: 'Always'}),
      })),
    },
    status: {
      phase,
      ...(reason !== undefined && {reason}),
      conditions,
      initContainerStatuses: inits.map(([state, , started], index) =>
        containerStatus({name: `i${index}`, ...(state && {state}), ...(started && {started: true})}),
      ),
      containerStatuses: mains.map(([state, ready]) =>
        containerStatus({...(state && {state}), ready: ready === 'ready'}),
      ),
    },
  }
}

const running: State = {running: {startedAt: NOW}}
const waiting = (reason?: string): State => ({waiting: {...(reason !== undefined && {reason})}})
const ended = (exitCode: number, reason?: string, signal?: number): State => ({
  terminated: {exitCode, ...(reason !== undefined && {reason}), ...(signal !== undefined && {signal})},
})
const READY = [{type: 'Ready', status: 'True'}]
const INITIALIZED = [{type: 'Initialized', status: 'True'}]

/** Transcribed from the branches of printPod in pkg/printers/internalversion/printers.go (1.37). */
test.for<[string, string, Shape]>([
  ['the phase, when there is nothing else to say', 'Running', {mains: [[running, 'ready']]}],
  ['the phase of a Pod without containers yet', 'Pending', {phase: 'Pending'}],
  ['the reason of the status before its phase', 'Evicted', {phase: 'Failed', reason: 'Evicted'}],
  [
    'a gate before both',
    'SchedulingGated',
    {
      phase: 'Pending',
      reason: 'X',
      conditions: [{type: 'PodScheduled', status: 'False', reason: 'SchedulingGated'}],
    },
  ],
  [
    'another reason for not being scheduled is no word',
    'Pending',
    {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable'}]},
  ],

  [
    'init containers by number',
    'Init:1/3',
    {phase: 'Pending', inits: [[ended(0)], [running], [waiting('PodInitializing')]]},
  ],
  [
    'an init container that has not begun',
    'Init:0/1',
    {phase: 'Pending', inits: [[waiting('PodInitializing')]]},
  ],
  ['an init container that waits without reason', 'Init:0/1', {phase: 'Pending', inits: [[waiting()]]}],
  ['an init container without state', 'Init:0/1', {phase: 'Pending', inits: [[undefined]]}],
  [
    'an init container that waits for something',
    'Init:ImagePullBackOff',
    {phase: 'Pending', inits: [[waiting('ImagePullBackOff')]]},
  ],
  [
    'an init container that failed, by reason',
    'Init:Error',
    {phase: 'Pending', inits: [[ended(1, 'Error')]]},
  ],
  [
    'an init container that failed, by signal',
    'Init:Signal:9',
    {phase: 'Pending', inits: [[ended(137, undefined, 9)]]},
  ],
  ['an init container that failed, by exit code', 'Init:ExitCode:3', {phase: 'Pending', inits: [[ended(3)]]}],
  [
    'only the first init container at work',
    'Init:Error',
    {phase: 'Pending', inits: [[ended(2, 'Error')], [waiting('CrashLoopBackOff')]]},
  ],
  [
    'a sidecar that has started is passed by',
    'Init:1/2',
    {phase: 'Pending', inits: [[running, 'side', 'started'], [running]]},
  ],
  [
    'a sidecar that has not started is waited for',
    'Init:0/2',
    {phase: 'Pending', inits: [[running, 'side'], [waiting()]]},
  ],
  [
    'a started sidecar that crashed is passed by',
    'Running',
    {inits: [[ended(1, 'Error'), 'side', 'started']], mains: [[running, 'ready']]},
  ],
  [
    'a started init container that is no sidecar is not',
    'Init:0/1',
    {phase: 'Pending', inits: [[running, 'main', 'started']]},
  ],
  [
    'init words stop to count once initialized',
    'CrashLoopBackOff',
    {conditions: INITIALIZED, inits: [[ended(1, 'Error')]], mains: [[waiting('CrashLoopBackOff')]]},
  ],
  [
    'an initialized Pod keeps the init word if its containers are silent',
    'Init:Error',
    {conditions: INITIALIZED, inits: [[ended(1, 'Error')]], mains: [[running, 'ready']]},
  ],

  ['a container that waits', 'CrashLoopBackOff', {mains: [[waiting('CrashLoopBackOff')]]}],
  ['a container that waits without reason', 'Pending', {phase: 'Pending', mains: [[waiting()]]}],
  ['a container that terminated, by reason', 'OOMKilled', {mains: [[ended(137, 'OOMKilled')]]}],
  ['a container that terminated, by signal', 'Signal:15', {mains: [[ended(143, undefined, 15)]]}],
  ['a container that terminated, by exit code', 'ExitCode:0', {mains: [[ended(0)]]}],
  [
    'the first container that has something to say',
    'ErrImagePull',
    {mains: [[running, 'ready'], [waiting('ErrImagePull')], [ended(1, 'Error')]]},
  ],
  [
    'a reason to wait before the end of the same container',
    'CrashLoopBackOff',
    {mains: [[{...waiting('CrashLoopBackOff'), ...ended(1, 'Error')}]]},
  ],

  ['all done', 'Completed', {phase: 'Succeeded', mains: [[ended(0, 'Completed')], [ended(0, 'Completed')]]}],
  [
    'one done beside one that runs, in a ready Pod',
    'Running',
    {conditions: READY, mains: [[ended(0, 'Completed')], [running, 'ready']]},
  ],
  [
    'one done beside one that runs, in a Pod that is not ready',
    'NotReady',
    {mains: [[ended(0, 'Completed')], [running, 'ready']]},
  ],
  [
    'one done beside one that runs and is not ready',
    'Completed',
    {mains: [[ended(0, 'Completed')], [running]]},
  ],
  ['one done before one that failed', 'Error', {mains: [[ended(0, 'Completed')], [ended(1, 'Error')]]}],
  [
    'one done, one failed and one running in a ready Pod',
    'Running',
    {conditions: READY, mains: [[ended(0, 'Completed')], [ended(1, 'Error')], [running, 'ready']]},
  ],
  [
    'one done, one failed and one running in a Pod that is not ready',
    'Error',
    {mains: [[ended(0, 'Completed')], [ended(1, 'Error')], [running, 'ready']]},
  ],
  ['one that failed with the reason Completed', 'Completed', {mains: [[ended(1, 'Completed')]]}],
  ['one that failed before one done', 'Error', {mains: [[ended(1, 'Error')], [ended(0, 'Completed')]]}],
  [
    'a status reason of Completed is looked at as well',
    'NotReady',
    {reason: 'Completed', mains: [[running, 'ready']]},
  ],

  ['being deleted', 'Terminating', {deleted: true, mains: [[waiting('CrashLoopBackOff')]]}],
  ['being deleted while initializing', 'Terminating', {deleted: true, phase: 'Pending', inits: [[running]]}],
  [
    'being deleted after its end',
    'Completed',
    {deleted: true, phase: 'Succeeded', mains: [[ended(0, 'Completed')]]},
  ],
  [
    'being deleted after its failure',
    'Error',
    {deleted: true, phase: 'Failed', mains: [[ended(1, 'Error')]]},
  ],
  ['on a node that was lost, being deleted', 'Unknown', {deleted: true, reason: 'NodeLost'}],
  [
    'on a node that was lost, being deleted after its end',
    'Unknown',
    {deleted: true, phase: 'Succeeded', reason: 'NodeLost'},
  ],
  ['on a node that was lost, not being deleted', 'NodeLost', {reason: 'NodeLost'}],
])('%s: %s', ([, word, shape]) => {
  expect(statusWord(podLike(shape))).toBe(word)
})
