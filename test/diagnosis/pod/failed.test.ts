import {expect, test} from 'vitest'
import {node} from '../../builders.ts'
import type {Facts} from '../subjects.ts'
import {actText, diagnosed} from './diagnosed.ts'
import {cluster, condition, lost, member, running, SOON, terminating, told, unready} from './parts.ts'
import {troublesFailed} from './troubles-failed.ts'

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
    {pods: [terminating('web', disrupted('EvictionByEvictionAPI'))]},
    'term-grace-period',
  ],
  [
    'a taint for a node that is lost',
    {nodes: [lost('web')], pods: [terminating('web', disrupted('DeletionByTaintManager'))]},
    'term-node-unreachable',
  ],
  [
    'room was made, and it does not end',
    {pods: [terminating('web', {status: disrupted('PreemptionByScheduler').status})]},
    'term-container-wont-die',
  ],
  [
    'the Pod before, of the same name, made room',
    {
      pods: [terminating('web', {metadata: {deletionTimestamp: SOON, uid: 'new'}})],
      events: [told('web', 'Preempted', 'Preempted by a pod on node b')],
    },
    'term-grace-period',
  ],
  [
    'before 1.26 only an event says that it made room',
    {
      pods: [terminating('web', {metadata: {deletionTimestamp: SOON}})],
      events: [told('web', 'Preempted', 'Preempted by shop/big on node b')],
    },
    'preempted-by-scheduler',
  ],
  [
    'finished, with a finalizer, and not deleted',
    {pods: [{...failed('Evicted'), metadata: {...failed('').metadata, finalizers: ['a']}}]},
    'evicted-node-pressure',
  ],
  ['failed for a reason that nobody knows', {pods: [failed('DeadlineExceeded')]}, undefined],
]

test.for(cases)('%s', ([, facts, id]) => {
  expect(diagnosed(cluster('web', facts))?.id).toBe(id)
})

test('a Pod that makes room is worth a word while it stops, and a warning once it has failed', () => {
  const {status} = disrupted('PreemptionByScheduler')
  const stopping = cluster('web', {pods: [terminating('web', disrupted('PreemptionByScheduler'))]})
  const stopped = cluster('web', {pods: [member('web', {status: {...status, phase: 'Failed'}})]})
  expect([diagnosed(stopping)?.severity, diagnosed(stopped)?.severity]).toEqual(['info', 'warning'])
})

test('the taint that drove it away is named', () => {
  const taints = [{key: 'maintenance', value: 'now', effect: 'NoExecute'}]
  const facts = {nodes: [node({name: 'web', spec: {taints}})]}
  expect(diagnosed({...troublesFailed['evicted-by-taint']?.('web'), ...facts})?.message).toContain(
    '(maintenance=now:NoExecute)',
  )
})

test('a node that has only just joined may refuse what it will take later', () => {
  const facts = {
    nodes: [node({name: 'web', metadata: {creationTimestamp: '2026-05-01T11:59:00Z'}})],
    pods: [failed('UnexpectedAdmissionError')],
  }
  expect(diagnosed(cluster('web', facts))?.severity).toBe('info')
})

const refused: readonly (readonly [string, string])[] = [
  ['SysctlForbidden', 'allowedUnsafeSysctls'],
  ['AppArmor', 'load that AppArmor profile'],
  ['PodOSNotSupported', 'kubernetes.io/os'],
  ['PodOSSelectorNodeLabelDoesNotMatch', 'kubernetes.io/os'],
  ['UserNamespacesNotSupported', 'run it on nodes that offer it'],
]

test.for(refused)('what the kubelet does not offer has a remedy of its own: %s', ([reason, words]) => {
  const finding = diagnosed(cluster('web', {pods: [failed(reason)]}))
  expect(finding?.message).toBe(`web-0 asks for what node web does not offer (${reason})`)
  expect(actText(finding)).toContain(words)
  expect(actText(finding)).not.toContain('device plugin')
  // what has failed is replaced anyway
  expect(actText(finding)).not.toContain('delete')
})

const evictions: readonly (readonly [string, string])[] = [
  [
    'The node was low on resource: memory. Threshold quantity: 100Mi',
    'Node web was low on memory, so it evicted web-0',
  ],
  ['The node had condition: [DiskPressure]. ', 'Node web was under DiskPressure, so it evicted web-0'],
  [
    'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ',
    'web-0 used more local storage than its limit, so node web evicted it',
  ],
  ['', 'Node web evicted web-0'],
]

test.for(evictions)(
  'whose fault an eviction is stands in the words of the kubelet: %s',
  ([said, message]) => {
    const finding = diagnosed(cluster('web', {pods: [failed('Evicted', said)]}))
    expect(finding?.message).toBe(message)
    expect(finding?.evidence[0]).toContain(said.trim())
  },
)
