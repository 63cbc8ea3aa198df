import {expect, test} from 'vitest'
import {node, pod} from '../../builders.ts'
import type {Facts} from '../subjects.ts'
import {diagnosed} from './diagnosed.ts'
import {
  cluster,
  condition,
  DEAD,
  ENDED,
  JUST_NOW,
  LONG_AGO,
  leaving,
  lost,
  member,
  running,
  SOON,
  told,
  unready,
} from './parts.ts'
import {troublesLeaving} from './troubles-leaving.ts'

const ended = leaving('web', {status: {containerStatuses: [running('web', ENDED)]}})
const soon = {metadata: {deletionTimestamp: SOON}}
const with_ = (trouble: string, others: Facts): Facts => ({...troublesLeaving[trouble]?.('web'), ...others})
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
  ['a hook outlives its time', {pods: [leaving('web', {spec: hook})]}, 'term-container-wont-die'],
  [
    'a finalizer, and a container still runs',
    {pods: [leaving('web', {metadata: {finalizers: ['a']}})]},
    'term-container-wont-die',
  ],
  [
    'a finalizer within the grace period',
    {pods: [leaving('web', {metadata: {finalizers: ['a'], deletionTimestamp: SOON}})]},
    'term-grace-period',
  ],
  [
    'a finalizer on an ended daemon Pod',
    {pods: [leaving('web', {metadata: {finalizers: ['a'], ownerReferences: []}, status: {phase: 'Failed'}})]},
    'term-finalizer',
  ],
  [
    'a finalizer, after the API server was told that all has stopped',
    {pods: [leaving('web', {metadata: {finalizers: ['a'], deletionGracePeriodSeconds: 0}})]},
    'term-finalizer',
  ],
  [
    'a node that blips within the grace period',
    {nodes: [blip], pods: [leaving('web', soon)]},
    'term-grace-period',
  ],
  [
    'a silent node without the taint',
    {nodes: [lost('web')], pods: [leaving('web')]},
    'term-node-unreachable',
  ],
  [
    'a taint that the collector has had no time to see',
    {nodes: [tainted({})], pods: [leaving('web', {metadata: {deletionTimestamp: SOON}})]},
    'term-node-unreachable',
  ],
  [
    'a Pod that tolerates the taint of a node that is back',
    with_('term-out-of-service-left-behind', {
      pods: [leaving('web', {...soon, spec: {tolerations: [{operator: 'Exists'}]}})],
    }),
    'term-grace-period',
  ],
  [
    'a container that does not die on a node that is back',
    with_('term-out-of-service-left-behind', {pods: [leaving('web')]}),
    'term-container-wont-die',
  ],
  [
    'a node that may be there, but was not seen',
    {nodes: [], unseen: ['nodes'], pods: [leaving('web')]},
    'term-grace-period',
  ],
  ['a file without any node', {nodes: [], pods: [leaving('web')]}, 'term-grace-period'],
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
    {nodes: [inUse('web')], pods: [leaving('web')]},
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
      pods: [ended, pod({name: 'p', namespace: 'ns web', set: 'csi web', spec: {nodeName: 'web'}})],
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
      pods: [ended, pod({name: 'p', namespace: 'ns web', set: 'csi web', spec: {nodeName: 'b'}})],
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
      pods: [leaving('web', {metadata: {finalizers: ['a']}, spec: {nodeName: ''}})],
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
    'a Pod told to stop',
    with_('node-notready-not-evicted', {pods: [leaving('web')]}),
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
  ['on a node that is well', {pods: [leaving('web', soon)]}],
  ['on a silent node', {nodes: [lost('web')], pods: [leaving('web', soon)]}],
  [
    'with a failed hook',
    {
      pods: [leaving('web', {...soon, spec: hook})],
      events: [told('web', 'FailedPreStopHook', 'PreStopHook failed')],
    },
  ],
  ['whose node is gone', {nodes: [node()], pods: [leaving('web', soon)]}],
  [
    'on a dead node, with a long grace period',
    {
      nodes: [tainted({})],
      pods: [leaving('web', {metadata: {deletionTimestamp: SOON, deletionGracePeriodSeconds: 300}})],
    },
  ],
]

test.for(inTime)('a Pod within its grace period is worth no more than a word: %s', ([, facts]) => {
  expect(diagnosed(cluster('web', facts))?.severity).toBe('info')
})

test('that a node is still marked is worth a warning, however long a Pod has left: none comes back there', () => {
  expect(diagnosed(cluster('web', with_('term-out-of-service-left-behind', {})))?.severity).toBe('warning')
})

test('how long the grace period still is', () => {
  const {message, since} = diagnosed(cluster('web', {pods: [leaving('web', soon)]})) ?? {}
  expect(message).toBe('Pod ns web/web-0 is stopping and ends in 30s at the latest (grace period 30s)')
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
    "it tolerates the node's taints without limit",
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
  const {remedy} = diagnosed(cluster('web', {nodes: [lost('web')], pods: [leaving('web')]})) ?? {}
  const advice = remedy?.advice ?? ''
  const order = [
    'bring the node back',
    'proven to be off',
    'out-of-service=',
    'delete node',
    'force the deletion',
  ]
  const places = order.map((text) => advice.indexOf(text))
  expect(places.every((place) => place >= 0)).toBe(true)
  expect(places).toEqual(places.toSorted((left, right) => left - right))
  expect(remedy).toMatchObject({commands: ['kubectl describe node web'], rung: 4})
  expect(remedy?.danger).toContain('at most one')
})

test('a node that still reports is not to be declared dead', () => {
  const sick = node({name: 'web', status: {conditions: [condition('Ready', 'False')] as never}})
  const {remedy} = diagnosed(cluster('web', {nodes: [sick], pods: [leaving('web')]})) ?? {}
  expect(remedy?.advice).not.toContain('taint')
  expect(remedy?.rung).toBe(0)
})
