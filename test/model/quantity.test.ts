import fc from 'fast-check'
import {expect, test} from 'vitest'
import {quantity, sameQuantity} from '../../src/model/quantity.ts'

test.for([
  ['0', 0],
  ['1', 1],
  ['+1', 1],
  ['-1', -1],
  ['5Gi', 5 * 1024 ** 3],
  ['1.5Gi', 1.5 * 1024 ** 3],
  ['.5Ki', 512],
  ['1.', 1],
  ['1k', 1000],
  ['1M', 1e6],
  ['1E', 1e18],
  ['1Ei', 1024 ** 6],
  ['1e3', 1000],
  ['1E3', 1000],
  ['1.5e-1', 0.15],
  ['100m', 0.1],
  ['1u', 1e-6],
  ['1n', 1e-9],
  ['0.1n', 1e-9],
  ['8Pi', 2 ** 53],
] as const)('%s is %s', ([text, expected]) => {
  expect(quantity(text)).toBe(expected)
})

test.for([
  undefined,
  '',
  ' 1',
  '1 ',
  '1K',
  '1ki',
  '1gi',
  '1Gib',
  '1e',
  '1e+',
  '.',
  '+',
  'Gi',
  '1.2.3',
  '1,5',
  '1_0',
  'NaN',
  '0x1',
])('%s is no quantity', (text) => {
  expect(quantity(text)).toBeUndefined()
})

test.for([
  ['1Gi', '1024Mi', true],
  ['1Gi', '1G', false],
  ['1000m', '1', true],
  ['0.1Gi', '107374182400m', true],
  ['4.35', '4350m', true],
  ['1e3', '1k', true],
  ['rubbish', 'rubbish', true],
  ['rubbish', 'waste', false],
  [undefined, undefined, true],
  [undefined, '1', false],
] as const)('that %s and %s are the same amount is %s', ([left, right, expected]) => {
  expect(sameQuantity(left, right)).toBe(expected)
})

const amount = fc.integer({min: 0, max: 2 ** 40})

test('a whole number of one unit is as much as a thousand, or 1,024, of the next smaller one', () => {
  fc.assert(
    fc.property(amount, fc.integer({min: 1, max: 5}), (count, step) => {
      const [binary, decimal] = [
        ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'],
        ['m', '', 'k', 'M', 'G', 'T'],
      ]
      expect(sameQuantity(`${count}${binary[step]}`, `${count * 1024}${binary[step - 1]}`)).toBe(true)
      expect(sameQuantity(`${count}${decimal[step]}`, `${count * 1000}${decimal[step - 1]}`)).toBe(true)
    }),
  )
})

test('a fraction is as much as its thousandths', () => {
  fc.assert(
    fc.property(amount, fc.integer({min: 0, max: 999}), (whole, thousandths) => {
      const fraction = String(thousandths).padStart(3, '0')
      expect(
        sameQuantity(
          `${whole}.${fraction}Mi`,
          `${(BigInt(whole) * 1000n + BigInt(thousandths)) * 1048576n}m`,
        ),
      ).toBe(true)
    }),
  )
})

test('quantities are ordered as their numbers are', () => {
  fc.assert(
    fc.property(amount, amount, (left, right) => {
      expect(Math.sign((quantity(`${left}Ki`) ?? 0) - (quantity(`${right}Ki`) ?? 0))).toBe(
        Math.sign(left - right),
      )
    }),
  )
})

test('a hostile exponent costs no time', () => {
  expect(quantity('1e999999999')).toBe(1e30)
  expect(quantity('1e-999999999')).toBe(1e-9)
})
