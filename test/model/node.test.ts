import {expect, test} from 'vitest'
import {refusalText} from '../../src/diagnosis/node-refusal.ts'
import {isNodeReady, isSchedulable, matchesRequiredAffinity, refusal, zoneOf} from '../../src/model/node.ts'
import type {Node, PodTemplate} from '../../src/model/objects.ts'
import {node} from '../builders.ts'

type Spec = NonNullable<PodTemplate['spec']>

function template(spec: Partial<Spec> = {}): PodTemplate {
  return {spec: {containers: [], ...spec}}
}

function tainted(...taints: readonly string[]): readonly {key: string; effect: string}[] {
  return taints.map((taint) => {
    const [key = '', effect = ''] = taint.split(':')
    return {key, effect}
  })
}

const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable:NoSchedule'
const NOT_READY = ['node.kubernetes.io/not-ready:NoSchedule', 'node.kubernetes.io/not-ready:NoExecute']
const cordoned = node({spec: {unschedulable: true, taints: tainted(UNSCHEDULABLE)}})
const drained = node({spec: {unschedulable: true, taints: tainted(UNSCHEDULABLE, ...NOT_READY)}})
const everything = {tolerations: [{operator: 'Exists'}]}
const affinity = (operator: string, values: readonly string[]) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{matchExpressions: [{key: 'topology.kubernetes.io/zone', operator, values}]}],
      },
    },
  },
})

test.for<[string, Node, PodTemplate | undefined, string | undefined]>([
  ['a plain node (NE1)', node(), template(), undefined],
  ['any node without a template', node(), undefined, undefined],
  [
    'the wrong label (NE3)',
    node(),
    template({nodeSelector: {disk: 'ssd'}}),
    "doesn't match the Pod template's node affinity/selector",
  ],
  [
    'the wrong zone',
    node(),
    template(affinity('In', ['b'])),
    "doesn't match the Pod template's node affinity/selector",
  ],
  ['the right zone', node(), template(affinity('In', ['a'])), undefined],
  [
    'a taint (NE4)',
    node({spec: {taints: tainted('gpu:NoSchedule')}}),
    template(),
    'has untolerated taint gpu:NoSchedule',
  ],
  [
    'a taint that it tolerates',
    node({spec: {taints: tainted('gpu:NoSchedule')}}),
    template({tolerations: [{key: 'gpu', operator: 'Exists'}]}),
    undefined,
  ],
  ['a soft taint (NE10)', node({spec: {taints: tainted('x:PreferNoSchedule')}}), template(), undefined],
  [
    'a node that is not ready (NE6)',
    node({spec: {taints: tainted(...NOT_READY)}}),
    template(),
    `has untolerated taint ${NOT_READY.join(', ')}`,
  ],
  ['a cordoned node', cordoned, template(), 'is cordoned'],
  [
    'a cordoned node whose taint has not come yet',
    node({spec: {unschedulable: true}}),
    template(),
    'is cordoned',
  ],
  [
    'an uncordoned node whose taint has not gone yet',
    node({spec: {taints: tainted(UNSCHEDULABLE)}}),
    template(),
    `has untolerated taint ${UNSCHEDULABLE}`,
  ],
  [
    'a cordoned node that also is not ready',
    drained,
    template(),
    `is cordoned and has untolerated taint ${NOT_READY.join(', ')}`,
  ],
  ['whatever node, tolerating everything (NE7, NE8)', drained, template(everything), undefined],
])('the scheduler and %s', ([, candidate, of, expected]) => {
  const refused = refusal(candidate, of)
  expect(refused && refusalText(refused)).toBe(expected)
})

test('AF15: an empty wanted value is not met by a missing label', () => {
  const wanted = template({nodeSelector: {a: ''}})
  expect(matchesRequiredAffinity(node({metadata: {labels: {}}}), wanted)).toBe(false)
  expect(matchesRequiredAffinity(node({metadata: {labels: {a: ''}}}), wanted)).toBe(true)
})

test('NE11: required affinity without terms matches no node; preferred affinity is not looked at', () => {
  const of = (nodeAffinity: NonNullable<NonNullable<Spec['affinity']>['nodeAffinity']>) =>
    matchesRequiredAffinity(node(), template({affinity: {nodeAffinity}}))
  expect(of({requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}})).toBe(false)
  expect(of({preferredDuringSchedulingIgnoredDuringExecution: []})).toBe(true)
})

test('a node is ready only when its condition is True', () => {
  const ready = (status: string) => isNodeReady(node({status: {conditions: [{type: 'Ready', status}]}}))
  expect([ready('True'), ready('False'), ready('Unknown'), isNodeReady({})]).toEqual([
    true,
    false,
    false,
    false,
  ])
})

test('the zone is the GA label, else the beta one, else unknown', () => {
  const BETA = 'failure-domain.beta.kubernetes.io/zone'
  expect(zoneOf(node({metadata: {labels: {'topology.kubernetes.io/zone': 'a', [BETA]: 'b'}}}))).toBe('a')
  expect(zoneOf(node({metadata: {labels: {[BETA]: 'b'}}}))).toBe('b')
  expect(zoneOf({})).toBeUndefined()
})

test('cordoned is what the spec says', () => {
  expect([isSchedulable(cordoned), isSchedulable(node()), isSchedulable({})]).toEqual([false, true, true])
})
