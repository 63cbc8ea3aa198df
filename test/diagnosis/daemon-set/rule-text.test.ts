import {expect, test} from 'vitest'
import {ruleText} from '../../../src/diagnosis/daemon-set/rule-text.ts'
import {eligibility} from '../../../src/model/daemon-eligibility.ts'
import type {DaemonRule} from '../../../src/model/daemon-rule.ts'
import type {Node} from '../../../src/model/objects.ts'
import {type PodSpec, tainted} from '../../builders-daemon.ts'

function labelled(labels: Record<string, string>): Node {
  return tainted('n1', [], {metadata: {labels}})
}

type Terms = readonly {matchExpressions?: readonly object[]; matchFields?: readonly object[]}[]

function terms(nodeSelectorTerms: Terms): Partial<PodSpec> {
  const nodeAffinity = {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms}}
  return {affinity: {nodeAffinity}} as Partial<PodSpec>
}

function expression(key: string, operator: string, ...values: readonly string[]): Terms[number] {
  return {matchExpressions: [{key, operator, ...(values.length > 0 && {values})}]}
}

const inPool = expression('pool', 'In', 'a', 'b')

/** Which rule excludes the node, in which words. */
const cases: readonly [string, Partial<PodSpec>, Node, {kind: DaemonRule['kind']; detail: string}][] = [
  [
    'another node by name',
    {nodeName: 'n2'},
    tainted('n1', ['a:NoSchedule']),
    {kind: 'NodeName', detail: 'the template names node n2'},
  ],
  [
    'a label with another value',
    {nodeSelector: {disk: 'ssd'}},
    labelled({disk: 'hdd'}),
    {kind: 'NodeSelector', detail: 'node label disk=hdd, selector wants disk=ssd'},
  ],
  [
    'a label that is not there',
    {nodeSelector: {disk: 'ssd'}},
    labelled({}),
    {kind: 'NodeSelector', detail: 'no label disk, selector wants disk=ssd'},
  ],
  [
    'AF15: a label that is not there, where an empty one is wanted',
    {nodeSelector: {a: ''}},
    labelled({}),
    {kind: 'NodeSelector', detail: 'no label a, selector wants a='},
  ],
  [
    'two labels: both are said',
    {nodeSelector: {disk: 'ssd', zone: 'a', arch: 'arm'}},
    labelled({disk: 'hdd', arch: 'arm'}),
    {
      kind: 'NodeSelector',
      detail: 'node label disk=hdd, selector wants disk=ssd; no label zone, selector wants zone=a',
    },
  ],
  [
    'a label named like a member of every JavaScript object',
    {nodeSelector: {constructor: 'x'}},
    labelled({}),
    {kind: 'NodeSelector', detail: 'no label constructor, selector wants constructor=x'},
  ],
  [
    'selector before affinity and taints',
    {nodeSelector: {disk: 'ssd'}, ...terms([inPool])},
    tainted('n1', ['a:NoExecute'], {metadata: {labels: {}}}),
    {kind: 'NodeSelector', detail: 'no label disk, selector wants disk=ssd'},
  ],
  [
    'of two terms the one that fails by least',
    terms([
      {
        matchExpressions: [
          ...(expression('x', 'In', '1').matchExpressions ?? []),
          ...(expression('y', 'Exists').matchExpressions ?? []),
        ],
      },
      inPool,
    ]),
    labelled({}),
    {kind: 'NodeAffinity', detail: 'no label pool (affinity term 2 of 2 wants pool in [a, b])'},
  ],
  [
    'a label with a value that no term wants',
    terms([inPool]),
    labelled({pool: 'c'}),
    {kind: 'NodeAffinity', detail: 'node label pool=c (affinity term 1 of 1 wants pool in [a, b])'},
  ],
  [
    'affinity before taints',
    terms([inPool]),
    tainted('n1', ['a:NoExecute'], {metadata: {labels: {}}}),
    {kind: 'NodeAffinity', detail: 'no label pool (affinity term 1 of 1 wants pool in [a, b])'},
  ],
  [
    'every operator',
    terms([
      {
        matchExpressions: [
          {key: 'type', operator: 'NotIn', values: ['fargate']},
          {key: 'role', operator: 'Exists'},
          {key: 'old', operator: 'DoesNotExist'},
          {key: 'size', operator: 'Gt', values: ['3']},
          {key: 'age', operator: 'Lt', values: ['3']},
        ],
      },
    ]),
    labelled({type: 'fargate', old: '', size: '3', age: 'x'}),
    {
      kind: 'NodeAffinity',
      detail: [
        'node label type=fargate (affinity term 1 of 1 wants type not in [fargate])',
        'no label role (affinity term 1 of 1 wants role to exist)',
        'node label old= (affinity term 1 of 1 wants old not to exist)',
        'node label size=3 (affinity term 1 of 1 wants size > 3)',
        'node label age=x (affinity term 1 of 1 wants age < 3)',
      ].join('; '),
    },
  ],
  [
    'a name that a field does not want',
    terms([{matchFields: [{key: 'metadata.name', operator: 'NotIn', values: ['n1']}]}]),
    tainted('n1'),
    {kind: 'NodeAffinity', detail: 'node n1 (affinity term 1 of 1 wants metadata.name not in [n1])'},
  ],
  [
    'AF11: a label that fits and a name that does not',
    terms([
      {...expression('k', 'In', 'a'), matchFields: [{key: 'metadata.name', operator: 'In', values: ['n2']}]},
    ]),
    labelled({k: 'a'}),
    {kind: 'NodeAffinity', detail: 'node n1 (affinity term 1 of 1 wants metadata.name in [n2])'},
  ],
  [
    'AF13: a field with two names, which does not parse',
    terms([{matchFields: [{key: 'metadata.name', operator: 'In', values: ['n1', 'n2']}]}]),
    tainted('n1'),
    {kind: 'NodeAffinity', detail: 'affinity term 1 of 1 is not valid: metadata.name In [n1, n2]'},
  ],
  [
    'AF7: a value where none may be',
    terms([expression('k', 'Exists', 'a')]),
    labelled({k: 'a'}),
    {kind: 'NodeAffinity', detail: 'affinity term 1 of 1 is not valid: k Exists [a]'},
  ],
  [
    'AF8: no value where one must be',
    terms([expression('k', 'In')]),
    labelled({k: 'a'}),
    {kind: 'NodeAffinity', detail: 'affinity term 1 of 1 is not valid: k In []'},
  ],
  [
    'AF14: a number that is no label value',
    terms([expression('k', 'Gt', '-5')]),
    labelled({k: '1'}),
    {kind: 'NodeAffinity', detail: 'affinity term 1 of 1 is not valid: k Gt [-5]'},
  ],
  [
    'an operator that nobody knows',
    terms([expression('zone', 'Foo', 'a')]),
    labelled({zone: 'a'}),
    {kind: 'NodeAffinity', detail: 'affinity term 1 of 1 is not valid: zone Foo [a]'},
  ],
  [
    'AF9: an empty term',
    terms([{}]),
    labelled({}),
    {kind: 'NodeAffinity', detail: 'affinity term 1 of 1 is empty, which matches no node'},
  ],
  [
    'no term at all',
    terms([]),
    labelled({}),
    {kind: 'NodeAffinity', detail: 'the required affinity has no terms, which matches no node'},
  ],
  [
    'one taint',
    {},
    tainted('n1', ['dedicated=gpu:NoSchedule']),
    {kind: 'Taint', detail: 'untolerated taint dedicated=gpu:NoSchedule'},
  ],
  [
    'all of several taints, and neither the soft nor the tolerated ones',
    {tolerations: [{key: 'mine', operator: 'Exists'}]},
    tainted('n1', ['a:NoSchedule', 'soft:PreferNoSchedule', 'mine:NoExecute', 'b=1:NoExecute']),
    {kind: 'Taint', detail: 'untolerated taints a:NoSchedule, b=1:NoExecute'},
  ],
]

test.for(cases)('%s', ([, spec, node, expected]) => {
  const {rule} = eligibility({spec: {containers: [], ...spec}}, node)
  expect(rule && {kind: rule.kind, detail: ruleText(rule)}).toEqual(expected)
})

test.for<[string, Terms, Record<string, string>]>([
  ['AF1', [expression('k', 'In', 'a', 'b')], {k: 'b'}],
  ['AF2', [expression('k', 'NotIn', 'a')], {}],
  ['AF3', [expression('k', 'Exists')], {k: ''}],
  ['AF5', [expression('k', 'Gt', '3')], {k: '10'}],
  [
    'AF10',
    [expression('k', 'In', 'a'), {matchFields: [{key: 'metadata.name', operator: 'In', values: ['n1']}]}],
    {k: 'z'},
  ],
  ['AF12', [{matchFields: [{key: 'metadata.name', operator: 'NotIn', values: ['n2']}]}], {}],
])('%s excludes nobody', ([, of, labels]) => {
  expect(eligibility({spec: {containers: [], ...terms(of)}}, labelled(labels)).rule).toBeNull()
})
