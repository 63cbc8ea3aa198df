import {expect, test} from 'vitest'
import {accessModes, age, humanDuration} from '../../src/render/human.ts'

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400]
const YEAR = 365 * DAY

/** conventions.md A.7: apimachinery duration.HumanDuration, on both sides of every boundary. */
test.for([
  [-2, '<invalid>'],
  [-1.5, '0s'],
  [-1, '0s'],
  [-0.5, '0s'],
  [0, '0s'],
  [0.9, '0s'],
  [119, '119s'],
  [119.9, '119s'],
  [2 * MINUTE, '2m'],
  [2 * MINUTE + 1, '2m1s'],
  [10 * MINUTE - 1, '9m59s'],
  [10 * MINUTE, '10m'],
  [3 * HOUR - 1, '179m'],
  [3 * HOUR, '3h'],
  [3 * HOUR + 59, '3h'],
  [3 * HOUR + MINUTE, '3h1m'],
  [8 * HOUR - 1, '7h59m'],
  [8 * HOUR, '8h'],
  [2 * DAY - 1, '47h'],
  [2 * DAY, '2d'],
  [2 * DAY + HOUR, '2d1h'],
  [8 * DAY - 1, '7d23h'],
  [8 * DAY, '8d'],
  [2 * YEAR - 1, '729d'],
  [2 * YEAR, '2y'],
  [2 * YEAR + DAY, '2y1d'],
  [8 * YEAR - 1, '7y364d'],
  [8 * YEAR, '8y'],
  [100 * YEAR, '100y'],
  [Number.NaN, '<unknown>'],
] as const)('%d seconds are %s', ([seconds, text]) => {
  expect(humanDuration(seconds)).toBe(text)
})

test.for([
  ['2026-05-01T11:58:00Z', '2m'],
  ['2026-05-01T13:58:00+02:00', '2m'],
  ['2026-05-01T12:00:03Z', '<invalid>'],
  ['rubbish', '<unknown>'],
  ['', '<unknown>'],
  [null, '<unknown>'],
  [undefined, '<unknown>'],
] as const)('what was made at %s is %s old', ([since, text]) => {
  expect(age(since, '2026-05-01T12:00:00Z')).toBe(text)
})

test('access modes are abbreviated as kubectl does', () => {
  expect(accessModes(['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod', 'New'])).toBe(
    'RWO,ROX,RWX,RWOP,New',
  )
  expect(accessModes([])).toBe('<none>')
})
