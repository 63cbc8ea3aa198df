import {expect, test} from 'vitest'
import {quoted, quotedInProof} from '../../src/diagnosis/words.ts'

const lines = Array.from({length: 60}, (_, line) => `level=info msg="section ${line}"`)
const long = ['begin of all', ...lines, 'level=fatal msg="the root error"', ''].join('\n')

test('of a long text both ends are kept, and more of it in proof', () => {
  expect(quoted(long)).toMatch(/^begin of all .* … .*the root error"$/)
  expect([...quoted(long)].length).toBeLessThanOrEqual(240)
  expect(quotedInProof(long)).toMatch(/^begin of all .* … .*the root error"$/)
  expect([...quotedInProof(long)].length).toBeGreaterThan(1000)
  expect(quoted(`${'x'.repeat(3_000_000)} the end`)).toMatch(/the end$/)
})

test('a text that fits is as it is', () => {
  expect(quoted(' a\n b ')).toBe('a b')
  expect(quoted('x'.repeat(240))).toBe('x'.repeat(240))
  expect(quoted(undefined)).toBe('')
})
