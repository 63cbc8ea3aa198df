import {expect, test} from 'vitest'
import {daemonTolerations, eligibility} from '../../src/model/daemon-eligibility.ts'
import type {Node, Toleration} from '../../src/model/objects.ts'
import {EVERYTHING, LOST_TAINTS, type PodSpec, pinned, tainted} from '../builders-daemon.ts'

const NOT_READY = ['node.kubernetes.io/not-ready:NoSchedule', 'node.kubernetes.io/not-ready:NoExecute']
const UNINITIALIZED = 'node.cloudprovider.kubernetes.io/uninitialized=true:NoSchedule'

function template(spec: Partial<PodSpec> = {}) {
  return {spec: {containers: [], ...spec}}
}

function labelled(labels: Record<string, string>): Node {
  return tainted('n1', [], {metadata: {labels}})
}

function terms(nodeSelectorTerms: readonly object[]): Partial<PodSpec> {
  const required = {nodeSelectorTerms} as NonNullable<
    NonNullable<
      NonNullable<PodSpec['affinity']>['nodeAffinity']
    >['requiredDuringSchedulingIgnoredDuringExecution']
  >
  return {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: required}}}
}

const tolerating = (...tolerations: readonly Toleration[]) => ({tolerations})

const BOTH = [true, true]
const NO_NEW = [false, true]
const NEITHER = [false, false]

/** semantics.md 1.11, and near misses: should a Pod be created, may one stay. */
const cases: readonly [string, Partial<PodSpec>, Node, readonly boolean[]][] = [
  ['NE1: a plain node', {}, tainted('n1'), BOTH],
  ['NE2: the template names another node', {nodeName: 'n2'}, tainted('n1'), NEITHER],
  ['the template names this node', {nodeName: 'n1'}, tainted('n1'), BOTH],
  [
    'a template that names this node still minds its taints',
    {nodeName: 'n1'},
    tainted('n1', ['a:NoSchedule']),
    NO_NEW,
  ],
  ['NE3: another label', {nodeSelector: {disk: 'ssd'}}, labelled({disk: 'hdd'}), NEITHER],
  ['the wanted label', {nodeSelector: {disk: 'ssd'}}, labelled({disk: 'ssd'}), BOTH],
  ['one of two wanted labels', {nodeSelector: {disk: 'ssd', gpu: ''}}, labelled({disk: 'ssd'}), NEITHER],
  ['NE4: an untolerated NoSchedule', {}, tainted('n1', ['gpu=yes:NoSchedule']), NO_NEW],
  ['NE5: an untolerated NoExecute', {}, tainted('n1', ['gpu=yes:NoExecute']), NEITHER],
  ['NE6: a node that is not ready', {}, tainted('n1', NOT_READY), NO_NEW],
  ['NE6: a node that is unreachable', {}, tainted('n1', LOST_TAINTS), NO_NEW],
  [
    'NE7: tolerating everything',
    tolerating(...EVERYTHING),
    tainted('n1', [...NOT_READY, 'foo=bar:NoExecute']),
    BOTH,
  ],
  [
    'NE8: a cordoned node',
    {},
    tainted('n1', ['node.kubernetes.io/unschedulable:NoSchedule'], {spec: {unschedulable: true}}),
    BOTH,
  ],
  [
    'a cordoned node whose taint has not come yet',
    {},
    tainted('n1', [], {spec: {unschedulable: true}}),
    BOTH,
  ],
  [
    'a node under pressure of every kind',
    {},
    tainted('n1', [
      'node.kubernetes.io/disk-pressure:NoSchedule',
      'node.kubernetes.io/memory-pressure:NoSchedule',
      'node.kubernetes.io/pid-pressure:NoSchedule',
    ]),
    BOTH,
  ],
  ['NE9: no network', {}, tainted('n1', ['node.kubernetes.io/network-unavailable:NoSchedule']), NO_NEW],
  [
    'NE9: no network, and none needed',
    {hostNetwork: true},
    tainted('n1', ['node.kubernetes.io/network-unavailable:NoSchedule']),
    BOTH,
  ],
  ['NE10: a soft taint', {}, tainted('n1', ['x=1:PreferNoSchedule']), BOTH],
  ['NE11: affinity without terms', terms([]), tainted('n1'), NEITHER],
  ['NE11: an empty term', terms([{}]), tainted('n1'), NEITHER],
  [
    'NE12: one broken term and one that fits',
    terms([
      {matchExpressions: [{key: 'zone', operator: 'Foo', values: ['a']}]},
      {matchExpressions: [{key: 'zone', operator: 'In', values: ['a']}]},
    ]),
    labelled({zone: 'a'}),
    BOTH,
  ],
  [
    'NE13: out of service',
    {},
    tainted('n1', ['node.kubernetes.io/out-of-service=nodeshutdown:NoExecute']),
    NEITHER,
  ],
  [
    'NE14: one taint tolerated, another not',
    {nodeSelector: {disk: 'ssd'}, ...tolerating({key: 'gpu', operator: 'Exists'})},
    tainted('n1', ['gpu=yes:NoExecute', 'other=1:NoSchedule'], {metadata: {labels: {disk: 'ssd'}}}),
    NO_NEW,
  ],
  [
    'NE15: a bounded toleration of what is tolerated anyway',
    tolerating({
      key: 'node.kubernetes.io/not-ready',
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 30,
    }),
    tainted('n1', ['node.kubernetes.io/not-ready:NoExecute']),
    BOTH,
  ],
  ['a control plane', {}, tainted('n1', ['node-role.kubernetes.io/control-plane:NoSchedule']), NO_NEW],
  ['a node that the cloud has not initialized', {}, tainted('n1', [UNINITIALIZED]), NO_NEW],
  [
    'the wrong label and a NoSchedule taint',
    {nodeSelector: {a: 'b'}},
    tainted('n1', ['a:NoSchedule']),
    NEITHER,
  ],
  ['a node without spec, status or labels', {}, {metadata: {name: 'n1'}}, BOTH],
  ['affinity to this node by name', {affinity: pinned('n1')}, tainted('n1'), BOTH],
  ['AF13: affinity to two names', {affinity: pinned('n1', 'n2')}, tainted('n1'), NEITHER],
]

