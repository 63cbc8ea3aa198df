import fc from 'fast-check'
import {expect, test} from 'vitest'
import {hasLabels, int64, isValidRequirement, meets, selects} from '../../src/model/labels.ts'

test('a missing selector selects nothing, an empty one everything', () => {
  expect(selects(undefined, {a: 'b'})).toBe(false)
  expect(selects({}, undefined)).toBe(true)
  expect(selects({matchLabels: {}, matchExpressions: []}, {a: 'b'})).toBe(true)
})

test('labels and expressions must all hold', () => {
  const selector = {
    matchLabels: {app: 'web'},
    matchExpressions: [{key: 'tier', operator: 'NotIn', values: ['db']}],
  }
  expect(selects(selector, {app: 'web'})).toBe(true)
  expect(selects(selector, {app: 'web', tier: 'db'})).toBe(false)
  expect(selects(selector, {app: 'other'})).toBe(false)
  expect(selects(selector, undefined)).toBe(false)
})

test('a selector that is not valid selects nothing, not even by its negations', () => {
  expect(selects({matchExpressions: [{key: 'tier', operator: 'NotIn', values: []}]}, {})).toBe(false)
  expect(selects({matchExpressions: [{key: '-', operator: 'DoesNotExist'}]}, {})).toBe(false)
})

test('an empty wanted value is not met by a missing label', () => {
  expect(hasLabels({}, {a: ''})).toBe(false)
  expect(hasLabels({a: ''}, {a: ''})).toBe(true)
  expect(hasLabels(undefined, undefined)).toBe(true)
})

test.for([
  ['0', 0n],
  ['-7', -7n],
  ['+7', 7n],
  ['007', 7n],
  ['9223372036854775807', 2n ** 63n - 1n],
  ['-9223372036854775808', -(2n ** 63n)],
  ['9223372036854775808', undefined],
  ['-9223372036854775809', undefined],
  ['', undefined],
  [' 1', undefined],
  ['1.0', undefined],
  ['0x10', undefined],
  ['1e3', undefined],
  ['١', undefined],
  [undefined, undefined],
] as const)('%s as a base-10 int64 is %s', ([text, expected]) => {
  expect(int64(text)).toBe(expected)
})

test('In and NotIn, Exists and DoesNotExist are always each other’s opposite', () => {
  const labels = fc.dictionary(fc.constantFrom('a', 'b', 'constructor'), fc.constantFrom('', 'x', 'y'))
  const key = fc.constantFrom('a', 'b', 'constructor', 'toString')
  fc.assert(
    fc.property(labels, key, fc.array(fc.constantFrom('', 'x', 'y')), (given, wanted, values) => {
      const says = (operator: string) => meets(given, {key: wanted, operator, values})
      expect(says('NotIn')).toBe(!says('In'))
      expect(says('DoesNotExist')).toBe(!says('Exists'))
      expect(says('In') && !says('Exists')).toBe(false)
    }),
  )
})

test('a requirement is valid with the number of values that its operator takes', () => {
  const counts = (operator: string) =>
    [[], ['1'], ['1', '2']].map((values) => isValidRequirement({key: 'k', operator, values}))
  expect(
    Object.fromEntries(
      ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'Equals'].map((operator) => [
        operator,
        counts(operator),
      ]),
    ),
  ).toEqual({
    In: [false, true, true],
    NotIn: [false, true, true],
    Exists: [true, false, false],
    DoesNotExist: [true, false, false],
    Gt: [false, true, false],
    Lt: [false, true, false],
    Equals: [false, false, false],
  })
})
