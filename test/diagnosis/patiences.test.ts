import {expect, test} from 'vitest'
import * as patience from '../../src/diagnosis/patience.ts'
import {patiences} from '../../src/diagnosis/patiences.ts'

test('all patiences are known to those who remember answers', () => {
  expect(patiences).toContain(patience.SETTLING_SECONDS)
  expect(patiences).toContain(patience.PAUSE_SECONDS)
  expect(patiences.every((each) => Number.isFinite(each) && each > 0)).toBe(true)
})