test.for(cases)('%s', ([, spec, node, expected]) => {
  const {shouldRun, shouldContinueRunning} = eligibility(template(spec), node)
  expect([shouldRun, shouldContinueRunning]).toEqual(expected)
})

test('no rule stands where a Pod should run, and one wherever it should not', () => {
  for (const [, spec, node] of cases) {
    const {shouldRun, rule} = eligibility(template(spec), node)
    expect(rule === null).toBe(shouldRun)
  }
})

test('NE10 to NE16 of a set without template: nothing objects', () => {
  expect(eligibility(undefined, tainted('n1'))).toEqual({
    shouldRun: true,
    shouldContinueRunning: true,
    rule: null,
  })
})

test('preferred affinity is not looked at', () => {
  const preference = {matchExpressions: [{key: 'zone', operator: 'In', values: ['z']}]}
  const nodeAffinity = {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference}]}
  expect(eligibility(template({affinity: {nodeAffinity}}), tainted('n1')).shouldRun).toBe(true)
})

test('every daemon Pod tolerates six taints, and with the host network a seventh (semantics 1.3)', () => {
  const own = {key: 'a', operator: 'Exists'}
  expect(daemonTolerations(template({hostNetwork: true, tolerations: [own]}))).toEqual([
    own,
    ...[
      'not-ready:NoExecute',
      'unreachable:NoExecute',
      'disk-pressure:NoSchedule',
      'memory-pressure:NoSchedule',
      'pid-pressure:NoSchedule',
      'unschedulable:NoSchedule',
      'network-unavailable:NoSchedule',
    ].map((text) => {
      const [key, effect] = text.split(':')
      return {key: `node.kubernetes.io/${key}`, operator: 'Exists', effect}
    }),
  ])
  expect(daemonTolerations(template())).toHaveLength(6)
  expect(daemonTolerations(undefined)).toHaveLength(6)
})
