import {expect, test} from 'vitest'
import {node} from '../../builders.ts'
import type {Facts} from '../subjects.ts'
import {diagnosed} from './diagnosed.ts'
import {cluster, condition, leaving, lost, member, running, SOON, told, unready} from './parts.ts'
import {troublesEnded} from './troubles-ended.ts'

const failed = (reason: string, message = '') =>
  member('web', {status: {phase: 'Failed', reason, message, conditions: []}})
const disrupted = (reason: string) => ({
  metadata: {deletionTimestamp: SOON},
  status: {conditions: [condition('DisruptionTarget', 'True', {reason})]},
})

const cases: readonly (readonly [string, Facts, string | undefined])[] = [
  ['out of memory is no eviction', {pods: [failed('OutOfmemory')]}, 'node-admit-out-of'],
  ['out of a device of its own name', {pods: [failed('OutOfexample.com/gpu')]}, 'node-admit-out-of'],
  [
    'a phase that is not Failed',
    {pods: [unready('web', running('web'), {status: {reason: 'Evicted', phase: 'Running'}})]},
    'readiness-failing',
  ],
  ['a topology that does not fit', {pods: [failed('TopologyAffinityError')]}, 'node-admit-unexpected'],
  ['a sysctl that the node forbids', {pods: [failed('SysctlForbidden')]}, 'node-admit-unexpected'],
  ['a Pod that an older kubelet shut down', {pods: [failed('Shutdown')]}, 'node-shutdown'],
  ['a Pod refused by a node that shuts down', {pods: [failed('NodeShutdown')]}, 'node-shutdown'],
  ['a taint that the kubelet itself minds', {pods: [failed('TaintToleration')]}, 'evicted-by-taint'],
  [
    'a person, or a drain, evicts',
    {pods: [leaving('web', disrupted('EvictionByEvictionAPI'))]},
    'term-grace-period',
  ],
  [
    'a taint for a node that is lost',
    {nodes: [lost('web')], pods: [leaving('web', disrupted('DeletionByTaintManager'))]},
    'term-node-unreachable',
  ],
  [
    'room was made, and it does not end',
    {pods: [leaving('web', {status: disrupted('PreemptionByScheduler').status})]},
    'term-container-wont-die',
  ],
  [
    'the Pod before, of the same name, made room',
    {
      pods: [leaving('web', {metadata: {deletionTimestamp: SOON, uid: 'new'}})],
      events: [told('web', 'Preempted', 'Preempted by a pod on node b')],
    },
    'term-grace-period',
  ],
  [
    'before 1.26 only an event says that it made room',
    {
      pods: [leaving('web', {metadata: {deletionTimestamp: SOON}})],
      events: [told('web', 'Preempted', 'Preempted by shop/big on node b')],
    },
    'preempted-by-scheduler',
  ],
  [
    'ended, with a finalizer, and not told to go',
    {pods: [{...failed('Evicted'), metadata: {...failed('').metadata, finalizers: ['a']}}]},
    'evicted-node-pressure',
  ],
  ['ended for a reason that nobody knows', {pods: [failed('DeadlineExceeded')]}, undefined],
]

test.for(cases)('%s', ([, facts, id]) => {
  expect(diagnosed(cluster('web', facts))?.id).toBe(id)
})

test('a Pod that makes room is worth a word while it stops, and a warning once it has failed', () => {
  const {status} = disrupted('PreemptionByScheduler')
  const stopping = cluster('web', {pods: [leaving('web', disrupted('PreemptionByScheduler'))]})
  const stopped = cluster('web', {pods: [member('web', {status: {...status, phase: 'Failed'}})]})
  expect([diagnosed(stopping)?.severity, diagnosed(stopped)?.severity]).toEqual(['info', 'warning'])
})

test('the taint that drove it away is named', () => {
  const taints = [{key: 'maintenance', value: 'now', effect: 'NoExecute'}]
  const facts = {nodes: [node({name: 'web', spec: {taints}})]}
  expect(diagnosed({...troublesEnded['evicted-by-taint']?.('web'), ...facts})?.message).toContain(
    '(maintenance=now:NoExecute)',
  )
})

test('StatefulSets before 1.28.5 leave a Pod that has ended well where it is', () => {
  const facts = troublesEnded['sts-pod-completed']?.('web') ?? {}
  expect(diagnosed(facts, 'v1.29.0')).toMatchObject({selfHealing: 'yes', remedy: {rung: 0}})
  expect(diagnosed(facts, 'v1.28.4')).toMatchObject({
    selfHealing: 'no',
    remedy: {commands: [expect.stringMatching(/describe/), "kubectl delete pod -n 'ns web' web-0"], rung: 2},
  })
})

test('a node that has only just joined may refuse what it will take later', () => {
  const facts = {
    nodes: [node({name: 'web', metadata: {creationTimestamp: '2026-05-01T11:59:00Z'}})],
    pods: [failed('UnexpectedAdmissionError')],
  }
  expect(diagnosed(cluster('web', facts))?.severity).toBe('info')
})
