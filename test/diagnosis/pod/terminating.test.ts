import {expect, test} from 'vitest'
import {node, pod} from '../../builders.ts'
import type {Facts} from '../subjects.ts'
import {actText, commandsOf, diagnosed} from './diagnosed.ts'
import {
  cluster,
  condition,
  DEAD,
  ENDED,
  JUST_NOW,
  LONG_AGO,
  lost,
  member,
  running,
  SOON,
  terminating,
  told,
  unready,
} from './parts.ts'
import {troublesTerminating} from './troubles-terminating.ts'

const ended = terminating('web', {status: {containerStatuses: [running('web', ENDED)]}})
const soon = {metadata: {deletionTimestamp: SOON}}
const with_ = (trouble: string, others: Facts): Facts => ({
  ...troublesTerminating[trouble]?.('web'),
  ...others,
})
const inUse = (name: string) =>
  node({name: 'web', status: {volumesInUse: [`kubernetes.io/csi/csi.test^${name}`]}})
const tainted = (others: object) => lost('web', {spec: {taints: [{...DEAD, ...others}]}})
const hook = {containers: [{name: 'web', lifecycle: {preStop: {}}}]}
const daemon = [{apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'web', uid: 'u', controller: true}]
const blip = node({
  name: 'web',
  status: {conditions: [condition('Ready', 'False', {lastTransitionTime: JUST_NOW})] as never},
})

