import {expect, test} from 'vitest'
import type {Taint, Toleration} from '../../src/model/objects.ts'
import {secondsOn, taintText, tolerates, untoleratedTaints} from '../../src/model/taints.ts'
import {node} from '../builders.ts'

const NOSCHEDULE = {key: 'a', value: 'x', effect: 'NoSchedule'}

/** semantics.md 1.12, with TaintTolerationComparisonOperators off. */
const cases: readonly [string, Toleration, Taint, boolean][] = [
  [
    'T1: key, value and effect fit',
    {key: 'a', operator: '', value: 'x', effect: 'NoSchedule'},
    NOSCHEDULE,
    true,
  ],
  ['T2: Equal with an empty value', {key: 'a', operator: 'Equal', value: ''}, NOSCHEDULE, false],
  ['T3: no key, Exists', {operator: 'Exists'}, NOSCHEDULE, true],
  ['T4: no key, Exists, another effect', {operator: 'Exists', effect: 'NoExecute'}, NOSCHEDULE, false],
  [
    'T5: Exists ignores its value',
    {key: 'a', operator: 'Exists', value: 'zzz'},
    {key: 'a', value: '1', effect: 'NoExecute'},
    true,
  ],
  ['T6: no key, Equal, empty value', {operator: 'Equal', value: ''}, {key: 'b', effect: 'NoSchedule'}, true],
  [
    'T7: Gt, which is off',
    {key: 'slots', operator: 'Gt', value: '5'},
    {key: 'slots', value: '10', effect: 'NoSchedule'},
    false,
  ],
  [
    'T8: Lt, which is off',
    {key: 'slots', operator: 'Lt', value: '5'},
    {key: 'slots', value: '3', effect: 'NoSchedule'},
    false,
  ],
  [
    'T9: Gt with a value that is not canonical',
    {key: 'slots', operator: 'Gt', value: '05'},
    {key: 'slots', value: '10', effect: 'NoSchedule'},
    false,
  ],
  ['T10: an operator of nowhere', {key: 'a', operator: 'In', value: 'x'}, NOSCHEDULE, false],
  ['another key', {key: 'b', operator: 'Exists'}, NOSCHEDULE, false],
  ['a toleration of nothing at all meets a taint without value', {}, {key: 'b', effect: 'NoExecute'}, true],
  ['a toleration of nothing at all does not meet a taint with one', {}, NOSCHEDULE, false],
  ['tolerationSeconds play no part', {key: 'a', operator: 'Exists', tolerationSeconds: 0}, NOSCHEDULE, true],
]

test.for(cases)('%s', ([, toleration, taint, expected]) => {
  expect(tolerates(toleration, taint)).toBe(expected)
})

const taints = [
  {key: 'hard', effect: 'NoExecute'},
  {key: 'new', value: 'v', effect: 'NoSchedule'},
  {key: 'soft', effect: 'PreferNoSchedule'},
]

test('only NoSchedule and NoExecute keep a Pod away, and each taint needs a toleration of its own', () => {
  const tainted = node({spec: {taints}})
  expect(untoleratedTaints(tainted, []).map(taintText)).toEqual(['hard:NoExecute', 'new=v:NoSchedule'])
  expect(untoleratedTaints(tainted, [{key: 'hard', operator: 'Exists'}]).map(taintText)).toEqual([
    'new=v:NoSchedule',
  ])
  expect(untoleratedTaints(tainted, [{operator: 'Exists'}])).toEqual([])
  expect(untoleratedTaints({}, [])).toEqual([])
})

test.each<[string, readonly Toleration[], number]>([
  ['not at all without a toleration', [], 0],
  [
    'for the shortest time where several taints count',
    [
      {key: 'a', operator: 'Exists', tolerationSeconds: 9},
      {key: 'b', operator: 'Exists', tolerationSeconds: 5},
    ],
    5,
  ],
  [
    'for ever where the first one that matches does not end',
    [{operator: 'Exists'}, {key: 'a', operator: 'Exists', tolerationSeconds: 5}],
    Infinity,
  ],
  [
    'as long as the first one that matches says',
    [
      {operator: 'Exists', tolerationSeconds: 9},
      {key: 'a', operator: 'Exists', tolerationSeconds: 5},
    ],
    9,
  ],
  ['not at all where a time has no length', [{operator: 'Exists', tolerationSeconds: -1}], 0],
])('a Pod stays %s', (_, tolerations, seconds) => {
  const taints = [
    {key: 'a', effect: 'NoExecute'},
    {key: 'b', effect: 'NoExecute'},
    {key: 'c', effect: 'NoSchedule'},
  ]
  expect(secondsOn(taints, tolerations)).toBe(seconds)
})