const nearMisses: readonly (readonly [string, Facts, string])[] = [
  ['a hook outlives its time', {pods: [terminating('web', {spec: hook})]}, 'term-container-wont-die'],
  [
    'a finalizer, and a container still runs',
    {pods: [terminating('web', {metadata: {finalizers: ['a']}})]},
    'term-container-wont-die',
  ],
  [
    'a finalizer within the grace period',
    {pods: [terminating('web', {metadata: {finalizers: ['a'], deletionTimestamp: SOON}})]},
    'term-grace-period',
  ],
  [
    'a finalizer on a failed daemon Pod',
    {
      pods: [
        terminating('web', {metadata: {finalizers: ['a'], ownerReferences: []}, status: {phase: 'Failed'}}),
      ],
    },
    'term-finalizer',
  ],
  [
    'a finalizer, after the API server was told that all has stopped',
    {pods: [terminating('web', {metadata: {finalizers: ['a'], deletionGracePeriodSeconds: 0}})]},
    'term-finalizer',
  ],
  [
    'a node that blips within the grace period',
    {nodes: [blip], pods: [terminating('web', soon)]},
    'term-grace-period',
  ],
  [
    'a silent node without the taint',
    {nodes: [lost('web')], pods: [terminating('web')]},
    'term-node-unreachable',
  ],
  [
    'a taint that the collector has had no time to see',
    {nodes: [tainted({})], pods: [terminating('web', {metadata: {deletionTimestamp: SOON}})]},
    'term-node-unreachable',
  ],
  [
    'a Pod that tolerates the taint of a node that is back',
    with_('term-out-of-service-left-behind', {
      pods: [terminating('web', {...soon, spec: {tolerations: [{operator: 'Exists'}]}})],
    }),
    'term-grace-period',
  ],
  [
    'a container that does not die on a node that is back',
    with_('term-out-of-service-left-behind', {pods: [terminating('web')]}),
    'term-container-wont-die',
  ],
  [
    'a node that may be there, but was not seen',
    {nodes: [], unseen: ['nodes'], pods: [terminating('web')]},
    'term-grace-period',
  ],
  ['a file without any node', {nodes: [], pods: [terminating('web')]}, 'term-grace-period'],
  ['a volume that is no longer in use', {nodes: [inUse('other')], pods: [ended]}, 'term-grace-period'],
  [
    'a volume that another Pod on the node uses by right',
    {
      nodes: [inUse('web')],
      pods: [ended, {...member('web'), metadata: {...member('web').metadata, name: 'b'}}],
    },
    'term-grace-period',
  ],
  [
    'a volume in use while a container runs',
    {nodes: [inUse('web')], pods: [terminating('web')]},
    'term-container-wont-die',
  ],
  [
    'a volume in use under a finalizer',
    {nodes: [inUse('web')], pods: [{...ended, metadata: {...ended.metadata, finalizers: ['a']}}]},
    'term-finalizer',
  ],
  [
    'a node plugin that is ready',
    with_('term-kubelet-or-csi-pod-down', {
      pods: [ended, pod({name: 'p', namespace: 'ns-web', set: 'csi-web', spec: {nodeName: 'web'}})],
    }),
    'term-grace-period',
  ],
  [
    'a node plugin none of whose Pods was seen',
    with_('term-kubelet-or-csi-pod-down', {pods: [ended]}),
    'term-grace-period',
  ],
  [
    'a node plugin that is missing on this node only',
    with_('term-kubelet-or-csi-pod-down', {
      pods: [ended, pod({name: 'p', namespace: 'ns-web', set: 'csi-web', spec: {nodeName: 'b'}})],
    }),
    'term-kubelet-or-csi-pod-down',
  ],
  [
    'a node plugin that is down, and a volume of no driver',
    with_('term-kubelet-or-csi-pod-down', {persistentVolumes: []}),
    'term-grace-period',
  ],
  [
    'a daemon Pod that stays on a node that is marked',
    {nodes: [tainted({})], pods: [unready('web', running('web'), {metadata: {ownerReferences: daemon}})]},
    'node-notready-not-evicted',
  ],
  [
    'a Pod without a node and with a finalizer',
    with_('term-unscheduled', {
      pods: [terminating('web', {metadata: {finalizers: ['a']}, spec: {nodeName: ''}})],
    }),
    'term-finalizer',
  ],
  [
    'an old word for a node that is seen',
    with_('node-partial-pod-unknown', {nodes: [lost('web')], unseen: []}),
    'term-node-unreachable',
  ],
  [
    'a node that is ready',
    {pods: [unready('web', running('web'), {status: {phase: 'Running'}})]},
    'readiness-failing',
  ],
  [
    'a terminating Pod',
    with_('node-notready-not-evicted', {pods: [terminating('web')]}),
    'term-node-unreachable',
  ],
  [
    'a node that says it is being drained',
    {
      nodes: [
        node({
          name: 'web',
          status: {conditions: [condition('Ready', 'True'), condition('DrainInProgress', 'True')] as never},
        }),
      ],
      pods: [unready('web', running('web'))],
    },
    'node-shutdown',
  ],
  [
    'a Pod that works on a node whose taint it tolerates',
    {
      nodes: [tainted({})],
      pods: [unready('web', running('web'), {spec: {tolerations: [{operator: 'Exists'}]}})],
    },
    'term-out-of-service-incomplete',
  ],
]

test.for(nearMisses)('%s', ([, facts, id]) => {
  expect(diagnosed(cluster('web', facts))?.id).toBe(id)
})

const inTime: readonly (readonly [string, Facts])[] = [
  ['on a node that is well', {pods: [terminating('web', soon)]}],
  [
    'with a failed hook',
    {
      pods: [terminating('web', {...soon, spec: hook})],
      events: [told('web', 'FailedPreStopHook', 'PreStopHook failed')],
    },
  ],
  ['whose node is gone', {nodes: [node()], pods: [terminating('web', soon)]}],
  [
    'on a dead node, with a long grace period',
    {
      nodes: [tainted({})],
      pods: [terminating('web', {metadata: {deletionTimestamp: SOON, deletionGracePeriodSeconds: 300}})],
    },
  ],
]

test.for(inTime)('a Pod within its grace period is worth no more than a word: %s', ([, facts]) => {
  expect(diagnosed(cluster('web', facts))?.severity).toBe('info')
})

test('on a silent node it is an error: however long its grace period is, nobody ends it there', () => {
  const facts = {nodes: [lost('web')], pods: [terminating('web', soon)]}
  expect(diagnosed(cluster('web', facts))).toMatchObject({id: 'term-node-unreachable', severity: 'error'})
})

test('that a node is still marked is worth a warning, however long a Pod has left: none comes back there', () => {
  expect(diagnosed(cluster('web', with_('term-out-of-service-left-behind', {})))?.severity).toBe('warning')
})

test('how long the grace period still is', () => {
  const {message, since} = diagnosed(cluster('web', {pods: [terminating('web', soon)]})) ?? {}
  expect(message).toBe('web-0 is terminating and ends within 30s (grace period 30s)')
  expect(since).toBe('2026-05-01T12:00:00Z')
})

const unreachable = {
  key: 'node.kubernetes.io/unreachable',
  effect: 'NoExecute',
  timeAdded: '2026-05-01T11:58:00Z',
}
const limit = (tolerationSeconds: number) => ({
  ...unreachable,
  timeAdded: undefined,
  tolerationSeconds,
  operator: 'Exists',
})
const evictions: readonly (readonly [string, object, readonly object[], string])[] = [
  ['300s from when the taint came', unreachable, [limit(300)], 'it is evicted in about 180s'],
  ['the shortest toleration counts', unreachable, [limit(300), limit(180)], 'it is evicted in about 60s'],
  [
    'a toleration without limit',
    unreachable,
    [{operator: 'Exists'}],
    "nothing evicts it (it tolerates the node's taints without limit)",
  ],
  ['a time that is over', unreachable, [limit(60)], 'its eviction is due'],
  ['no toleration at all', unreachable, [], 'its eviction is due'],
  [
    'a taint without its time',
    {...unreachable, timeAdded: undefined},
    [limit(300)],
    'it is evicted 300s after the taint',
  ],
  ['no taint that evicts', {...unreachable, effect: 'NoSchedule'}, [limit(300)], 'no NoExecute taint'],
]

test.for(evictions)('when a Pod on a lost node is evicted: %s', ([, taint, tolerations, text]) => {
  const facts = {
    nodes: [lost('web', {spec: {taints: [taint as never]}})],
    pods: [unready('web', running('web'), {spec: {tolerations: tolerations as never}})],
  }
  const finding = diagnosed(cluster('web', facts))
  expect(finding).toMatchObject({id: 'node-notready-not-evicted', severity: 'error', since: LONG_AGO})
  expect(finding?.message).toContain(text)
})

test('of a lost node the choices come in order, the dangerous ones with their proof', () => {
  const {remedy} = diagnosed(cluster('web', {nodes: [lost('web')], pods: [terminating('web')]})) ?? {}
  expect(remedy).toMatchObject({
    look: ['kubectl describe node web'],
    act: [
      {text: expect.stringContaining('bring the node back'), commands: []},
      {
        text: expect.stringContaining('only if its machine is proven to be off'),
        commands: ['kubectl taint node web node.kubernetes.io/out-of-service=nodeshutdown:NoExecute'],
      },
      {text: expect.stringContaining('only if'), commands: ['kubectl delete node web']},
    ],
    risk: expect.stringContaining('two members with one name'),
    avoid: expect.stringContaining('force the deletion'),
    rung: 4,
  })
})

test('a node that still reports is not to be declared dead', () => {
  const sick = node({name: 'web', status: {conditions: [condition('Ready', 'False')] as never}})
  const finding = diagnosed(cluster('web', {nodes: [sick], pods: [terminating('web')]}))
  expect(actText(finding)).toContain('repair the node')
  expect(commandsOf(finding)).toEqual(['kubectl describe node web'])
  expect(finding?.remedy).toMatchObject({risk: '', avoid: expect.stringContaining('out of service'), rung: 0})
})
